"""Training of the plain-text line classifier: real prose, furniture written by us, composed into pages."""
