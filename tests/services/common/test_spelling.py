"""The partnership's own words stay in its file."""

import pytest

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.spelling import GlossaryWord
from csp_desktop.services.common.spelling import add_word, own_words
from tests.support.fakes import fake_session
from tests.support.held_meeting import partnership


def test_a_word_added_is_known_from_then_on_and_kept_once() -> None:
    session = fake_session()
    assert "snickleway" not in own_words(session)
    for _ in range(2):
        add_word(session, " Snickleway")
    assert "snickleway" in own_words(session)
    with session.work.reading() as records:
        assert [row.word for row in records.find(GlossaryWord)] == ["snickleway"]


def test_adding_a_word_can_be_undone() -> None:
    session = fake_session()
    before = own_words(session)
    add_word(session, "snickleway")
    session.work.undo()
    assert own_words(session) == before


def test_only_a_single_word_is_added() -> None:
    with pytest.raises(Refused, match="single word"):
        add_word(fake_session(), "two words")


def test_the_names_and_places_of_the_file_are_known() -> None:
    assert {"aisha", "rahman", "albans"} <= own_words(partnership(3))
