//! Golden queries over real laws, through the whole program: the figures that were reached are held.

use merida_tests::{Desk, root, shared};
use serde_json::Value;

/// Every failure and every figure, so that whoever breaks one sees which.
fn told(figures: &Value) -> String {
    let lines = |key: &str| {
        let of = figures[key].as_array().into_iter().flatten();
        of.map(|value| format!("    {value}\n")).collect::<String>()
    };
    format!("below:\n{}unknown:\n{}failures:\n{}", lines("below"), lines("unknown"), lines("failures"))
}

#[test]
fn golden_queries_reach_their_floors() {
    let Some(laws) = shared("laws") else { return };
    let desk = Desk::new();
    let import = desk.command().arg("import").arg(&laws).output().expect("it runs");
    assert!(import.status.success(), "{}", String::from_utf8_lossy(&import.stderr));
    let queries = root().join("tests/queries");
    let run = desk.command().args(["eval", "queries", "--json"]).arg(&queries).output().expect("it runs");
    let figures: Value = serde_json::from_slice(&run.stdout).expect("JSON");
    assert_eq!(run.status.code(), Some(0), "help: see which fell, and why\n{}", told(&figures));

    let rows = figures["rows"].as_array().expect("rows");
    let asked = |name: &str| {
        let row = rows.iter().find(|row| row["name"] == name);
        row.and_then(|row| row["queries"].as_u64()).unwrap_or(0)
    };
    for language in ["ar", "en", "es", "fr", "ru", "zh"] {
        assert!(asked(language) >= 15, "help: only {} queries in {language}", asked(language));
    }
    assert_eq!(asked("tuned on") + asked("held out"), asked("all"));
    assert!(figures["concepts"].as_array().expect("concepts").len() >= 30);
}

#[test]
fn judgments_that_name_nothing_are_told() {
    let desk = Desk::new();
    let queries = desk.path("queries");
    std::fs::create_dir(&queries).expect("a folder");
    let shipped = "[works]\n\"gb\" = \"/akn/gb/act/2010/23\"\n[[query]]\nlanguage = \"en\"\ntext = \"bribery\"\nexact = [\"gb sec_999\"]\n";
    std::fs::write(queries.join("one.toml"), shipped).expect("a file");
    let run = desk.command().args(["eval", "queries", "--json"]).arg(&queries).output().expect("it runs");
    assert_eq!(run.status.code(), Some(6), "{}", String::from_utf8_lossy(&run.stderr));
    let figures: Value = serde_json::from_slice(&run.stdout).expect("JSON");
    assert_eq!(figures["unknown"], serde_json::json!(["gb sec_999"]));
}

#[test]
fn a_figure_below_its_floor_is_told() {
    let desk = Desk::new();
    let queries = desk.path("queries");
    std::fs::create_dir(&queries).expect("a folder");
    let shipped = "[floors]\n\"all success_1\" = 0.9\n[[query]]\nlanguage = \"en\"\ntext = \"bribery\"\nfirst = [\"article 27\"]\n[articles]\n";
    std::fs::write(queries.join("one.toml"), shipped).expect("a file");
    let run = desk.command().args(["eval", "queries", "--json"]).arg(&queries).output().expect("it runs");
    assert_eq!(run.status.code(), Some(6), "{}", String::from_utf8_lossy(&run.stderr));
    let figures: Value = serde_json::from_slice(&run.stdout).expect("JSON");
    assert_eq!(figures["below"][0][0], "all success_1");
    assert_eq!(figures["failures"][0]["problem"], "something else stands first");
}
