-- A small corpus as planscribe of schema 1 left it: its schema, then rows.
--
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

INSERT INTO documents (id, path, sha256, media_type, pages, status, error, input_key, record_key)
VALUES (1, 'old/a.pdf', 'sha-a', 'application/pdf', 2, 'done', '', 'input-a', 'record-a'),
       (2, 'old/b.pdf', 'sha-b', 'application/pdf', 0, 'failed', 'b.pdf: broken', 'input-b', 'record-b');
INSERT INTO pages (id, document_id, number, width, height, dpi, rotation, status, origin, error, text, raw_text)
VALUES (7, 1, 1, 1654, 2339, 200, 0, 'read', 'ocr', '', 'Kế hoạch
thi đua

"năm" 2024
', 'Ke hoach
thi đua

"năm" 2024
'), (8, 1, 2, 0, 0, 0, 0, 'read', 'plain_text', '', 'Nơi nhận
', 'Nơi nhận
');
INSERT INTO regions (page_id, number, kind, "row", "column", box_left, box_top, box_right, box_bottom)
VALUES (7, 1, 'title', NULL, NULL, 100, 100, 400, 200), (7, 2, 'body', NULL, NULL, 100, 300, 400, 400),
       (8, 1, 'body', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO words (page_id, line, position, region, raw, text, box_left, box_top, box_right, box_bottom, confidence, margin, reason)
VALUES (7, 1, 1, 1, 'Ke', 'Kế', 100, 100, 150, 130, 0.87654321, 3.14159, 'mark'),
       (7, 1, 2, 1, 'hoach', 'hoạch', 160, 100, 260, 130, 0.5, 2.5, 'mark'),
       (7, 2, 1, 1, 'thi', 'thi', 100, 140, 150, 170, 1.0, 0.0, 'none'),
       (7, 2, 2, 1, 'đua', 'đua', 160, 140, 220, 170, 0.99, 0.0, 'none'),
       (7, 4, 1, 2, '"năm"', '"năm"', 100, 300, 200, 330, 0.9, 0.0, 'none'),
       (7, 4, 2, 2, '2024', '2024', 210, 300, 300, 330, 0.9, 0.0, 'none'),
       (8, 1, 1, 1, 'Nơi', 'Nơi', NULL, NULL, NULL, NULL, 1.0, 0.0, 'none'),
       (8, 1, 2, 1, 'nhận', 'nhận', NULL, NULL, NULL, NULL, 1.0, 0.0, 'none');
INSERT INTO page_search (rowid, exact, folded)
VALUES (7, 'kế hoạch thi đua "năm" 2024', 'ke hoach thi dua "nam" 2024'), (8, 'nơi nhận', 'noi nhan');
INSERT INTO records (document_id, number, issuing_body, title, plan_year, json, type_folded, number_folded, place_folded, body_folded)
VALUES (1, '12/KH-UBND', 'Ủy ban nhân dân xã Suối Đá', 'Thi đua năm 2024', 2024, '{"schema":"planscribe/record/1","source":{"path":"old/a.pdf","sha256":"sha-a","media_type":"application/pdf","pages":2},"document":{"type":null,"number":{"value":"12/KH-UBND","evidence":{"rule":"r","text":"12/KH-UBND","raw":"12/KH-UBND","page":1,"line":1,"boxes":[],"confidence":0.9}},"parent_body":null,"issuing_body":{"value":"Ủy ban nhân dân xã Suối Đá","evidence":{"rule":"r","text":"UBND","raw":"UBND","page":1,"line":1,"boxes":[],"confidence":0.9}},"place":null,"issue_date":null,"title":{"value":"Thi đua năm 2024","evidence":{"rule":"r","text":"Thi đua","raw":"Thi đua","page":1,"line":1,"boxes":[],"confidence":0.9}},"theme":null,"plan_year":{"value":2024,"evidence":{"rule":"r","text":"2024","raw":"2024","page":1,"line":1,"boxes":[],"confidence":0.9}},"period":null,"signer":{"authority":null,"position":null,"name":null},"recipients":[]},"references":[{"type":"Chỉ thị","number":"34-CT/TW","date":null,"issuer":null,"evidence":{"rule":"r","text":"34-CT/TW","raw":"34-CT/TW","page":1,"line":1,"boxes":[],"confidence":0.9}}],"rounds":[],"targets":[{"indicator":"Tỷ lệ hộ nghèo","value":0.8,"value_max":null,"of":null,"unit":"%","per":null,"comparator":"<","direction":null,"amount":null,"due":null,"section":null,"evidence":{"rule":"r","text":"Tỷ lệ hộ nghèo dưới 0,8%","raw":"Tỷ lệ hộ nghèo dưới 0,8%","page":1,"line":1,"boxes":[],"confidence":0.9}}],"quality":{"ocr_confidence":null,"restored_words":2,"needs_review":[]},"made_by":{"program":"planscribe 0.1.0","ocr":"none","language_model":"m","rules":"r"}}', '', '12/kh-ubnd', '', 'uy ban nhan dan xa suoi da
');
INSERT INTO targets (id, document_id, position, indicator, value, unit, comparator, unit_folded, page, line, confidence, evidence)
VALUES (3, 1, 1, 'Tỷ lệ hộ nghèo', 0.8, '%', '<', '%', 1, 4, 0.9, 'Tỷ lệ hộ nghèo dưới 0,8%');
INSERT INTO target_search (rowid, exact, folded) VALUES (3, 'tỷ lệ hộ nghèo', 'ty le ho ngheo');
INSERT INTO citations (document_id, position, type, number, number_folded) VALUES (1, 1, 'Chỉ thị', '34-CT/TW', '34-ct/tw');
INSERT INTO corrections (id, path, sha256, field, before, value, who, made)
VALUES (5, 'old/a.pdf', 'sha-a', 'document.place', NULL, 'Suối Đá', 'lan', '2026-01-02T03:04:05Z');
INSERT INTO runs (command, ended, counts) VALUES ('planscribe run old', '2026-01-02T03:04:05Z', '{}');
INSERT INTO page_cache (key, content) VALUES ('k', X'7B00FF7D');
