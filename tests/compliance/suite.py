"""What is run: everything SQLAlchemy asks of a dialect. Not named like other tests, so that these leave it alone."""

import pytest
from sqlalchemy.testing.suite import *  # noqa: F403
from sqlalchemy.testing.suite import IntegerTest as _IntegerTest
from sqlalchemy.testing.suite import JSONTest as _JSONTest
from sqlalchemy.testing.suite import UnicodeSchemaTest as _UnicodeSchemaTest

TWO_WRITERS = "writes on one connection while another has begun; ours has the write lock from its beginning"
OPTIONS = "hands options to create_engine; our engines take none"
FOREIGN_KEYS = "has a foreign key to a column that is not unique; ours are always checked"


class IntegerTest(_IntegerTest):  # type: ignore[no-redef]  # in the place of theirs
    """All but one."""

    @pytest.mark.skip(reason=TWO_WRITERS)
    def test_huge_int(self) -> None:
        """See TWO_WRITERS."""


class JSONTest(_JSONTest):  # type: ignore[no-redef]
    """All but one."""

    @pytest.mark.skip(reason=OPTIONS)
    def test_round_trip_custom_json(self) -> None:
        """See OPTIONS."""


@pytest.mark.skip(reason=FOREIGN_KEYS)
class UnicodeSchemaTest(_UnicodeSchemaTest):  # type: ignore[no-redef]
    """None: its tables are made for the whole class."""
