"""Attested: from a pile of news reports to the ledger a careful analyst would write."""

__version__ = "0.1.0"
