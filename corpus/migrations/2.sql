-- Words as one JSON text a page; whole records in a table of their own; corrections with anchor and state.
ALTER TABLE words RENAME TO words_1;
ALTER TABLE pages ADD COLUMN words TEXT NOT NULL DEFAULT '[]';

-- Schema 1 has no rows for empty lines; they keep their numbers as lines of the region before.
WITH RECURSIVE numbers (page_id, line, last) AS (
  SELECT page_id, 1, max(line) FROM words_1 GROUP BY page_id
  UNION ALL SELECT page_id, line + 1, last FROM numbers WHERE line < last),
texts AS (
  SELECT page_id, line, group_concat(word) AS words FROM (
    SELECT page_id, line, CASE
      WHEN text <> raw OR reason <> 'none'
        THEN json_array(raw, box_left, box_top, box_right, box_bottom, round(confidence, 2), text, round(margin, 2), reason)
      WHEN box_left IS NULL THEN json_array(raw)
      ELSE json_array(raw, box_left, box_top, box_right, box_bottom, round(confidence, 2)) END AS word
    FROM words_1 ORDER BY page_id, line, position)
  GROUP BY page_id, line),
lines AS (
  SELECT n.page_id, n.line, coalesce((SELECT region FROM words_1 w WHERE w.page_id = n.page_id AND w.line <= n.line
                                      ORDER BY w.line DESC LIMIT 1), 1) AS region, t.words
  FROM numbers n LEFT JOIN texts t USING (page_id, line) ORDER BY n.page_id, n.line)
UPDATE pages SET words = made.words FROM (
  SELECT page_id, '[' || group_concat('[' || region || coalesce(',' || words, '') || ']') || ']' AS words
  FROM lines GROUP BY page_id) AS made
WHERE made.page_id = pages.id;
DROP TABLE words_1;
CREATE VIEW words AS
SELECT p.id AS page_id,
  l.key + 1 AS line,                   -- 1-based within the page
  w.key AS position,                   -- 1-based within the line
  l.value ->> 0 AS region,
  w.value ->> 0 AS raw,
  coalesce(w.value ->> 6, w.value ->> 0) AS text,  -- empty if joined to the word before
  w.value ->> 1 AS box_left, w.value ->> 2 AS box_top, w.value ->> 3 AS box_right, w.value ->> 4 AS box_bottom,
  coalesce(w.value ->> 5, 1.0) AS confidence,      -- of the reading; boxes are null for text input
  coalesce(w.value ->> 7, 0.0) AS margin,          -- of the restoration, nats
  coalesce(w.value ->> 8, 'none') AS reason        -- none, mark, letter, split, join, number, name
FROM pages p, json_each(p.words) l, json_each(l.value) w
WHERE w.key > 0;

-- Whole records, shape planscribe/record/1. In a table of their own: they are long, and filters read records.
CREATE TABLE record_json (
  document_id INTEGER PRIMARY KEY REFERENCES records ON DELETE CASCADE,
  machine     TEXT NOT NULL,           -- as extracted
  corrected   TEXT                     -- with people's corrections; null without any
);

INSERT INTO record_json (document_id, machine) SELECT document_id, json FROM records;
ALTER TABLE records DROP COLUMN json;

ALTER TABLE corrections RENAME TO corrections_1;
DROP INDEX corrections_by_path;
-- What people corrected. Bound to the path and the bytes, not to a row of documents: it outlives every new run.
CREATE TABLE corrections (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  path      TEXT NOT NULL,
  sha256    TEXT NOT NULL,             -- of the document that was corrected
  field     TEXT NOT NULL,             -- "document.number", "targets[3].value", "targets[+]": a new row
  anchor    TEXT NOT NULL,             -- JSON: the rows that the field lies in, as the machine had them
  before    TEXT NOT NULL,             -- JSON: what the machine had
  value     TEXT NOT NULL,             -- JSON; null: not on the paper
  who       TEXT NOT NULL,
  made      TEXT NOT NULL,
  withdrawn TEXT                       -- when it was taken back
);
CREATE INDEX corrections_by_path ON corrections (path, field);
CREATE INDEX corrections_by_sha256 ON corrections (sha256);

-- How each correction fared when the document's record was last made.
CREATE TABLE correction_states (
  document_id   INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  correction_id INTEGER NOT NULL REFERENCES corrections ON DELETE CASCADE,
  state         TEXT NOT NULL,         -- applied, agrees, differs, conflict, superseded
  note          TEXT NOT NULL,
  PRIMARY KEY (document_id, correction_id)
) WITHOUT ROWID;

INSERT INTO corrections (id, path, sha256, field, anchor, before, value, who, made)
SELECT id, path, sha256, field, '[]', coalesce(json_quote(before), 'null'), coalesce(json_quote(value), 'null'), who, made
FROM corrections_1;
DROP TABLE corrections_1;

ALTER TABLE page_cache ADD COLUMN size INTEGER;
ALTER TABLE documents ADD COLUMN text_name TEXT NOT NULL DEFAULT '';
