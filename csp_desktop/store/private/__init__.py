"""The tables that only the private meeting's file has."""
