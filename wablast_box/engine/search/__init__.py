"""Full text over messages, notes, people and file names. Tables: SearchDue, SearchBacklog, and the index. Verbs: find, index_some."""
