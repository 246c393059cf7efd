"""The file: users, unlocking, backups, journal, checks."""
