"""What minutes say again and again."""

PHRASES = (
    "No further action.",
    "To continue.",
    "Professionals’ meeting to be called.",
    "Agreed that the risk has reduced.",
    "Update to be given at the next meeting.",
    "Nobody present could speak to this.",
)
