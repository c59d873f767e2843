"""Messages to many. Empty until the first campaign."""
