"""Invitations: a link that lets somebody into the team, once, within three days."""
