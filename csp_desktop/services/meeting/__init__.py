"""The meeting from preparing to closing."""
