"""Cases: their ratings and clocks, what is disclosed of them, and how long they are kept."""
