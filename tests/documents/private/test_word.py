"""The private minutes as a Word file: the same words as the PDF's model, and no name in any part of the file."""

import re
from collections.abc import Callable

import pytest

from csp_desktop.documents.action_list import print_action_list_word
from csp_desktop.documents.private.minutes import print_private_minutes_word, private_minutes_paper
from csp_desktop.domain.minutes.action_list import ActionList
from csp_desktop.domain.private.minutes_layout import private_actions
from csp_desktop.exchange.action_list import action_list_workbook
from tests.documents.private.test_minutes import copies
from tests.support.private_minutes import EWA, JOY, NAMES, SARA
from tests.support.word_files import lines, lines_of, opened, parts


@pytest.mark.parametrize("reader", ["", SARA, JOY, EWA])
def test_no_name_or_alias_of_anybody_is_in_any_part_of_the_file(reader: str) -> None:
    text = "\n".join(parts(print_private_minutes_word(copies()[reader])).values())
    for name in NAMES:
        assert not re.search(rf"(?<!\w){re.escape(name.strip())}(?!\w)", text), name


def test_what_a_reader_may_not_hear_of_is_not_in_their_file_at_all_while_the_record_has_it() -> None:
    record, joys = ("".join(parts(print_private_minutes_word(copies()[name])).values()) for name in ("", JOY))
    for words in ("RS-002", "D.W.", "RS-003", "Help her move", "took the room", "Eleven beds", "2026-11/03"):
        assert words in record
        assert words not in joys
    assert "RS-001" in record and "RS-001" in joys


@pytest.mark.parametrize("reader", ["", JOY])
def test_every_word_of_the_copy_stands_in_the_file_in_its_order_and_nothing_else(reader: str) -> None:
    found = list(lines(opened(print_private_minutes_word(copies()[reader]))))
    assert found == list(lines_of(private_minutes_paper(copies()[reader])))


def test_every_page_bears_the_copy_and_its_recipient() -> None:
    foot = opened(print_private_minutes_word(copies()[JOY])).sections[0].footer.paragraphs[0]
    assert foot.text.startswith("Approved, version 1, copy 4 for Joy Okafor, Community Mental Health Team\t")


def test_large_print_leaves_out_no_section() -> None:
    found = opened(print_private_minutes_word(copies()[""], is_large=True))
    headings = [p.text for p in found.paragraphs if p.style.name.startswith("Heading")]
    assert headings == [section.title for section in private_minutes_paper(copies()[""]).sections]


@pytest.mark.parametrize("reader", ["", SARA, JOY, EWA])
@pytest.mark.parametrize("written", [print_action_list_word, action_list_workbook])
def test_no_name_or_alias_of_anybody_is_in_an_action_list_however_it_is_written(
    written: Callable[[ActionList], bytes], reader: str
) -> None:
    text = "\n".join(parts(written(private_actions(copies()[reader]))).values())
    assert "Actions of the private rough-sleeping meeting" in text
    for name in NAMES:
        assert not re.search(rf"(?<!\w){re.escape(name.strip())}(?!\w)", text), name
