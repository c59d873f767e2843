"""Files of the business. Table: MediaFile. Verbs: save, open_file."""
