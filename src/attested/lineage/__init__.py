"""Reports -> Derivations -> Origins: which reports are copies of which."""
