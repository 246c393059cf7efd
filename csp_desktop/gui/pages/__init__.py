"""One module per screen, each a `Page` (see `base`) shown by the main window."""
