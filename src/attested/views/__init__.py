"""Read-only answers computed from a ledger."""
