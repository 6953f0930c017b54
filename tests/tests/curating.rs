//! What a curator does on the command line: correct, withdraw, bring back, move a library.

use std::fs;
use std::path::{Path, PathBuf};

use merida_tests::{Desk, Ran};
use serde_json::Value;

const TEXT: &str = "# Specimen Act\n\n## Section 1 — Payments {15(a)}\n\nNobody shall hand a quinquagesimal payment to an official of the State.\n\n\
                    ## Section 2 — Companies\n\nA company answers for its clerks in the same measure.\n";

/// A folder with one law, described by a manifest.
fn folder(desk: &Desk, describe: &str) -> PathBuf {
    let folder = desk.path("laws");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("act.md"), TEXT).expect("a law");
    let manifest = format!(
        "[[document]]\npath = \"act.md\"\nlanguage = \"en\"\ntitle = \"Specimen Act\"\nkind = \"act\"\n{describe}\n"
    );
    fs::write(folder.join("MANIFEST.toml"), manifest).expect("a manifest");
    folder
}

fn import(desk: &Desk, path: &Path) -> Value {
    let run = desk.command().arg("import").arg(path).arg("--json").output().expect("it runs");
    Ran::from(run).exits(0).json()
}

fn works_found(desk: &Desk) -> Vec<String> {
    let found = desk.merida(&["search", "quinquagesimal", "--json"]).exits(0).json();
    let works = found["works"].as_array().cloned().unwrap_or_default();
    works.iter().filter_map(|work| work["uri"].as_str().map(str::to_owned)).collect()
}

fn sound(desk: &Desk) {
    let _ = desk.merida(&["verify"]).exits(0);
}

#[test]
fn a_corrected_description_takes_the_place_of_the_wrong_one() {
    let desk = Desk::new();
    let wrong = "/akn/gh/act/1996/12";
    for (describe, right) in [
        ("jurisdiction = \"ke\"\ndate = \"1996\"\nnumber = \"12\"", "/akn/ke/act/1996/12"),
        ("jurisdiction = \"gh\"\ndate = \"1997\"\nnumber = \"12\"", "/akn/gh/act/1997/12"),
        ("jurisdiction = \"gh\"\ndate = \"1996\"\nnumber = \"13\"", "/akn/gh/act/1996/13"),
    ] {
        let laws = folder(&desk, "jurisdiction = \"gh\"\ndate = \"1996\"\nnumber = \"12\"");
        import(&desk, &laws);
        assert_eq!(works_found(&desk), [wrong]);
        let report = import(&desk, &folder(&desk, describe));
        assert_eq!(works_found(&desk), [right], "{report:#}");
        let problems = report["documents"][0]["problems"].to_string();
        assert!(problems.contains(wrong), "help: the report should say what was withdrawn: {problems}");
        let shown = desk.merida(&["show", wrong]).exits(5);
        assert!(shown.err.contains("was withdrawn on") && shown.err.contains(right), "{}", shown.err);
        sound(&desk);
        let site = desk.serve();
        let (status, page) = site.get(wrong);
        assert_eq!(status, 410);
        assert!(page.contains(&format!("href=\"{right}")), "help: the tombstone should point on: {page}");
        let (status, answer) = site.get(&format!("/api/v1/work?uri={wrong}"));
        assert_eq!(status, 410);
        let answer: Value = serde_json::from_str(&answer).expect("JSON");
        assert!(answer["withdrawn"]["successor"].as_str().is_some_and(|s| s.starts_with(right)), "{answer}");
        assert_eq!(site.get(right).0, 200);
    }
}

