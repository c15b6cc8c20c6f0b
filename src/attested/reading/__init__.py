"""Report -> Reading: one pass of the trained encoder (tokens, tags, parse, names, who says what, vectors)."""
