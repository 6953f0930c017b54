-- A text, or a work with all its texts, that is no longer found and shown. Nothing of it is deleted.
CREATE TABLE withdrawals (
    id            INTEGER PRIMARY KEY,
    work_id       INTEGER NOT NULL REFERENCES works (id),
    -- None where the whole work is withdrawn, with whatever comes of it later.
    expression_id INTEGER REFERENCES expressions (id),
    reason        TEXT NOT NULL,
    -- What the same source reads as since its description was corrected; none where a person withdrew it.
    successor_id  INTEGER REFERENCES expressions (id),
    sequence      INTEGER NOT NULL REFERENCES events (sequence)
);
CREATE INDEX withdrawals_by_work ON withdrawals (work_id);
CREATE UNIQUE INDEX withdrawals_of_works ON withdrawals (work_id) WHERE expression_id IS NULL;
CREATE UNIQUE INDEX withdrawals_of_expressions ON withdrawals (expression_id) WHERE expression_id IS NOT NULL;

-- What was last read at a place: a file of a folder, by the hash of where it lies.
CREATE TABLE places (
    place         TEXT PRIMARY KEY,
    expression_id INTEGER NOT NULL REFERENCES expressions (id)
);
CREATE INDEX places_by_expression ON places (expression_id);
CREATE INDEX expressions_by_origin ON expressions (origin);

DROP VIEW current_expressions;
CREATE VIEW current_expressions AS
    SELECT e.* FROM expressions e
    WHERE NOT EXISTS (SELECT 1 FROM supersessions s WHERE s.expression_id = e.id)
    AND NOT EXISTS (SELECT 1 FROM withdrawals x WHERE x.work_id = e.work_id
        AND (x.expression_id IS NULL OR x.expression_id = e.id));

-- Works of which something is found and shown.
CREATE VIEW current_works AS
    SELECT w.* FROM works w WHERE EXISTS (SELECT 1 FROM current_expressions e WHERE e.work_id = w.id);
