-- The rows that decisions changed, and the last decision that did: a run that read the ledger before finds them again.
CREATE TABLE IF NOT EXISTS touched (
  name TEXT NOT NULL, key TEXT NOT NULL, judgement INTEGER NOT NULL, PRIMARY KEY (name, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS touched_since ON touched (judgement);
