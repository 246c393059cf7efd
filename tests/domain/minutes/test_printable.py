"""What cannot be printed is told with its place and its script, before a paper leaves with boxes in it."""

import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from csp_desktop.cli.verbs.record import write_minutes
from csp_desktop.documents.letters import missing_letters
from csp_desktop.documents.minutes import print_minutes
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.meeting import CaseTurn
from csp_desktop.domain.minutes.checks import ALL_PRINTED, check_minutes
from csp_desktop.domain.minutes.printable import texts_of, unprintable
from csp_desktop.services.meeting.closing import close_meeting
from tests.documents.minutes_models import case, minutes
from tests.support.fakes import NO_PAPERS
from tests.support.held_meeting import NOVEMBER, partnership

PAPERS = replace(NO_PAPERS, print_minutes=print_minutes, missing_letters=missing_letters)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Thai กา and ひ", "ก า ひ (Thai, Japanese)"),
        ("Called ශ්‍රී", "ශ ් ර ී (Sinhala)"),
        ("Said გამარჯობა", "გ ა მ რ ჯ ო ბ (Georgian)"),
        ("From 김", "김 (Korean)"),
        ("A tree \U0001fabe", "\U0001fabe (emoji or symbol)"),
    ],
)
def test_a_script_that_prints_as_boxes_or_wrongly_shaped_fails_the_check(typed: str, said: str) -> None:
    paper = replace(minutes(), cases=(replace(case(1), note=typed),))
    (failed,) = [check for check in check_minutes(paper, missing=missing_letters) if not check.passed]
    assert failed.words == f"Cannot be printed: {said}"
    assert (failed.detail, failed.section_id) == ("SN-2026-0401, JK: Discussion", "case-SN-2026-0401")


@pytest.mark.parametrize(
    "typed",
    [
        "Ștefan Łukasik Ó Briain Nguyễn Ọ̀gbẹ́ni Божидар Αθηνά",
        "£ € ½ “–—” … № ² µ ª º",
        "a\u200bb\ufeff\u00ad",
        "प्रिया শর্মা ਹਰਪ੍ਰੀਤ પ્રિયંકા கோபாலகிருஷ்ணன்",
        "محمد علی\u200cرضا שָׂרָה 王小明 陳麗華 \U0001f44d\U0001f3fd ☎\ufe0f",
    ],
)
def test_names_in_the_scripts_of_the_town_pass_however_they_are_composed(typed: str) -> None:
    for form in ("NFC", "NFD"):
        paper = replace(minutes(), cases=(replace(case(1), note=unicodedata.normalize(form, typed)),))
        words = [check.words for check in check_minutes(paper, missing=missing_letters) if check.passed]
        assert ALL_PRINTED in words


def test_the_place_names_no_word_of_a_case_but_its_reference() -> None:
    paper = replace(minutes(), cases=(replace(case(1), note="ก saw the neighbour", initials="ก"),))
    found = unprintable(texts_of(paper), missing_letters)
    assert [one.place for one in found][:2] == [
        "section 5.1, SN-2026-0401, Heading",
        "section 5.1, SN-2026-0401, Discussion",
    ]


def test_the_command_line_writes_no_paper_with_characters_that_cannot_be_printed(tmp_path: Path) -> None:
    session, out = partnership(papers=PAPERS), tmp_path / "minutes.pdf"
    with session.work.step("said") as records:
        records.save(replace(records.get(CaseTurn, "turn-1"), note="Neighbour ก said ひ"))
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    with pytest.raises(Refused) as refused:
        write_minutes(session, date(2026, 11, 26), out)
    assert not out.exists()
    assert "section 5.1, SN-2026-0401, Discussion: ก ひ (Thai, Japanese)" in str(refused.value)
    assert "). Write them in Latin letters. Nothing was saved." in str(refused.value)
    assert "Neighbour" not in str(refused.value)
