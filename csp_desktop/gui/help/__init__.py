"""Help and all keys."""
