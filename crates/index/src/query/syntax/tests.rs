use super::*;

fn read(query: &str) -> (Node<'_>, Vec<Note>) {
    let mut notes = Vec::new();
    let node = parse(query, &mut notes);
    (node, notes)
}

fn words<'a>(words: &[&'a str]) -> Node<'a> {
    Node::Words(words.to_vec())
}

fn not(node: Node<'_>) -> Node<'_> {
    Node::Not(Box::new(node))
}

fn near<'a>(left: Node<'a>, right: Node<'a>, within: u32, ordered: bool) -> Node<'a> {
    Node::Near { left: Box::new(left), right: Box::new(right), within, ordered }
}

#[test]
fn operators_bind_as_the_page_says() {
    for (query, tree) in [
        ("gift of value", words(&["gift", "of", "value"])),
        ("a AND b", Node::All(vec![words(&["a"]), words(&["b"])])),
        (
            "money laundering OR terrorist financing AND bank",
            Node::Any(vec![
                words(&["money", "laundering"]),
                Node::All(vec![words(&["terrorist", "financing"]), words(&["bank"])]),
            ]),
        ),
        ("(a OR b) c", Node::Sequence(vec![Node::Any(vec![words(&["a"]), words(&["b"])]), words(&["c"])])),
        ("a NOT b", Node::Sequence(vec![words(&["a"]), not(words(&["b"]))])),
        ("a AND NOT b", Node::All(vec![words(&["a"]), not(words(&["b"]))])),
        ("a -\"b c\"", Node::Sequence(vec![words(&["a"]), not(Node::Quoted("b c"))])),
        ("a w/5 b", near(words(&["a"]), words(&["b"]), 5, false)),
        (
            "x a pre/3 \"b c\"",
            Node::Sequence(vec![words(&["x"]), near(words(&["a"]), Node::Quoted("b c"), 3, true)]),
        ),
        ("a w/5 b w/2 c", near(near(words(&["a"]), words(&["b"]), 5, false), words(&["c"]), 2, false)),
        (
            "title:(a OR b)",
            Node::Field(FieldName::Title, Box::new(Node::Any(vec![words(&["a"]), words(&["b"])]))),
        ),
        (
            "country:\"South Africa\" x",
            Node::Sequence(vec![
                Node::Field(FieldName::Country, Box::new(Node::Quoted("South Africa"))),
                words(&["x"]),
            ]),
        ),
        ("article:15(a)", Node::Field(FieldName::Article, Box::new(words(&["15(a)"])))),
        ("art 30 (2) (a) immunity", words(&["art", "30", "(2)", "(a)", "immunity"])),
        ("definition (public official)", words(&["definition", "public", "official"])),
        ("corrupt* law", Node::Sequence(vec![Node::Pattern("corrupt*"), words(&["law"])])),
        ("-(a OR b)", not(Node::Any(vec![words(&["a"]), words(&["b"])]))),
        ("work:/akn/gb/act/2010/23", Node::Field(FieldName::Work, Box::new(words(&["/akn/gb/act/2010/23"])))),
    ] {
        let (node, notes) = read(query);
        assert_eq!(node, tree, "{query}");
        assert_eq!(notes, [], "{query}");
    }
}

#[test]
fn what_does_not_fit_is_read_as_words() {
    let word = |text: &str| Note::OperatorAsWord { text: text.to_owned() };
    for (query, tree, note) in [
        ("AND", words(&["AND"]), word("AND")),
        ("a AND", words(&["a", "AND"]), word("AND")),
        ("a AND AND b", Node::All(vec![words(&["a", "AND"]), words(&["b"])]), word("AND")),
        ("a w/x b", words(&["a", "w/x", "b"]), word("w/x")),
        ("w/5 b", words(&["w/5", "b"]), word("w/5")),
        ("(a b", words(&["a", "b"]), Note::Parenthesis),
        ("a) b", words(&["a", "b"]), Note::Parenthesis),
        ("\"a b", words(&["a", "b"]), Note::Quote),
        ("colour:red", words(&["colour:red"]), Note::UnknownField { name: "colour".to_owned() }),
    ] {
        let (node, notes) = read(query);
        assert_eq!(node, tree, "{query}");
        assert_eq!(notes, [note], "{query}");
    }
    for query in [
        "article: bribery",
        "10:30",
        "PREVENTION OF BRIBERY AND CORRUPTION",
        "O przeciwdziałaniu",
        "()",
        "- a",
    ] {
        let (node, notes) = read(query);
        assert!(!node.has_operators(), "{query}");
        assert_eq!(notes, [], "{query}");
    }
}

#[test]
fn every_name_in_the_data_is_read() {
    let (operators, fields) = operators::rows();
    for row in &operators {
        let (node, notes) = read(&row.example);
        assert_eq!(notes, [], "{}", row.example);
        let fits = match (row.means, &node) {
            (Operator::And, Node::All(parts)) | (Operator::Or, Node::Any(parts)) => parts.len() == 2,
            (Operator::Not, Node::Sequence(parts)) => matches!(parts[..], [Node::Words(_), Node::Not(_)]),
            (Operator::Near, Node::Near { ordered, .. }) => !ordered,
            (Operator::Before, Node::Near { ordered, .. }) => *ordered,
            _ => false,
        };
        assert!(fits, "{}: {node:?}", row.example);
        let word = row.example.split_whitespace().nth(1).expect("an operator between words");
        assert!(row.names.iter().any(|name| word.starts_with(name.as_str())), "{}", row.example);
        for name in &row.names {
            let other = match row.means {
                Operator::Near | Operator::Before => format!("x {name}/5 y"),
                _ => format!("x {name} y"),
            };
            assert!(!matches!(read(&other).0, Node::Words(_)), "{other}");
        }
    }
    for row in &fields {
        let (node, notes) = read(&row.example);
        assert!(matches!(node, Node::Field(field, _) if field == row.means), "{}: {node:?}", row.example);
        assert_eq!(notes, [], "{}", row.example);
    }
}

#[test]
fn nothing_typed_is_too_much() {
    for query in [
        "(".repeat(4_000),
        ")".repeat(4_000),
        "(a AND ".repeat(600),
        "NOT ".repeat(1_000),
        "-".repeat(4_000),
        "title:".repeat(700),
        "a w/5 ".repeat(700),
        "a* ".repeat(1_300),
        "\"a\" ".repeat(1_000),
        "(a OR b) ".repeat(400),
    ] {
        read(&query);
    }
}
