"""The private rough-sleeping meeting. Nothing outside the private packages knows it."""
