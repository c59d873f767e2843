"""The step loop: the same for customers and for the rehearsal. Nothing here knows a table or a wire."""
