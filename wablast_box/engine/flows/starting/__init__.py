"""What begins a flow besides a message: a time, a date, something that happened, what became of a message of ours."""
