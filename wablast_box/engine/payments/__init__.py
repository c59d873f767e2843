"""Payment links and captures. Empty until the first provider."""
