"""Cases, one case, importing them, and retention."""
