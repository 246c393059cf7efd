"""The printed minutes, read back from the file as a reader of it would."""

import io
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache

import pikepdf
import pypdfium2 as pdfium
import pytest

from csp_desktop.documents.letters import missing_letters
from csp_desktop.documents.minutes import print_minutes
from csp_desktop.documents.paper import Paper, print_paper
from csp_desktop.domain.meeting.confidentiality import Capacity
from csp_desktop.domain.minutes.layout import sections, title
from csp_desktop.domain.minutes.paper_parts import Grid, Section
from csp_desktop.domain.minutes.printable import texts_of, unprintable
from csp_desktop.domain.minutes.record import Minutes
from csp_desktop.domain.people.agencies import IspStatus
from tests.documents.judges import pages_of
from tests.documents.minutes_models import minutes


@cache
def _pages() -> tuple[str, ...]:
    return _read(print_minutes(minutes(cases=8, attendees=30)))


def _read(paper: bytes) -> tuple[str, ...]:
    return pages_of(paper)


def _text(paper: Minutes) -> str:
    return " ".join(_read(print_minutes(paper)))


def test_each_walked_case_has_one_section() -> None:
    text = " ".join(_pages())
    for number, case in enumerate(minutes(cases=8).cases, 1):
        assert text.count(f"5.{number} {case.reference}, JK") == 1


def test_no_uncalled_case_has_a_section() -> None:
    text = " ".join(_pages())
    assert text.count("SN-2026-0901") == 1
    assert not re.search(r"\d\.\d+ SN-2026-0901", text)
    assert "Not reached: SN-2026-0901, AB." in text
    assert "Deferred: Awaiting reference, CD. Reason: officer away." in text


def test_each_attendee_has_one_row() -> None:
    text = " ".join(_pages())
    for attendee in minutes(attendees=30).attendees:
        words = attendee.name.split()
        assert len(re.findall(r"\s+".join(map(re.escape, words)) + r"(?!\d)", text)) == (3 if attendee.interests else 2)


def test_each_override_has_one_line() -> None:
    text = " ".join(_pages())
    assert text.count("Override.") == 2
    said = "At 14:09 Hana Price decided to continue although PS Dan Holt had not signed. Reason: the pad failed."
    assert f"Override. {said}" in text


def test_each_action_stands_once_under_its_item_and_once_with_its_officer() -> None:
    paper = minutes(cases=8)
    text = " ".join(_pages())
    items, officers = text.split("10 Actions by officer")
    for action in paper.actions:
        assert items.count(action.label + " ") == 1
        assert officers.count(action.label + " ") == 1


def test_every_page_is_marked_at_top_and_bottom() -> None:
    document = pdfium.PdfDocument(print_minutes(minutes()))
    for page in document:
        words = page.get_textpage()
        height = page.get_height()
        assert "OFFICIAL-SENSITIVE" in words.get_text_bounded(bottom=height - 60)
        assert "OFFICIAL-SENSITIVE" in words.get_text_bounded(top=45)


def test_every_page_says_which_of_how_many_it_is() -> None:
    pages = _pages()
    assert len(pages) > 3
    for number, text in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in text


def test_every_page_carries_edition_copy_recipient_and_journal_head() -> None:
    paper = replace(minutes(), version=2).copy_for(7, "Ewa Łukasik, Change Grow Live")
    for page in _read(print_minutes(paper)):
        assert "Draft 2, copy 7 for Ewa Łukasik, Change Grow Live" in page
        assert "Journal entry 812, 0f3a9c4477d1e2b6" in page


def test_all_fonts_are_embedded_and_none_is_helvetica() -> None:
    with pikepdf.open(io.BytesIO(print_minutes(minutes()))) as pdf:
        fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"]
        names = {str(font.BaseFont) for font in fonts}
        assert all("NotoSans" in name for name in names), names
        assert all("/FontFile2" in font.FontDescriptor for font in fonts)


def test_body_is_12_points_and_no_table_text_is_under_11() -> None:
    with pikepdf.open(io.BytesIO(print_minutes(minutes()))) as pdf:
        sizes = set()
        for page in pdf.pages:
            for told in pikepdf.parse_content_stream(page):
                if str(told.operator) == "Tf":
                    sizes.add(float(told.operands[1]))
    assert sizes - {9.5} >= {11, 12, 13, 16, 20}  # 9.5 is the running head and foot alone
    assert min(sizes - {9.5}) == 11


