"""What the settings of both windows stand on: the page, its rows and its texts to confirm."""
