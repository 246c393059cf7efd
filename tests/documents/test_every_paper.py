"""Every paper the program can write, asked of veraPDF itself: PDF/UA-1 all, PDF/A-2a whichever claims it. A paper that
is printed without an example here fails a test."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from csp_desktop import documents
from csp_desktop.documents.action_list import print_action_list
from csp_desktop.documents.case_plan import print_case_plan
from csp_desktop.documents.certificate import print_certificate
from csp_desktop.documents.copies import base_of, copy_of
from csp_desktop.documents.earlier_minutes import print_earlier_minutes
from csp_desktop.documents.hand_over_note import print_hand_over_note
from csp_desktop.documents.meeting_paper import print_meeting_paper
from csp_desktop.documents.minutes import minutes_paper, print_minutes
from csp_desktop.documents.paper import print_paper
from csp_desktop.documents.private.minutes import print_private_minutes
from csp_desktop.documents.recovery_sheet import print_recovery_sheet
from csp_desktop.documents.seal import sealed
from csp_desktop.documents.sign_in_sheet import print_sign_in_sheet
from csp_desktop.domain.cases.case_plan import PlanSheet
from csp_desktop.domain.cases.referrals import ReferralBody, noted, refer
from csp_desktop.domain.meeting.earlier_minutes import EarlierMinutes
from csp_desktop.domain.meeting.papers import MeetingPaper
from csp_desktop.domain.meeting.signatures import NO_LONGER_HELD
from csp_desktop.domain.minutes.action_list import minutes_actions
from csp_desktop.domain.minutes.paper_parts import Grid, Section, Words
from csp_desktop.domain.private.minutes_layout import private_actions
from csp_desktop.services.ports.copies import Slip
from tests.documents.judges import failures
from tests.documents.minutes_models import OFFICERS, minutes
from tests.documents.test_seal import KEY, WORDS
from tests.documents.test_sheets import ERASED, GROUPS, SIGNED
from tests.domain.minutes.test_papers import bare, whole
from tests.domain.private import test_papers as private
from tests.support.copies import maker
from tests.support.vera_pdf import Verdict, verdicts

pytestmark = pytest.mark.xdist_group("verapdf")
PASSPHRASE = "correct horse battery staple"
MAKER = maker()
ALL = minutes_actions(whole())
AGENDA = MeetingPaper(
    title="Agenda of the Community Protection Group",
    partnership="Testford Community Safety Partnership",
    body="Community Protection Group",
    on=date(2026, 11, 26),
    edition="Agenda",
    opening=(Words("Thursday 26 November 2026, 14:00", "Held:"),),
    sections=(
        Section("items", "", 1, "Items", (Grid("Items", ("Item", "Minutes"), (("Apologies", "5"),), (3, 1)),)),
        Section("notes", "", 1, "Notes", (Words("", "Note:", lines=6),), own_page=True),
        Section("names", "", 1, "Names", (Grid("Names", ("Name", "Signed"), (("", ""),) * 3, (1, 1), room=30),)),
    ),
    created=datetime.combine(date(2026, 11, 20), time(9), UTC),
)
Examples = dict[str, bytes]


def _minutes() -> Examples:
    long = minutes(cases=30, attendees=20)
    return {
        "whole": print_minutes(whole()),
        "large": print_minutes(whole(), is_large=True),
        "draft-with-contents": print_minutes(long),
        "nothing-happened": print_minutes(bare()),
        "nobody-came": print_minutes(replace(bare(), attendees=())),
    }


def _private() -> Examples:
    return {
        "record": print_private_minutes(private.record()),
        "large": print_private_minutes(private.record(), is_large=True),
        "part": print_private_minutes(private.part()),
        "nothing-happened": print_private_minutes(private.bare()),
    }


def _lists() -> Examples:
    return {
        "all": print_action_list(ALL),
        "large": print_action_list(ALL, is_large=True),
        "officer": print_action_list(ALL.of(*OFFICERS[3])),
        "agency": print_action_list(ALL.of(agency=OFFICERS[1][1])),
        "none": print_action_list(ALL.of("Tom Ellis", "Fire")),
        "private": print_action_list(private_actions(private.record())),
    }


def _copies() -> Examples:
    paper = base_of(minutes_paper(whole()))
    base, cover = print_paper(paper), print_paper(replace(paper, sections=paper.sections[:1]))
    edition = f"{paper.edition}, copy 7 for Łukasz, New Hope"
    return {
        "open": copy_of(base, edition),
        "locked": copy_of(base, edition, passphrase=PASSPHRASE),
        "bare": copy_of(print_paper(base_of(minutes_paper(bare()))), edition, passphrase=PASSPHRASE),
        "covered": copy_of(base, edition, cover=cover, passphrase=PASSPHRASE),
    }


EARLIER = EarlierMinutes(
    "e",
    date(2026, 9, 24),
    "Present: Dan Holt, Ewa Łukasik\n\nApologies: none\nDan Holt to visit before the next meeting.",
    "Dan Holt, Ewa Łukasik",
    "none",
    "minutes-september.docx",
    datetime(2026, 10, 12, 9, 0, tzinfo=UTC),
    "Nadia Karim",
)


def _sheets() -> Examples:
    blank = replace(SIGNED, lines=tuple(replace(line, strokes=(), typed="", signed_at=None) for line in SIGNED.lines))
    gone = tuple(replace(line, strokes=(), instead=NO_LONGER_HELD if line.strokes else "") for line in SIGNED.lines)
    deleted = replace(SIGNED, lines=gone)
    return {
        "signed": print_sign_in_sheet(SIGNED),
        "deleted": print_sign_in_sheet(deleted),
        "by-hand": print_sign_in_sheet(blank),
        "large": print_sign_in_sheet(SIGNED, is_large=True),
    }


PLANNED = (
    ("November 2026", "Home visit (support)", "Ewa Łukasik, CGL", "done 12 Nov 2026"),
    ("December 2026", "Keep visitors out (legal power). Power: closure order", "Şenay Kaya, WBC", "3 days overdue"),
)

PAPERS: dict[str, Callable[[], Examples]] = {
    "action_list.print_action_list": _lists,
    "hand_over_note.print_hand_over_note": lambda: {
        "one": print_hand_over_note(
            noted(refer("c", ReferralBody.HALO, "", "Gifts", date(2026, 11, 26), "Łukasz"), "First.\n\nSecond: Şenay."),
            "SN-2026-000421",
            "Testford Partnership",
            datetime(2026, 11, 26, 9, tzinfo=UTC),
        )
    },
    "case_plan.print_case_plan": lambda: {
        name: print_case_plan(
            PlanSheet("SN-2026-000421", "Safe at home", "Watford BC", "two quiet months", None, "A visit", rows),
            "Testford Partnership",
            datetime(2026, 11, 26, 9, tzinfo=UTC),
        )
        for name, rows in (("one", PLANNED), ("none", ()))
    },
    "certificate.print_certificate": lambda: {"one": print_certificate(ERASED, "Testford Partnership")},
    "copies.copy_of": _copies,
    "earlier_minutes.print_earlier_minutes": lambda: {
        "text": print_earlier_minutes(EARLIER, "Testford Partnership"),
    },
    "meeting_paper.print_meeting_paper": lambda: {
        "agenda": print_meeting_paper(AGENDA),
        "large": print_meeting_paper(AGENDA, is_large=True),
    },
    "minutes.print_minutes": _minutes,
    "private.minutes.print_private_minutes": _private,
    "recovery_sheet.print_recovery_sheet": lambda: {
        "one": print_recovery_sheet("Hannah Price", Path("/home/hannah/Partnership"), GROUPS)
    },
    "paper.print_paper": lambda: {  # prints all of them, and what the copies are given with
        "slips": MAKER.slips("Testford Partnership", [Slip("Łukasz Kowalski", "New Hope", PASSPHRASE)] * 3)
    },
    "seal.sealed": lambda: {
        "minutes": sealed(print_minutes(whole()), WORDS, KEY.sign),
        "private": sealed(print_private_minutes(private.record()), WORDS, KEY.sign),
    },
    "sign_in_sheet.print_sign_in_sheet": _sheets,
}


def _printers() -> Iterator[str]:
    """Every function of the documents that writes a PDF."""
    for found in pkgutil.walk_packages(documents.__path__, f"{documents.__name__}."):
        module = importlib.import_module(found.name)
        place = found.name.removeprefix(f"{documents.__name__}.")
        for name, made in inspect.getmembers(module, inspect.isfunction):
            makes_bytes = inspect.signature(made).return_annotation is bytes
            is_of_word = name.endswith("_word")
            if made.__module__ == found.name and makes_bytes and not name.startswith("_") and not is_of_word:
                yield f"{place}.{name}"


BARE = "bare.pdf"
NO_PAPERS = {"paper.finished", "word.packed"}  # the last step of the others; no PDF


def test_every_function_that_writes_a_paper_has_examples_here() -> None:
    assert set(_printers()) - NO_PAPERS == set(PAPERS)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every example as a file."""
    folder, files = tmp_path_factory.mktemp("papers"), {}
    for paper, examples in PAPERS.items():
        for name, content in examples().items():
            file = folder / f"{paper}-{name}.pdf"
            file.write_bytes(content)
            files[file.name] = file
    return files


