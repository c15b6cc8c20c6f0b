-- A later version of one outlet's own report; another user of a dispatch that nobody saved.
ALTER TABLE derivation ADD COLUMN is_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE derivation ADD COLUMN is_sibling INTEGER NOT NULL DEFAULT 0;
