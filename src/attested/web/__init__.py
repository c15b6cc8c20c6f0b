"""The desk: a page on this machine where people read a ledger, check it and decide."""
