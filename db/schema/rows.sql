-- Rows: the fold of the journal. Dropped and rebuilt at will.
DROP TABLE IF EXISTS rec;
DROP TABLE IF EXISTS rec_event;
DROP TABLE IF EXISTS fact;
DROP TABLE IF EXISTS fact_step;
DROP TABLE IF EXISTS fact_scan;
DROP TABLE IF EXISTS fee;
DROP TABLE IF EXISTS help;
DROP TABLE IF EXISTS clash;
DROP TABLE IF EXISTS name;
DROP TABLE IF EXISTS search;
DROP TABLE IF EXISTS tail;
DROP TABLE IF EXISTS orphan;
DROP TABLE IF EXISTS refused;

-- Every noun as it stands now.
CREATE TABLE rec (
  id    INTEGER PRIMARY KEY,         -- of this file only
  kind  INTEGER NOT NULL,            -- enum rec_kind
  key   TEXT NOT NULL,               -- identity among its kind
  head  BLOB NOT NULL,               -- ids of the last events (none of them an ancestor of another)
  rev   INTEGER NOT NULL,
  body  BLOB NOT NULL                -- canonical record bytes
) STRICT;
CREATE UNIQUE INDEX rec_key ON rec (kind, key);

-- Which events make up a record.
CREATE TABLE rec_event (
  rec INTEGER NOT NULL,
  n   INTEGER NOT NULL,              -- event.n
  PRIMARY KEY (rec, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX rec_event_n ON rec_event (n);

-- What lists and reports need of a dossier, narrow enough to scan whole: all of it packed in one
-- cell (db/fact_pack.h), and again what is looked up by. Times are ms UTC.
CREATE TABLE fact (
  rec         INTEGER PRIMARY KEY,
  body        BLOB NOT NULL,
  scanned_at  INTEGER,               -- first scan; not in body
  reused_at   INTEGER,               -- first re-used paper; not in body
  state       INTEGER NOT NULL,
  received_at INTEGER,
  due_at      INTEGER,
  finished_at INTEGER
) STRICT;
CREATE INDEX fact_open ON fact (due_at) WHERE finished_at IS NULL AND state <= 7;
CREATE INDEX fact_received ON fact (received_at);
CREATE INDEX fact_back ON fact (finished_at) WHERE state = 7;

-- The steps of a dossier, packed (core/fact.h).
CREATE TABLE fact_step (
  rec   INTEGER PRIMARY KEY,
  steps BLOB NOT NULL
) STRICT;

-- Money.
CREATE TABLE fee (
  rec     INTEGER NOT NULL,          -- of the dossier
  n       INTEGER NOT NULL,          -- its fees count from 0
  name    INTEGER NOT NULL,          -- name.ix
  amount  INTEGER NOT NULL,          -- dong
  status  INTEGER NOT NULL,
  method  INTEGER NOT NULL,
  paid_at INTEGER,
  PRIMARY KEY (rec, n)
) STRICT, WITHOUT ROWID;

-- Scans.
CREATE TABLE fact_scan (
  rec    INTEGER PRIMARY KEY,        -- of the scan
  at     INTEGER NOT NULL,           -- 0: nobody said when
  person INTEGER NOT NULL,           -- name.ix of scanned_by
  pages  INTEGER NOT NULL,
  bytes  INTEGER NOT NULL,
  flags  INTEGER NOT NULL            -- enum scan_flag
) STRICT;

-- Assists.
CREATE TABLE help (
  rec           INTEGER PRIMARY KEY,
  at            INTEGER NOT NULL,
  team          INTEGER,
  neighbourhood INTEGER,
  category      INTEGER NOT NULL,    -- name.ix
  member        INTEGER NOT NULL,    -- name.ix
  place         INTEGER NOT NULL,
  outcome       INTEGER NOT NULL,
  minutes       INTEGER NOT NULL
) STRICT;

-- Two events, neither an ancestor of the other, that disagree; or a verb the state did not allow.
CREATE TABLE clash (
  id    BLOB PRIMARY KEY,            -- 8 bytes, from the two events and the path
  rec   INTEGER NOT NULL,
  path  BLOB NOT NULL,
  a     BLOB NOT NULL,               -- event whose value stands
  b     BLOB NOT NULL                -- event whose value is kept here
) STRICT, WITHOUT ROWID;
CREATE INDEX clash_rec ON clash (rec);

-- Words that repeat (field names, procedures, units, persons, categories), by number.
CREATE TABLE name (
  ix   INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

-- Folded words of what can be found; the row is rec.id.
CREATE VIRTUAL TABLE search USING fts5(words, content='', detail='none', columnsize=0, prefix='1 2 3 4 5 6', tokenize='ascii');

-- Id and phone numbers, reversed: a tail is a prefix.
CREATE TABLE tail (
  digits TEXT NOT NULL,
  rec    INTEGER NOT NULL,
  PRIMARY KEY (digits, rec)
) STRICT, WITHOUT ROWID;

-- Events whose record has not arrived yet.
CREATE TABLE orphan (
  subject BLOB NOT NULL,             -- the event that makes the record
  n       INTEGER NOT NULL,          -- event.n
  PRIMARY KEY (subject, n)
) STRICT, WITHOUT ROWID;

-- Events in the journal that no row may believe, with the reason.
CREATE TABLE refused (
  n      INTEGER PRIMARY KEY,        -- event.n
  reason TEXT NOT NULL
) STRICT;
