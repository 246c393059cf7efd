"""The printed private minutes, read back from the file as a reader of it would: no name anywhere in it."""

import io
import re
from dataclasses import replace
from functools import cache

import pikepdf
import pypdfium2 as pdfium
import pytest

from csp_desktop.documents.action_list import print_action_list
from csp_desktop.documents.private.minutes import print_private_minutes, private_minutes_paper
from csp_desktop.domain.minutes.record import JournalHead
from csp_desktop.domain.private.minutes import PrivateMinutes
from csp_desktop.domain.private.minutes_layout import private_actions, sections, title
from csp_desktop.services.private import circulation
from tests.documents.judges import pages_of
from tests.support.private_minutes import EWA, JOY, NAMES, SARA, held
from tests.support.private_session import member_named, private_session


@cache
def copies() -> dict[str, PrivateMinutes]:
    session = private_session()
    meeting_id = held(session)
    circulation.approve(session, meeting_id)
    journal = JournalHead(41, "0f3a9c4477d1e2b6")
    copies = {"": replace(circulation.copy_for(session, meeting_id), journal=journal)}
    for name in (SARA, JOY, EWA):
        copies[name] = replace(
            circulation.copy_for(session, meeting_id, member_named(session, name).id), journal=journal
        )
    return copies


def printed_actions(minutes: PrivateMinutes) -> bytes:
    return print_action_list(private_actions(minutes))


def _pages(file: bytes) -> list[str]:
    return list(pages_of(file))


def _everything(file: bytes) -> str:
    """Text of the pages, bookmarks, and every string and stream of the file itself."""
    document = pdfium.PdfDocument(file)
    words = [*_pages(file), *(mark.get_title() for mark in document.get_toc())]
    with pikepdf.open(io.BytesIO(file)) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Stream):
                words.append(one.read_bytes().decode("latin-1"))
            words.append(repr(one))
        words += [str(value) for value in pdf.docinfo.values()]
    return "\n".join(words)


@pytest.mark.parametrize("printed", [print_private_minutes, printed_actions])
@pytest.mark.parametrize("reader", ["", SARA, JOY, EWA])
def test_no_name_or_alias_of_anybody_is_in_the_file(reader: str, printed: object) -> None:
    file = printed(copies()[reader])  # type: ignore[operator]
    text = _everything(file)
    for name in NAMES:
        assert not re.search(rf"(?<!\w){re.escape(name.strip())}(?!\w)", text), name


def test_what_a_reader_may_not_hear_of_is_not_in_their_file_at_all_while_the_record_has_it() -> None:
    record, joys = (_everything(print_private_minutes(copies()[name])) for name in ("", JOY))
    for words in ("RS-002", "D.W.", "RS-003", "Help her move", "took the room", "Eleven beds", "2026-11/03"):
        assert words in record
        assert words not in joys
    assert "RS-001" in record and "RS-001" in joys


def test_every_page_is_marked_at_top_and_bottom_numbered_and_bears_copy_recipient_and_journal_head() -> None:
    file = print_private_minutes(copies()[JOY])
    document = pdfium.PdfDocument(file)
    for number, page in enumerate(document, 1):
        words, height = page.get_textpage(), page.get_height()
        assert "OFFICIAL-SENSITIVE" in words.get_text_bounded(bottom=height - 60)
        assert "OFFICIAL-SENSITIVE" in words.get_text_bounded(top=45)
        text = words.get_text_range().replace("\r\n", " ")
        assert f"Page {number} of {len(document)}" in text
        assert "Approved, version 1, copy 4 for Joy Okafor, Community Mental Health Team" in text
        assert "Journal entry 41, 0f3a9c4477d1e2b6" in text


def test_the_marking_is_the_settings_own() -> None:
    own = replace(copies()[""], marking="OFFICIAL-SENSITIVE: PERSONAL")
    assert all(page.count("OFFICIAL-SENSITIVE: PERSONAL") == 2 for page in _pages(print_private_minutes(own)))


def test_the_file_has_title_language_and_a_bookmark_for_every_section() -> None:
    minutes = copies()[""]
    file = print_private_minutes(minutes)
    with pikepdf.open(io.BytesIO(file)) as pdf:
        assert str(pdf.docinfo.Title) == title(minutes)
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert [mark.get_title() for mark in pdfium.PdfDocument(file).get_toc()] == [s.title for s in sections(minutes)]


def test_the_action_list_is_a_paper_of_its_own() -> None:
    minutes = circulation.own_actions(copies()[""], EWA)
    text = " ".join(_pages(printed_actions(minutes)))
    assert private_actions(minutes).title in text
    assert "Help her move" in text and "RS-002, D.W." in text and "kennel" not in text


def test_the_same_copy_prints_to_the_same_bytes() -> None:
    assert print_private_minutes(copies()[JOY]) == print_private_minutes(copies()[JOY])


def test_a_private_draft_waits_for_new_hope_s_lead_who_signs_what_was_agreed() -> None:
    record: PrivateMinutes = copies()[""]
    draft, approved = (private_minutes_paper(one).sign_off for one in (replace(record, approved_at=None), record))
    assert draft is not None and draft.words[0].text == "not yet approved by New Hope’s lead. This is a draft."
    assert approved is not None and approved.blanks[-1] == "Signed by New Hope’s lead"
