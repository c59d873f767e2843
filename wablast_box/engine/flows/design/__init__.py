"""Drawing a flow: its draft, what is wrong with it, its published versions and what starts it."""
