"""Business settings and sealed credentials. Tables: Setting, Secret. Verbs: get, put, put_secret, read_secret."""
