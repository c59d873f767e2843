"""What begins a flow besides a message."""
