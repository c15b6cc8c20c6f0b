"""Shipped tables; origins and licences in README.md here."""