#[test]
fn what_is_withdrawn_is_not_found_keeps_its_bytes_and_comes_back() {
    let desk = Desk::new();
    let laws = folder(&desk, "jurisdiction = \"gh\"\ndate = \"1996\"\nnumber = \"12\"");
    let report = import(&desk, &laws);
    let expression = report["documents"][0]["expression"].as_str().expect("an expression").to_owned();
    let work = "/akn/gh/act/1996/12";
    let json = desk.merida(&["show", work, "--json"]).exits(0).json();
    let original = format!("/original/{}", json["expression"]["source"]["sha256"].as_str().expect("a hash"));
    for address in [work, expression.as_str()] {
        let _ = desk.merida(&["withdraw", address]).exits(2);
        let run =
            desk.merida(&["withdraw", address, "--reason", "a court ordered it", "--by", "me"]).exits(0);
        assert!(run.out.contains("--undo"), "{}", run.out);
        assert!(works_found(&desk).is_empty());
        assert!(desk.merida(&["show", work]).exits(5).err.contains("a court ordered it"));
        let _ = desk.merida(&["export", work]).exits(5);
        sound(&desk);
        {
            let site = desk.serve();
            for path in [work, &expression, &format!("{expression}/~sec_1"), &original] {
                let (status, page) = site.get(path);
                assert_eq!(status, 410, "{path}");
                assert!(
                    page.contains("Withdrawn on") && page.contains("a court ordered it"),
                    "{path}: {page}"
                );
            }
            let (_, page) = site.get("/jurisdiction/gh");
            assert!(!page.contains(work), "help: what is withdrawn is not listed");
        }
        let again = import(&desk, &laws);
        assert_eq!(again["documents"][0]["outcome"], "unchanged", "{again:#}");
        assert!(again["documents"][0]["problems"].to_string().contains("--undo"), "{again:#}");
        assert!(works_found(&desk).is_empty());
        assert!(desk.merida(&["withdraw", address, "--reason", "twice"]).exits(0).out.contains("already"));
        let _ = desk.merida(&["withdraw", address, "--undo"]).exits(0);
        assert_eq!(works_found(&desk), [work]);
        sound(&desk);
    }
    let _ = desk.merida(&["withdraw", "/akn/gh/act/1996/99", "--reason", "why"]).exits(5);
    assert!(
        desk.merida(&["withdraw", &format!("{work}/~sec_1"), "--reason", "why"]).exits(1).err.contains(work)
    );
}

#[test]
fn an_exported_library_is_the_same_library_elsewhere_digests_and_all() {
    let desk = Desk::new();
    let laws = folder(&desk, "jurisdiction = \"gh\"\ndate = \"1996\"\nnumber = \"12\"");
    import(&desk, &laws);
    for format in ["akn", "md", "json"] {
        let out = desk.path(format);
        let out = out.to_str().expect("a path");
        let _ = desk.merida(&["export", "--all", out, "--format", format]).exits(0);
        let other = Desk::new();
        let report = import(&other, Path::new(out));
        let totals = &report["totals"];
        assert_eq!(totals["new"], 1, "{format}: only the law is new: {totals}");
        assert_eq!(
            totals["documents"].as_u64(),
            totals["unchanged"].as_u64().map(|n| n + 1),
            "{format}: {totals}"
        );
        let everything = |desk: &Desk| {
            let found = desk.merida(&["search", "", "--limit", "200", "--json"]).exits(0).json();
            (found["total_works"].clone(), found["total_provisions"].clone())
        };
        assert_eq!(everything(&other), everything(&desk), "{format}");
        sound(&other);
    }
}

#[test]
fn an_older_text_says_what_a_later_one_is_tagged_with() {
    let desk = Desk::new();
    let laws = folder(&desk, "jurisdiction = \"gh\"\ndate = \"1996\"\nnumber = \"12\"");
    let first = import(&desk, &laws);
    let older = first["documents"][0]["expression"].as_str().expect("an expression").to_owned();
    let longer =
        format!("{TEXT}\n## Section 3 — Bodies corporate {{26}}\n\nA body corporate answers as well.\n");
    fs::write(laws.join("act.md"), longer).expect("a law");
    import(&desk, &laws);
    let page = desk.merida(&["show", &older, "--json"]).exits(0).json();
    assert_eq!(page["later_tags"][0]["article"], "26", "{page:#}");
    assert_eq!(page["later_tags"][0]["provision"], "sec_3");
    let provisions = page["provisions"].as_array().cloned().unwrap_or_default();
    let first = provisions.iter().find(|provision| provision["id"] == "sec_1").expect("section 1");
    assert_eq!(first["articles"][0], "15(a)", "help: its own tags stay: {page:#}");
    let site = desk.serve();
    let (_, html) = site.get(&older);
    assert!(html.contains("26 on Section 3"), "help: the page should name the later tag: {html}");
}
