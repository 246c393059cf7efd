"""The file itself: backups, locking, and noticing an older copy."""
