"""Reading -> Mentions: where a report speaks of an incident, a statement or a trend."""
