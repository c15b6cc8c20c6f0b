"""Gold data -> how sure the ledger is (``data/confidence.toml``). Not shipped; see README.md here."""
