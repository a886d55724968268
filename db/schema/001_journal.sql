-- The permanent half of a store: the journal and what only this device knows.
-- Rows that can be rebuilt from the journal are in rows.sql.

-- Devices whose events stand in this journal.
CREATE TABLE device (
  ix   INTEGER PRIMARY KEY,          -- short number used inside this file only
  id   BLOB NOT NULL UNIQUE CHECK (length(id) = 8)
) STRICT;

-- The journal: event bytes as they were made, in the order they arrived here.
CREATE TABLE event (
  n      INTEGER PRIMARY KEY,        -- arrival number in this store
  device INTEGER NOT NULL,           -- device.ix
  epoch  INTEGER NOT NULL,
  seq    INTEGER NOT NULL,
  body   BLOB NOT NULL,              -- canonical event bytes (core/FORMAT.md)
  UNIQUE (device, epoch, seq)
) STRICT;

-- The head of each device's hash chain, per epoch.
CREATE TABLE chain (
  device INTEGER NOT NULL,
  epoch  INTEGER NOT NULL,
  seq    INTEGER NOT NULL,           -- of the last event
  head   BLOB NOT NULL CHECK (length(head) = 32),
  PRIMARY KEY (device, epoch)
) STRICT, WITHOUT ROWID;

-- What only this device knows: its identity, cursors, counters, keys.
CREATE TABLE local (
  name  TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Half-filled forms that outlive a power cut; never sent.
CREATE TABLE draft (
  id       INTEGER PRIMARY KEY,
  owner    TEXT NOT NULL,            -- user name
  form     TEXT NOT NULL,            -- which screen
  saved_at INTEGER NOT NULL,         -- ms UTC
  body     BLOB NOT NULL
) STRICT;

-- The person of an assist: stays here, blanked after a number of months.
CREATE TABLE person (
  device INTEGER NOT NULL,           -- of the event that made the assist
  epoch  INTEGER NOT NULL,
  seq    INTEGER NOT NULL,
  at     INTEGER NOT NULL,           -- ms UTC of the help
  body   BLOB NOT NULL,              -- the local fields, as record bytes
  PRIMARY KEY (device, epoch, seq)
) STRICT, WITHOUT ROWID;

-- Sealed batches: ours, frozen, and those that came in.
CREATE TABLE batch (
  n         INTEGER PRIMARY KEY,     -- arrival number: a feed's cursor
  id        BLOB NOT NULL UNIQUE CHECK (length(id) = 32), -- BLAKE2b of the sealed body
  device    INTEGER NOT NULL,
  epoch     INTEGER NOT NULL,
  first     INTEGER NOT NULL,        -- seq of the first event
  last      INTEGER NOT NULL,
  events    INTEGER NOT NULL,
  sealed_at INTEGER NOT NULL,
  state     INTEGER NOT NULL,        -- 1 sealed, 2 carried, 3 acknowledged, 4 refused, 5 received, 6 held back
  tries     INTEGER NOT NULL DEFAULT 0,
  reason    TEXT NOT NULL DEFAULT '',
  body      BLOB                     -- the file's bytes; NULL once it may be forgotten
) STRICT;
CREATE INDEX batch_order ON batch (device, epoch, first);

-- Receipts as they came, newest last.
CREATE TABLE receipt (
  n        INTEGER PRIMARY KEY,
  at       INTEGER NOT NULL,
  body     BLOB NOT NULL
) STRICT;

-- What could not be applied, with its reason; kept whole.
CREATE TABLE quarantine (
  n      INTEGER PRIMARY KEY,
  at     INTEGER NOT NULL,
  batch  BLOB,
  device BLOB,
  epoch  INTEGER,
  seq    INTEGER,
  reason TEXT NOT NULL,
  body   BLOB
) STRICT;

-- Who opened, was refused, exported, restored here: the part of the audit that is no event.
CREATE TABLE signin (
  n    INTEGER PRIMARY KEY,
  at   INTEGER NOT NULL,
  name TEXT NOT NULL,
  what TEXT NOT NULL                 -- open, refused, close, backup, restore, rekey, export
) STRICT;
