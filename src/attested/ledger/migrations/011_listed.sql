-- What the lists of stories, voices and quotations read, and what each voice said: a copy of what the views make of the
-- tables above, never truth. It may be emptied at any time; every run makes it anew beside the old one (build).
CREATE TABLE listed (
  n INTEGER PRIMARY KEY, build INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
  size INTEGER NOT NULL, n_reports INTEGER NOT NULL, n_origins INTEGER NOT NULL,
  first TEXT, last TEXT, -- days, or years and months filled up with 00 and 99
  sign TEXT NOT NULL, row TEXT NOT NULL
) STRICT;
CREATE INDEX listed_by_size ON listed (build, kind, size DESC, n_reports DESC, key);
CREATE INDEX listed_by_day ON listed (build, kind, last DESC, key);
CREATE INDEX listed_by_key ON listed (build, kind, key);
CREATE VIRTUAL TABLE listed_words USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
CREATE TRIGGER listed_goes AFTER DELETE ON listed BEGIN DELETE FROM listed_words WHERE rowid = OLD.n; END;
CREATE TABLE uttered (
  n INTEGER PRIMARY KEY, build INTEGER NOT NULL, voice TEXT NOT NULL, kind TEXT NOT NULL, first TEXT, last TEXT,
  hedges TEXT NOT NULL, words TEXT NOT NULL, row TEXT NOT NULL
) STRICT;
CREATE INDEX uttered_by_voice ON uttered (build, voice, first, n);
-- One row: the build that is read; 0 before the first.
CREATE TABLE listed_mark (build INTEGER NOT NULL, version TEXT NOT NULL) STRICT;
INSERT INTO listed_mark VALUES (0, '');
