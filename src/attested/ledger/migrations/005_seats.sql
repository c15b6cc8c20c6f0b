-- The town that a report is about, asked where an incident's own words name no place; made anew by every run.
CREATE TABLE seat (
  place TEXT NOT NULL, score TEXT NOT NULL, rivals TEXT NOT NULL, why TEXT NOT NULL, report_id TEXT PRIMARY KEY
) STRICT;
