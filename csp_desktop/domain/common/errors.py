"""What the product can refuse: each refusal is one sentence a person at the table can act on."""


class Refused(Exception):
    """Something asked for cannot be done; `sentence` says what is wrong and what to do, never with case content."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotFound(Refused):
    """A record that was asked for is not in the file."""


class NotWritable(Refused):
    """Nothing can be written to the open file as things stand: it is no longer where it was, or is open for reading."""


class NotAllowed(Refused):
    """The person's role does not allow this."""
