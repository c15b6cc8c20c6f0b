-- What voices say in a report's own words; pages read before are read again by the next run, and then have them.
ALTER TABLE outline ADD COLUMN sayings TEXT NOT NULL DEFAULT '[]';
