"""What the partnership answers for: case reviews, requests for information, its own rules and the year's end."""
