"""Where pictures of strangers are opened: in a process of its own that may be killed, never in the box itself."""
