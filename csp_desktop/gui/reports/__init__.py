"""Reports: what a year shows."""
