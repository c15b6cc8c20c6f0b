"""Gold data -> the weights of ``attested.reading``. Not shipped; see README.md here."""
