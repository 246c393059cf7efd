"""The file: first start, users, backups, journal."""
