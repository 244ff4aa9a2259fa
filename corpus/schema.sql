-- The corpus, schema 3. One SQLite file: everything a run learned, and the results of single pages to resume from.
-- corpus/README.md draws it. Changing this file means: a new number in user_version, and a file
-- corpus/migrations/N.sql that turns schema N-1 into N.
--
-- Coordinates: pixels of the page image. Confidences: 0..1. Times: UTC, ISO 8601. *_folded: text without marks, lower
-- case, as models/unicode.h fold() writes it; made by the program, compared with text folded in the same way.
PRAGMA application_id = 1347179363;  -- 'PLSc'
PRAGMA user_version = 3;

CREATE TABLE documents (
  id         INTEGER PRIMARY KEY,
  path       TEXT NOT NULL UNIQUE,     -- as given in the run
  sha256     TEXT NOT NULL,
  media_type TEXT NOT NULL,
  pages      INTEGER NOT NULL,
  status     TEXT NOT NULL CHECK (status IN ('done', 'failed', 'encrypted')),
  error      TEXT NOT NULL,
  input_key  TEXT NOT NULL,            -- hash of everything that decides the pages
  record_key TEXT NOT NULL,            -- input_key and the version of the rules
  text_name  TEXT NOT NULL DEFAULT '', -- its text is text/NAME.txt; no two documents share one
  created    TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
  changed    TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
);
CREATE INDEX documents_by_sha256 ON documents (sha256);

CREATE TABLE pages (
  id          INTEGER PRIMARY KEY,     -- also the rowid in page_search
  document_id INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  number      INTEGER NOT NULL,        -- 1-based
  width       INTEGER NOT NULL,
  height      INTEGER NOT NULL,
  dpi         INTEGER NOT NULL,
  rotation    INTEGER NOT NULL,        -- degrees clockwise by which the page was turned to be read
  status      TEXT NOT NULL,           -- read, blank, failed
  origin      TEXT NOT NULL,           -- ocr, text_layer, plain_text, untrusted_layer
  error       TEXT NOT NULL,
  text        TEXT NOT NULL,           -- restored, a line a line
  raw_text    TEXT NOT NULL,           -- as recognised
  -- JSON; the view words shows it as rows. A line: [region, word, ...]. A word: [raw], [raw, left, top, right, bottom,
  -- confidence] with a box, [raw, left, top, right, bottom, confidence, text, margin, reason] when restoration changed it.
  words       TEXT NOT NULL,
  UNIQUE (document_id, number)
);

CREATE TABLE regions (
  page_id INTEGER NOT NULL REFERENCES pages ON DELETE CASCADE,
  number  INTEGER NOT NULL,            -- 1-based, in reading order
  kind    TEXT NOT NULL,
  "row"   INTEGER,                     -- of a table cell, 0-based
  "column" INTEGER,
  box_left INTEGER, box_top INTEGER, box_right INTEGER, box_bottom INTEGER,
  PRIMARY KEY (page_id, number)
) WITHOUT ROWID;

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

-- Values are those that people corrected, where they did (table corrections); evidence and confidence are the machine's.
CREATE TABLE records (
  document_id  INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
  type TEXT, number TEXT, parent_body TEXT, issuing_body TEXT, place TEXT, issue_date TEXT, title TEXT, theme TEXT,
  plan_year    INTEGER,
  period_from TEXT, period_to TEXT,
  signer_authority TEXT, signer_position TEXT, signer_name TEXT,
  type_folded TEXT, number_folded TEXT, place_folded TEXT,
  body_folded  TEXT                    -- issuing and parent body
);
CREATE INDEX records_by_year ON records (plan_year);

-- Whole records, shape planscribe/record/1. In a table of their own: they are long, and filters read records.
CREATE TABLE record_json (
  document_id INTEGER PRIMARY KEY REFERENCES records ON DELETE CASCADE,
  machine     TEXT NOT NULL,           -- as extracted
  corrected   TEXT                     -- with people's corrections; null without any
);

CREATE TABLE recipients (
  document_id INTEGER NOT NULL REFERENCES records ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  name        TEXT NOT NULL,
  PRIMARY KEY (document_id, position)
) WITHOUT ROWID;