def test_the_same_minutes_print_to_the_same_bytes_even_in_another_process() -> None:
    here = print_minutes(minutes())
    code = (
        "import sys; from tests.documents.minutes_models import minutes; "
        "from csp_desktop.documents.minutes import print_minutes; sys.stdout.buffer.write(print_minutes(minutes()))"
    )
    there = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    assert here == print_minutes(minutes()) == there


def test_the_file_has_title_language_and_a_bookmark_for_every_section() -> None:
    paper = minutes()
    data = print_minutes(paper)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.docinfo.Title) == title(paper)
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
    marks = [mark.get_title() for mark in pdfium.PdfDocument(data).get_toc()]
    assert marks == [section.title for section in sections(paper)]


def test_bookmarks_lead_to_the_page_of_their_section() -> None:
    document = pdfium.PdfDocument(print_minutes(minutes(cases=8)))
    for mark in document.get_toc():
        page = document[mark.get_dest().get_index()].get_textpage().get_text_range().replace("\r\n", " ")
        assert mark.get_title() in page


def test_progress_is_told_page_by_page_and_can_stop_the_printing() -> None:
    class Stopped(Exception):
        pass

    seen: list[int] = []

    def stop_at_two(page: int, total: int, words: str) -> None:
        seen.append(page)
        if page == 2:
            raise Stopped

    with pytest.raises(Stopped):
        print_minutes(minutes(), stop_at_two)
    assert seen == [1, 2]
    assert len(_read(print_minutes(minutes()))) > 2  # and the next printing is not hindered


def test_a_word_longer_than_its_column_is_not_lost() -> None:
    long = "Llanfair" * 20
    paper = minutes(cases=1)
    longer = replace(paper, actions=(replace(paper.actions[0], what=long), *paper.actions[1:]))
    assert long in "".join(_read(print_minutes(longer))).replace(" ", "").replace("\ufffe", "")


def test_nothing_is_reported_missing_from_ordinary_minutes() -> None:
    assert unprintable(texts_of(minutes()), missing_letters) == ()


def test_no_word_of_the_attendance_list_is_broken() -> None:
    paper = minutes(attendees=1)
    longest = replace(
        paper.attendees[0],
        name="Nimmi Raghunathan-Pillai",
        agency="Hertfordshire Constabulary",
        capacity=Capacity.MINUTE_TAKER,
        isp=IspStatus.OLD_VERSION,
    )
    text = _text(replace(paper, attendees=(longest,)))
    for word in ("Raghunathan-Pillai", "Hertfordshire Constabulary", "minute-taker", "version"):
        assert word in text


def _answered_by(officer: str) -> str:
    paper = minutes(cases=1)
    answers = tuple(replace(line, officer=officer) for line in paper.answers)
    return _text(replace(paper, answers=answers)).split("5 Open Safety Net cases")[0]


def test_a_name_that_is_wider_than_its_column_s_share_is_not_broken() -> None:
    assert _answered_by("Nimmi Raghunathan-Pillai").count("Nimmi Raghunathan-Pillai") == 2


def test_where_there_is_no_room_for_a_whole_name_it_goes_on_after_its_hyphen() -> None:
    name = "Nimmi Raghunathan-Pillai"
    crowded = Grid("Names", ("1", "2", "3", "4", "5", "6"), ((name,) * 6,), (1,) * 6)
    section = Section("names", "1", 1, "Names", (crowded,))
    paper = Paper("Names", "Testford", "OFFICIAL", "Names", "Draft 1", "en-GB", (), (section,))
    text = " ".join(_read(print_paper(paper)))
    assert len(re.findall(r"Nimmi Raghunathan[-\ufffe]\s*Pillai", text)) == 6


def test_a_row_stands_on_one_page_and_no_header_comes_twice_on_a_page() -> None:
    paper = minutes(attendees=16)
    read = tuple(
        replace(
            a, name=f"Attendee {n}", agency=f"End{n}", read_by="Hana Price, chair", read_at=a.signed_at, interests=()
        )
        for n, a in enumerate(paper.attendees, 101)
    )
    for people in range(8, 17):
        pages = _read(print_minutes(replace(paper, attendees=read[:people])))
        assert max(text.count("Clause ISP") for text in pages) == 1
        pages = tuple(text.split("Annex: ")[-1] if "Annex: " in text else text for text in pages)
        first = next(n for n, text in enumerate(pages) if "Clause ISP" in text)
        pages = pages[first:]
        assert sum(text.count("version 3, read out") for text in pages) == people
        for text in pages:
            assert len(re.findall(r"Attendee", text)) == text.count("Price, chair")
