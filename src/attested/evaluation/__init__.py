"""Gold sets -> figures: one adapter per set, scorers, the gate's floors."""
