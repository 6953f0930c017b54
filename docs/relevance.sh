#!/usr/bin/env bash
# Writes docs/relevance.md anew: every figure in it is measured by this script.
# Needs a release build and MERIDA_SHARED (default: ../shared) with laws and retrieval sets; takes some minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
shared=${MERIDA_SHARED:-../shared}
merida=${MERIDA:-target/release/merida}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$merida" --data "$work/data" import "$shared/laws" >&2
# A figure below its floor is no reason not to print it.
"$merida" --data "$work/data" eval queries --json tests/queries > "$work/queries.json" || [ $? = 6 ]
"$merida" --data "$work/data" eval thesaurus --json > "$work/thesaurus.json"
"$merida" eval tags --json "$shared/laws" > "$work/tags.json"
MERIDA_SHARED=$shared cargo run --release --quiet -p merida-index --example bench_sets > "$work/retrieval.md"

python3 - "$work" > docs/relevance.md <<'PYTHON'
import json, sys, pathlib
work = pathlib.Path(sys.argv[1])
queries, thesaurus, tags = (json.loads((work / f"{name}.json").read_text()) for name in ("queries", "thesaurus", "tags"))

def table(heads, rows):
    print("| " + " | ".join(heads) + " |\n|" + "---|" * len(heads))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")
    print()

print("""# Relevance

How well the search answers, by what it is measured, and where it is weak. `docs/relevance.sh` measures everything anew and writes this page;
nothing here is written by hand.

## Golden queries

What people type, by jurists' judgment of what answers it: [tests/queries](../tests/queries/README.md). They run through the search that the site
uses, over the laws of `../shared/laws` and the works that are shipped. A work counts by the best of the provisions that the page shows of it: 2
for exactly what is looked for, 1 for what bears on it, 0 for the rest, judged or not. Articles that a person has tagged are part of the index and
part of the judgments: where a query is about an article as a whole, the figures say how well tags are used, not only how well texts are read.

- *nDCG@10*: the gain of the first ten works against the best possible.
- *MRR*: one over the place of the first work with exactly what is looked for.
- *success@1*: the share of queries whose first provision is one of those that may stand first.
- *traps*: queries whose trap stood before the answer, or led one of the first three works, of those that have one.

Half of the queries, by a hash of what is typed, are held out: nothing is tuned on them.
""")
table(["language", "queries", "nDCG@10", "MRR", "success@1", "traps"],
      [[r["name"], r["queries"], f"{r['ndcg_10']:.3f}", f"{r['mrr_10']:.3f}", f"{r['success_1']:.3f}", f"{r['traps']}/{r['with_traps']}"]
       for r in queries["rows"]])

print("""## Across languages

One concept, typed in Arabic, Chinese, English, French, Russian and Spanish, in the words that people use, whether or not the thesaurus has them.
*Overlap* is the share of the first ten works that two languages have in common. *Recall@50* is the share of the judged provisions that no text in
the typed language holds, among the first fifty such provisions of the answer (of fifty, where more are judged).
""")
rows = []
for name, across in (("all", queries["across"]), ("held out", queries["across_held_out"])):
    if across:
        pair, least = min(across["pairs"].items(), key=lambda item: item[1])
        rows.append([name, across["concepts"], f"{across['overlap']:.3f}", f"{pair} {least:.3f}", f"{across['recall_50_mean']:.3f}",
                     f"{across['recall_50_of_all']:.3f}"])
table(["concepts", "number", "overlap", "lowest pair of languages", "recall@50", "recall@50 of the whole answer"], rows)
table(["concept", "overlap", "lowest pair", "recall@50"],
      [[c["name"], f"{c['overlap']:.2f}", f"{c['lowest'][0]} {c['lowest'][1]:.2f}",
        ", ".join(f"{language} {recall:.2f}" for language, recall in c["recall_50"].items())] for c in queries["concepts"]])

print("""## Retrieval sets

Public sets, as `../shared/bench/README.md` describes them. In brackets the best of Lucene 9.9, tantivy 0.27 and Xapian 1.4 on the same files; the
rows below a set are the half on which weights may be chosen and the half on which they are reported.
""")
print((work / "retrieval.md").read_text())

print("""## Suggested articles

Suggestions against the curated tags of the manifest. *development* are the laws that the tagger was adjusted on, *held out* the others.
""")
table(["language", "tagged", "precision@1", "recall@3", "MRR"],
      [[r[0], r[1], f"{r[2]:.3f}", f"{r[3]:.3f}", f"{r[4]:.3f}"] for r in tags["rows"]])

print(f"""## The thesaurus

{thesaurus['concepts']} concepts. A label is attested where it stands in at least one of {thesaurus['provisions']} provisions.
""")
table(["language", "labels", "attested", "share"],
      [[r["language"], r["labels"], r["attested"], f"{r['attested'] / max(1, r['labels']):.3f}"] for r in thesaurus["languages"]])

print(f"""## Known weaknesses

- {len(queries['failures'])} golden queries do not get what they should:
""")
for f in queries["failures"]:
    print(f"  - `{f['query']}` ({f['language']}): {f['problem']}")
weak = [c["name"] for c in queries["concepts"] if c["lowest"][1] < 0.6]
print(f"""- Concepts on which two languages have less than six works in ten in common: {', '.join(weak) or 'none'}. Most often the words typed stand in
  two concepts, a wider and a narrower one, or in none.
- What is not judged counts as wrong, so that figures are lower bounds where a question has many answers.
- Languages beyond the six have few queries each: a figure there says that something works, not how well.""")
PYTHON
