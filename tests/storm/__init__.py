"""A storm over a real process: everything Meta may repeat, reorder, rebatch or forge, with kill -9 at random moments."""
