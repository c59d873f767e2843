"""Made-up data in any amount, for measuring and for looking at a box that has lived. Verb: fill."""
