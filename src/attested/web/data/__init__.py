"""Outlines that the map is drawn with; origin and licence are in the README."""
