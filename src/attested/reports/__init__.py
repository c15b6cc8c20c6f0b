"""Page -> Reports: story text, furniture named, header facts, publication-date candidates."""
