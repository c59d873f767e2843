"""Files of the business, under the data folder. Table: MediaFile.

Verbs: save_upload, open_file; incoming, keep and register for files that are fetched; qr_code and words_on draw pictures of our own.
"""
