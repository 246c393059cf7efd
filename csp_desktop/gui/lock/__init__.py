"""Locking: the unlock screen, the guard of an open session, what the system says."""
