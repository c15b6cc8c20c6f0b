"""Claims -> Incidents and Statements: merge, fuse, disagreements."""
