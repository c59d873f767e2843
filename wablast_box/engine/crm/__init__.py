"""Leads and jobs. Empty until the first lead."""
