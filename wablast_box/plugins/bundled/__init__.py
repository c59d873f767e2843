"""Plugins that come with the box. Empty until the first one."""
