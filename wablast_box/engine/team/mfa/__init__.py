"""The second factor: an authenticator app, passkeys, and recovery codes for the day the phone is lost."""
