"""Plugins: what they may do, and that a broken one never stops the box."""
