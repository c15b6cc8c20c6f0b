"""Reading -> who says so and how firmly: attributions, hedges, negation, what happened at all."""
