"""Who belongs to the partnership: agencies and people, the bodies, the settings."""
