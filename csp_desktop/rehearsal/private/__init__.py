"""The private meeting, played and rendered."""
