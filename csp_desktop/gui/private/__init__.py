"""The private window. Only `app` knows it, by its own start."""
