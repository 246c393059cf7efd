"""The minutes page and its preview."""