CREATE TABLE citations (               -- acts that the plan cites ("references" is a word of SQL)
  document_id INTEGER NOT NULL REFERENCES records ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  type TEXT NOT NULL, number TEXT NOT NULL, date TEXT, issuer TEXT,
  number_folded TEXT NOT NULL,
  page INTEGER, line INTEGER, confidence REAL,
  PRIMARY KEY (document_id, position)
) WITHOUT ROWID;
CREATE INDEX citations_by_number ON citations (number_folded);

CREATE TABLE rounds (
  document_id INTEGER NOT NULL REFERENCES records ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  label TEXT NOT NULL, starts TEXT, ends TEXT,
  page INTEGER, line INTEGER, confidence REAL,
  PRIMARY KEY (document_id, position)
) WITHOUT ROWID;

CREATE TABLE occasions (
  document_id INTEGER NOT NULL REFERENCES records ON DELETE CASCADE,
  round       INTEGER NOT NULL,        -- rounds.position
  position    INTEGER NOT NULL,
  name TEXT NOT NULL, anniversary INTEGER, starts TEXT, ends TEXT,
  page INTEGER, line INTEGER, confidence REAL,
  PRIMARY KEY (document_id, round, position)
) WITHOUT ROWID;

CREATE TABLE indicators (              -- the different texts of targets.indicator; id is the rowid in indicator_search
  id   INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
);

CREATE TABLE targets (
  id          INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES records ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  indicator TEXT NOT NULL, value REAL NOT NULL, value_max REAL, of_total REAL,
  unit TEXT NOT NULL, per TEXT, comparator TEXT NOT NULL, direction TEXT,
  amount_value REAL, amount_unit TEXT, -- in base units
  due TEXT, section TEXT,
  unit_folded TEXT NOT NULL, amount_unit_folded TEXT,
  page INTEGER, line INTEGER, confidence REAL,
  evidence    TEXT NOT NULL,           -- the words the row was read from
  indicator_id INTEGER REFERENCES indicators,
  year_from INTEGER, year_to INTEGER,  -- that the plan covers
  UNIQUE (document_id, position)
);
-- Queries on targets are answered by these alone; rows are read only of what is shown.
CREATE INDEX targets_by_value ON targets (value);
CREATE INDEX targets_by_unit ON targets (unit_folded, value, indicator_id, year_from, year_to, value_max);
CREATE INDEX targets_by_amount ON targets (amount_unit_folded, amount_value, indicator_id, year_from, year_to, unit_folded);
CREATE INDEX targets_by_indicator ON targets (indicator_id, unit_folded, value, value_max, amount_unit_folded,
                                              amount_value, year_from, year_to, document_id);

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

CREATE TABLE runs (
  id      INTEGER PRIMARY KEY,
  command TEXT NOT NULL,
  started TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
  ended   TEXT,                        -- null: running, or killed
  counts  TEXT                         -- JSON
);

-- Results of single pages by the hash of everything that decides them; what a killed run resumes from.
CREATE TABLE page_cache (
  key     TEXT PRIMARY KEY,
  content BLOB NOT NULL,
  size    INTEGER,                     -- when content is deflated (zlib): its length before
  created TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
);

-- One row a page and one an indicator. exact: lower case, marks as printed, tone placement made one style. folded: no
-- marks. The tokenizer must not touch marks: FTS5's own folding knows neither d with stroke nor every double mark.
CREATE VIRTUAL TABLE page_search USING fts5 (exact, folded, tokenize = 'unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE indicator_search USING fts5 (exact, folded, tokenize = 'unicode61 remove_diacritics 0');

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

-- Rows also go when a document is replaced (ON DELETE CASCADE fires these).
CREATE TRIGGER pages_leave_search AFTER DELETE ON pages BEGIN
  DELETE FROM page_search WHERE rowid = old.id;
END;
CREATE TRIGGER targets_leave_indicators AFTER DELETE ON targets BEGIN
  DELETE FROM indicators WHERE id = old.indicator_id
    AND NOT EXISTS (SELECT 1 FROM targets WHERE indicator_id = old.indicator_id);
END;
CREATE TRIGGER indicators_leave_search AFTER DELETE ON indicators BEGIN
  DELETE FROM indicator_search WHERE rowid = old.id;
END;
