"""Numbered migrations, run at start after a snapshot. Never edited after a release."""
