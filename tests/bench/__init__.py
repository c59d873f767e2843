"""Figures: what the box costs and how fast it is, each beside a limit measured or promised."""
