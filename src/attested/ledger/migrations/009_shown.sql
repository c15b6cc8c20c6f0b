-- What lists, maps, trends and searches read: each incident, statement and trend as it is shown. A copy of what fusing
-- gives, never truth: it may be emptied at any time and is built anew from the tables above. A row never changes: one
-- that is shown differently comes under a new number, which none had before.
CREATE TABLE shown (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, type TEXT NOT NULL, title TEXT NOT NULL,
  -- days since 1 January of the year 1; NULL: no day is known. week, month, year: the first day of the one that holds
  -- the whole interval, NULL if none does.
  first INTEGER, last INTEGER, week INTEGER, month INTEGER, year INTEGER,
  country TEXT, admin1 TEXT, place TEXT, exactness INTEGER, lat REAL, lon REAL,
  killed_low INTEGER, killed INTEGER, killed_high INTEGER,
  n_origins INTEGER NOT NULL, n_disputed INTEGER NOT NULL, judged INTEGER NOT NULL,
  n_asks INTEGER NOT NULL, sure REAL NOT NULL, least REAL NOT NULL,
  fingerprint TEXT NOT NULL, -- of all that is shown
  run INTEGER NOT NULL, judgements INTEGER NOT NULL -- the last run, and how many decisions, that the row reflects
) STRICT;
CREATE INDEX shown_by_title ON shown (title, id); -- titles are only sorted by, and too long to be held in memory
CREATE TABLE shown_row (n INTEGER PRIMARY KEY REFERENCES shown ON DELETE CASCADE, row TEXT NOT NULL) STRICT;
CREATE TABLE shown_actor (
  n INTEGER NOT NULL REFERENCES shown ON DELETE CASCADE, name TEXT NOT NULL, PRIMARY KEY (n, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE shown_ask (
  n INTEGER NOT NULL REFERENCES shown ON DELETE CASCADE, ask TEXT NOT NULL, sure REAL NOT NULL, PRIMARY KEY (n, ask)
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE shown_words USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
CREATE TRIGGER shown_goes AFTER DELETE ON shown BEGIN DELETE FROM shown_words WHERE rowid = OLD.n; END;

-- One row: the run and the number of decisions that all of it reflects, and which program made it; run 0 while it is
-- being built. writes: the last number given to a row, or to the taking out of one.
CREATE TABLE shown_mark (
  run INTEGER NOT NULL, judgements INTEGER NOT NULL, version TEXT NOT NULL, writes INTEGER NOT NULL
) STRICT;
INSERT INTO shown_mark VALUES (0, 0, '', 0);
