"""Queries for reports. Empty until the first report."""
