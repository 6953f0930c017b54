-- Dates are as law writes them (1995, 2003-10, 2003-10-31), moments are UTC to the second, lists and evidence are JSON.

CREATE TABLE events (
    sequence INTEGER PRIMARY KEY,
    at       TEXT NOT NULL,
    who      TEXT NOT NULL,
    what     TEXT NOT NULL,
    subject  TEXT NOT NULL,
    payload  TEXT NOT NULL,
    hash     TEXT NOT NULL
);

CREATE TABLE originals (
    sha256   TEXT PRIMARY KEY,
    bytes    INTEGER NOT NULL,
    sequence INTEGER NOT NULL REFERENCES events (sequence)
);

CREATE TABLE works (
    id           INTEGER PRIMARY KEY,
    uri          TEXT NOT NULL UNIQUE,
    jurisdiction TEXT NOT NULL,
    kind         TEXT NOT NULL,
    date         TEXT,
    number       TEXT,
    title        TEXT NOT NULL,
    title_en     TEXT,
    status       TEXT NOT NULL,
    status_date  TEXT,
    -- The source whose description of the work counts; others fill what it leaves open.
    described_by TEXT NOT NULL
);
CREATE INDEX works_by_jurisdiction ON works (jurisdiction, uri);

CREATE TABLE expressions (
    id                INTEGER PRIMARY KEY,
    work_id           INTEGER NOT NULL REFERENCES works (id),
    uri               TEXT NOT NULL UNIQUE,
    title             TEXT NOT NULL,
    language          TEXT NOT NULL,
    date              TEXT,
    edition           INTEGER NOT NULL,
    language_detected INTEGER NOT NULL,
    other_languages   TEXT NOT NULL,
    authority         TEXT NOT NULL,
    -- The place of the authority, from 0 for the strongest, for sorting.
    authority_rank    INTEGER NOT NULL,
    sha256            TEXT NOT NULL REFERENCES originals (sha256),
    bytes             INTEGER NOT NULL,
    format            TEXT NOT NULL,
    origin            TEXT NOT NULL,
    url               TEXT,
    licence           TEXT,
    note              TEXT,
    provisions        INTEGER NOT NULL,
    -- SHA-256 of all that is immutable about it: metadata and provisions.
    fingerprint       TEXT NOT NULL,
    sequence          INTEGER NOT NULL REFERENCES events (sequence)
);
CREATE INDEX expressions_by_work ON expressions (work_id, language);
CREATE INDEX expressions_by_original ON expressions (sha256);

CREATE TABLE supersessions (
    expression_id INTEGER PRIMARY KEY REFERENCES expressions (id),
    by_id         INTEGER NOT NULL REFERENCES expressions (id),
    sequence      INTEGER NOT NULL REFERENCES events (sequence)
);

CREATE VIEW current_expressions AS
    SELECT e.* FROM expressions e
    WHERE NOT EXISTS (SELECT 1 FROM supersessions s WHERE s.expression_id = e.id);

CREATE TABLE provisions (
    expression_id INTEGER NOT NULL REFERENCES expressions (id),
    ordinal       INTEGER NOT NULL,
    id            TEXT NOT NULL,
    parent        TEXT,
    kind          TEXT NOT NULL,
    label         TEXT NOT NULL,
    heading       TEXT NOT NULL,
    text          TEXT NOT NULL,
    language      TEXT,
    PRIMARY KEY (expression_id, ordinal)
);
CREATE UNIQUE INDEX provisions_by_id ON provisions (expression_id, id);

-- What people say: about the work, whatever the language or version.
CREATE TABLE curated_tags (
    work_id   INTEGER NOT NULL REFERENCES works (id),
    provision TEXT NOT NULL,
    article   TEXT NOT NULL,
    number    INTEGER NOT NULL,
    -- The import or the person that this came with; a later import from the same source replaces its own tags only.
    source    TEXT NOT NULL,
    curator   TEXT NOT NULL,
    PRIMARY KEY (work_id, provision, article, source)
);
CREATE INDEX curated_tags_by_article ON curated_tags (number, work_id, provision);

-- What a tagger says: about one text, since its evidence is counted in that text.
CREATE TABLE suggested_tags (
    expression_id INTEGER NOT NULL REFERENCES expressions (id),
    provision     TEXT NOT NULL,
    article       TEXT NOT NULL,
    number        INTEGER NOT NULL,
    score         REAL NOT NULL,
    evidence      TEXT NOT NULL,
    PRIMARY KEY (expression_id, provision, article)
);
CREATE INDEX suggested_tags_by_article ON suggested_tags (number, expression_id, provision);

-- What the program remembers of itself, such as which shipped works it has taken in.
CREATE TABLE facts (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TRIGGER events_are_kept BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are only added'); END;
CREATE TRIGGER events_stay BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are only added'); END;
CREATE TRIGGER expressions_stay BEFORE UPDATE ON expressions
BEGIN SELECT RAISE(ABORT, 'a published expression is immutable'); END;
CREATE TRIGGER provisions_stay BEFORE UPDATE ON provisions
BEGIN SELECT RAISE(ABORT, 'a published provision is immutable'); END;
