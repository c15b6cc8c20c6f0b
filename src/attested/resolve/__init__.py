"""Expressions -> values that need other reports: report dates, days, places, actors."""
