"""Ledger -> files for other tools: JSON, JSONL, CSV, GeoJSON."""
