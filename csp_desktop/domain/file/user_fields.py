"""What is asked of whoever opens a file, or lets people into it: the names forms, services and refusals share."""

from enum import StrEnum


class UserField(StrEnum):
    """What is asked where people are let into the file, or change their own way in."""

    PERSON = "person"
    ROLES = "roles"
    NAME = "name"
    OLD = "old passphrase"
    PAPER = "recovery key"
    GROUPS = "groups of the recovery key"


class NewPassphraseField(StrEnum):
    """Where a new passphrase is typed, and typed again."""

    NEW = "new passphrase"
    AGAIN = "new passphrase again"


class UnlockField(StrEnum):
    """What is asked of whoever opens a file that is not open yet: their name, and what proves it."""

    NAME = "name"
    SECRET = "secret"
    REASON = "reason"
