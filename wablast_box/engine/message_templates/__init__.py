"""Meta's approved templates. Empty until they are synchronised."""
