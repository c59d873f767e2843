"""What this install may do. Empty until there is something to license."""
