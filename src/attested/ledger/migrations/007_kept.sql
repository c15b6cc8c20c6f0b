-- What merging leaves to the next run, so that it compares no pair twice: of each mention a fingerprint of all that was
-- seen of it (with the program's version), its blocks, and the mentions that it matched. Made anew by every run.
CREATE TABLE kept (
  mention_id TEXT PRIMARY KEY, seen TEXT NOT NULL, blocks TEXT NOT NULL, matches TEXT NOT NULL
) STRICT;
