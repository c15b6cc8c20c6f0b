"""Pictures of lists: from numbers to a map, a timeline and bars, which templates draw as SVG."""
