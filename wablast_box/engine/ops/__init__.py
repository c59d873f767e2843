"""Keeping the box well: migrations, health, retention, logs."""
