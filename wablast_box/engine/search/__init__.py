"""Full text over messages, notes, contacts and file names."""
