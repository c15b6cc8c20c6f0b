"""Where pages are read: this machine's processes now; a cluster's later. No domain in here."""
