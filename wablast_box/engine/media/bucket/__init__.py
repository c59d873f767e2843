"""Files in an S3-compatible bucket: an account, five calls, and a shelf of copies on our disk."""
