"""What staff do with conversations: states, snooze, tags, saved views, many at once, and undo."""
