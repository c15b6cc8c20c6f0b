"""Reading -> what single phrases say: date expressions and counts, before anything else is known."""
