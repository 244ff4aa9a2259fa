-- Indicators once each; what a target query filters by in one index; vocabulary and signatures (filled by the program).
CREATE TABLE indicators (
  id   INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
);
INSERT INTO indicators (text) SELECT indicator FROM targets GROUP BY indicator ORDER BY min(id);
ALTER TABLE targets ADD COLUMN indicator_id INTEGER REFERENCES indicators;
ALTER TABLE targets ADD COLUMN year_from INTEGER;
ALTER TABLE targets ADD COLUMN year_to INTEGER;
UPDATE targets SET indicator_id = (SELECT id FROM indicators WHERE text = targets.indicator);
UPDATE targets SET
  year_from = coalesce(CAST(substr(r.period_from, 1, 4) AS INTEGER), r.plan_year),
  year_to = coalesce(CAST(substr(r.period_to, 1, 4) AS INTEGER), r.plan_year)
FROM records r WHERE r.document_id = targets.document_id;
DROP INDEX targets_by_unit;
-- Queries on targets are answered by these alone; rows are read only of what is shown.
CREATE INDEX targets_by_value ON targets (value);
CREATE INDEX targets_by_unit ON targets (unit_folded, value, indicator_id, year_from, year_to, value_max);
CREATE INDEX targets_by_amount ON targets (amount_unit_folded, amount_value, indicator_id, year_from, year_to, unit_folded);
CREATE INDEX targets_by_indicator ON targets (indicator_id, unit_folded, value, value_max, amount_unit_folded,
                                              amount_value, year_from, year_to, document_id);
CREATE VIRTUAL TABLE indicator_search USING fts5 (exact, folded, tokenize = 'unicode61 remove_diacritics 0');
INSERT INTO indicator_search (rowid, exact, folded)
SELECT i.id, s.exact, s.folded FROM indicators i
JOIN (SELECT indicator, min(id) AS id FROM targets GROUP BY indicator) t ON t.indicator = i.text
JOIN target_search s ON s.rowid = t.id;
DROP TRIGGER targets_leave_search;
DROP TABLE target_search;
CREATE TRIGGER targets_leave_indicators AFTER DELETE ON targets BEGIN
  DELETE FROM indicators WHERE id = old.indicator_id
    AND NOT EXISTS (SELECT 1 FROM targets WHERE indicator_id = old.indicator_id);
END;
CREATE TRIGGER indicators_leave_search AFTER DELETE ON indicators BEGIN
  DELETE FROM indicator_search WHERE rowid = old.id;
END;

-- Words of letters on the pages, folded, with the number of pages: where misread spellings of a word are looked for.
CREATE TABLE vocabulary (
  length INTEGER NOT NULL,             -- letters
  word   TEXT NOT NULL,
  pages  INTEGER NOT NULL,
  PRIMARY KEY (length, word)
) WITHOUT ROWID;

-- Which documents are the same plan scanned twice (duplicates.h). MinHash of the folded text; equal bands find candidates.
CREATE TABLE signatures (
  document_id INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
  hashes      BLOB NOT NULL
);
CREATE TABLE signature_bands (
  band INTEGER NOT NULL, hash INTEGER NOT NULL, document_id INTEGER NOT NULL,
  PRIMARY KEY (band, hash, document_id)
) WITHOUT ROWID;
CREATE TABLE near_duplicates (         -- each pair twice, once in either order
  document_id INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  other_id    INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  similarity  REAL NOT NULL,           -- share of three-word sequences that both have, estimated
  PRIMARY KEY (document_id, other_id)
) WITHOUT ROWID;
CREATE INDEX near_duplicates_by_other ON near_duplicates (other_id);
