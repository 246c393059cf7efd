"""The minutes of either meeting: what they hold, how they are set out, what is checked."""
