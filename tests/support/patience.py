"""How long a test waits for what must come: so long that no computer is too slow, and only a fault takes all of it."""

SECONDS = 300
MILLISECONDS = SECONDS * 1000
