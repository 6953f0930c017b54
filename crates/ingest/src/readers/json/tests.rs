use super::*;
use crate::draft::{BlockKind, Draft};
use crate::limits::Limits;

fn draft(text: &str) -> Draft {
    let limits = Limits::default();
    let mut out = Collector::new(&limits);
    read(text, &mut out);
    out.finish()
}

fn shape(draft: &Draft) -> Vec<String> {
    let blocks = draft.blocks.iter();
    blocks
        .map(|b| match &b.kind {
            BlockKind::Unit { kind, label, heading, .. } => {
                format!("{} {label}|{heading}|{}", kind.map_or("-", |k| k.as_str()), b.text)
            }
            kind => format!("{kind:?} {}", b.text),
        })
        .collect()
}

#[test]
fn flat_records_open_the_chapters_that_they_name() {
    let draft = draft(
        r#"{"id":"x","title":"Specimen Act","status":"in_force","issued_date":"2012-03-04","url":"https://example.org/x",
        "provisions":[
          {"provision_ref":"s1","chapter":"Part I","section":"1","title":"Short title","content":"This is it."},
          {"provision_ref":"s2","chapter":"Part I","section":"2","title":"Bribery","content":"(1) Nobody may bribe."},
          {"provision_ref":"s3","chapter":"Part II","section":"3","title":"Penalty","content":"Two years."}],
        "definitions":[{"term":"it","definition":"Two years.","source_provision":"s3"},{"term":"that thing","definition":"something new here"}]}"#,
    );
    assert_eq!(
        shape(&draft),
        [
            "part |Part I|",
            "section 1|Short title|This is it.",
            "section 2|Bribery|(1) Nobody may bribe.",
            "part |Part II|",
            "section 3|Penalty|Two years."
        ]
    );
    assert_eq!(draft.metadata.title.as_deref(), Some("Specimen Act"));
    assert_eq!(draft.metadata.date.map(|d| d.to_string()).as_deref(), Some("2012-03-04"));
    assert_eq!(draft.left_out.len(), 1, "{:?}", draft.left_out);
}

#[test]
fn bilingual_keys_give_two_passes() {
    let draft = draft(
        r#"{"treaty":"示範公約","preamble_zh":"本公約締約國，為了防制","preamble_en":"The parties to this specimen","articles":[{"article":"一","title_zh":"宗旨","title_en":"Purpose","content_zh":"本公約之宗旨。","content_en":"The purpose is this."}]}"#,
    );
    let languages: Vec<Option<&str>> = draft.blocks.iter().map(|b| b.language.map(|l| l.bcp47())).collect();
    assert_eq!(
        shape(&draft),
        [
            "preamble ||",
            "Paragraph 本公約締約國，為了防制",
            "article 一|宗旨|本公約之宗旨。",
            "preamble ||",
            "Paragraph The parties to this specimen",
            "article 一|Purpose|The purpose is this."
        ]
    );
    assert_eq!(languages[2], Some("zh-Hant"));
    assert_eq!(languages[5], Some("en"));
}

#[test]
fn nested_chapters_and_articles_keep_their_order() {
    let draft = draft(
        r#"{"name":"الكتاب الأول","title":"أحكام","sections":[{"name":"الباب الأول","title":"عام","articles":[{"number":"5","paragraphs":["فقرة أولى.","فقرة ثانية."]}]}]}"#,
    );
    assert_eq!(shape(&draft), ["chapter الباب الأول|عام|", "article 5||فقرة أولى.\nفقرة ثانية."]);
}

#[test]
fn records_of_taiwan_and_wrapped_records_are_read() {
    let one = draft(
        r#"{"法規名稱":"示範法","法規內容":[{"編章節":"第 一 章 總則"},{"條號":"第 1 條","條文內容":"為示範，\r\n特制定本法。"}]}"#,
    );
    assert_eq!(shape(&one), ["chapter |第 一 章 總則|", "article 第 1 條||為示範，\n特制定本法。"]);
    let wrapped = draft(
        r#"[{"act":"SPECIMEN ACT","type":{"name":"section","representation":"1","title":"Title. ","context":"SPECIMEN ACT under Title. 1. Words of law.","description":"Words of law."}},
            {"act":"SPECIMEN ACT","type":{"name":"section","representation":"2","title":"More","description":[{"representation":"(1)","description":"First."},{"representation":"(2)","description":"Second."}]}}]"#,
    );
    assert_eq!(
        shape(&wrapped),
        [
            "section 1|Title.|Words of law.",
            "section 2|More|",
            "subsection (1)||First.",
            "subsection (2)||Second."
        ]
    );
}

#[test]
fn markdown_within_json_and_unknown_shapes_are_read() {
    let one = draft(r##"{"title":"A bill","markdown":"# A bill\n\n## Section 1\n\nWords of it."}"##);
    assert_eq!(shape(&one), ["Heading(1) A bill", "Heading(2) Section 1", "Paragraph Words of it."]);
    let two = draft(r#"["first line of text", {"x": {"y": ["second line of text"]}}]"#);
    assert_eq!(shape(&two), ["Paragraph first line of text", "Paragraph second line of text"]);
}

#[test]
fn deep_or_broken_json_is_a_problem() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(draft(&deep).problems[0].message.contains("nested"));
    let broken = draft("{\"provisions\": [\n{\"section\": \"1\",");
    assert_eq!(broken.problems[0].line, Some(2));
}
