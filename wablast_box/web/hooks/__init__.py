"""Doors the outside world knocks on."""
