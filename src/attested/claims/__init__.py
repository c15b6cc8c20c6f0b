"""Mentions -> Claims: one value, one span, one voice, one hedge."""
