"""The shelf everyone may use: no business, no framework."""
