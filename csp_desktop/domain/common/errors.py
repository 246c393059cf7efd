"""What the product can refuse: each refusal is one sentence a person at the table can act on."""


class Refused(Exception):
    """Something asked for cannot be done; `sentence` says what is wrong and what to do, never with case content."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class FieldRefused(Refused):
    """What stands in one field is not in order. `field` is the name its form knows it by, so that the sentence stands
    there and nobody has to read it to find out where.
    """

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class NotFound(Refused):
    """A record that was asked for is not in the file."""


class NotWritable(Refused):
    """Nothing can be written to the open file as things stand: it is no longer where it was, or is open for reading."""


class NotAllowed(Refused):
    """The person's role does not allow this."""
