"""Reports -> Stories: what is about the same affair."""
