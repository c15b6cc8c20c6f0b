-- What the ledger said when a person decided.
ALTER TABLE judgement ADD COLUMN before TEXT NOT NULL DEFAULT '';
-- Every id that was given to an incident, statement or trend, with the words of its mentions, so that it lasts; and
-- where an id leads that was merged into another.
CREATE TABLE given (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, since INTEGER NOT NULL, mentions TEXT NOT NULL, is_live INTEGER NOT NULL
) STRICT;
CREATE TABLE redirect (old TEXT PRIMARY KEY, new TEXT NOT NULL) STRICT;
