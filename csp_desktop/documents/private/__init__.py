"""The papers of the private meeting."""
