"""The group's minutes drawn up and checked."""
