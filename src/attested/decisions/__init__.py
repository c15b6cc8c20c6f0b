"""Where people decide: what they type becomes judgements, which take effect at once."""
