"""People and agencies."""
