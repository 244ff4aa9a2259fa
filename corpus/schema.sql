-- The corpus, schema 1. One SQLite file: everything a run learned, and the results of single pages to resume from.
-- corpus/README.md draws it. Changing this file means: a new number in user_version, and a file
-- corpus/migrations/N.sql that turns schema N-1 into N.
--
-- Coordinates: pixels of the page image. Confidences: 0..1. Times: UTC, ISO 8601. *_folded: text without marks, lower
-- case, as models/unicode.h fold() writes it; made by the program, compared with text folded in the same way.
PRAGMA application_id = 1347179363;  -- 'PLSc'
PRAGMA user_version = 1;

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

CREATE TABLE words (
  page_id    INTEGER NOT NULL REFERENCES pages ON DELETE CASCADE,
  line       INTEGER NOT NULL,         -- 1-based within the page
  position   INTEGER NOT NULL,         -- 1-based within the line
  region     INTEGER NOT NULL,
  raw        TEXT NOT NULL,
  text       TEXT NOT NULL,            -- empty if joined to the word before
  box_left INTEGER, box_top INTEGER, box_right INTEGER, box_bottom INTEGER,  -- null for text input
  confidence REAL NOT NULL,            -- of the reading
  margin     REAL NOT NULL,            -- of the restoration, nats
  reason     TEXT NOT NULL,            -- none, mark, letter, split, join, number, name
  PRIMARY KEY (page_id, line, position)
) WITHOUT ROWID;

CREATE TABLE records (
  document_id  INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
  type TEXT, number TEXT, parent_body TEXT, issuing_body TEXT, place TEXT, issue_date TEXT, title TEXT, theme TEXT,
  plan_year    INTEGER,
  period_from TEXT, period_to TEXT,
  signer_authority TEXT, signer_position TEXT, signer_name TEXT,
  json         TEXT NOT NULL,          -- the whole record, planscribe/record/1
  type_folded TEXT, number_folded TEXT, place_folded TEXT,
  body_folded  TEXT                    -- issuing and parent body
);
CREATE INDEX records_by_year ON records (plan_year);

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

CREATE TABLE targets (
  id          INTEGER PRIMARY KEY,     -- also the rowid in target_search
  document_id INTEGER NOT NULL REFERENCES records ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  indicator TEXT NOT NULL, value REAL NOT NULL, value_max REAL, of_total REAL,
  unit TEXT NOT NULL, per TEXT, comparator TEXT NOT NULL, direction TEXT,
  amount_value REAL, amount_unit TEXT, -- in base units
  due TEXT, section TEXT,
  unit_folded TEXT NOT NULL, amount_unit_folded TEXT,
  page INTEGER, line INTEGER, confidence REAL,
  evidence    TEXT NOT NULL,           -- the words the row was read from
  UNIQUE (document_id, position)
);
CREATE INDEX targets_by_unit ON targets (unit_folded, value);

-- What people corrected. Bound to the path, not to a row of documents: it outlives every new run.
CREATE TABLE corrections (
  id       INTEGER PRIMARY KEY,
  path     TEXT NOT NULL,
  sha256   TEXT NOT NULL,              -- of the document that was corrected
  field    TEXT NOT NULL,              -- "document.number", "targets[3].value"
  before   TEXT,
  value    TEXT,
  who      TEXT NOT NULL,
  made     TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
);
CREATE INDEX corrections_by_path ON corrections (path, field);

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
  created TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
);

-- One row a page and one a target. exact: lower case, marks as printed, tone placement made one style. folded: no
-- marks. The tokenizer must not touch marks: FTS5's own folding knows neither d with stroke nor every double mark.
CREATE VIRTUAL TABLE page_search USING fts5 (exact, folded, tokenize = 'unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE target_search USING fts5 (exact, folded, tokenize = 'unicode61 remove_diacritics 0');

-- Rows also go when a document is replaced (ON DELETE CASCADE fires these).
CREATE TRIGGER pages_leave_search AFTER DELETE ON pages BEGIN
  DELETE FROM page_search WHERE rowid = old.id;
END;
CREATE TRIGGER targets_leave_search AFTER DELETE ON targets BEGIN
  DELETE FROM target_search WHERE rowid = old.id;
END;