@pytest.fixture(scope="module")
def accessible(written: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verdict]:
    """What veraPDF says of each, and of a paper that tells a screen reader nothing."""
    bare = tmp_path_factory.mktemp("bare") / BARE
    page = Canvas(str(bare))
    page.drawString(72, 720, "Not tagged")
    page.save()
    return verdicts("ua1", [*written.values(), bare], PASSPHRASE)


def _broken(found: dict[str, Verdict], asked: set[str]) -> dict[str, str]:
    assert set(found) == asked
    assert all(verdict.assertions > 500 for verdict in found.values())
    return {name: verdict.broken for name, verdict in found.items() if not verdict.passed}


def test_verapdf_finds_every_paper_accessible(written: dict[str, Path], accessible: dict[str, Verdict]) -> None:
    ours = {name: verdict for name, verdict in accessible.items() if name != BARE}
    assert _broken(ours, set(written)) == {}


def test_verapdf_finds_every_paper_that_claims_it_fit_for_the_archive(written: dict[str, Path]) -> None:
    claims = {name: file for name, file in written.items() if b"<pdfaid:part>2" in file.read_bytes()}
    assert {name.split("-")[0] for name in claims} == set(PAPERS) - {"copies.copy_of"}
    assert _broken(verdicts("2a", claims.values()), set(claims)) == {}


def test_another_validator_agrees_on_every_paper_that_is_not_locked(written: dict[str, Path]) -> None:
    open_files = {name: file for name, file in written.items() if b"/Encrypt" not in file.read_bytes()}
    profiles = {name: ("ua1",) if name.startswith("copies.") else ("ua1", "2a") for name in open_files}
    found = {name: failures(file.read_bytes(), *profiles[name]) for name, file in open_files.items()}
    assert {name: broken for name, broken in found.items() if broken} == {}


def test_verapdf_sees_a_paper_that_tells_a_screen_reader_nothing(accessible: dict[str, Verdict]) -> None:
    verdict = accessible[BARE]
    assert not verdict.passed and "7.1-" in verdict.broken
