"""Identities: random, so that two laptops never make the same one and none tells anything about a person."""

import uuid


def new_id() -> str:
    """A fresh identity: 32 hexadecimal digits."""
    return uuid.uuid4().hex
