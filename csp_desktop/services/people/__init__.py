"""People, agencies and settings."""
