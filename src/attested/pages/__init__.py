"""Inputs -> Pages: walk, sniff, decode; one reader per container."""
