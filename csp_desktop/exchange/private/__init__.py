"""What the private meeting takes over from outside."""
