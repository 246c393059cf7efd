"""A clock set back or far ahead: said before anything is written, and gone on with only by a word that is kept."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from csp_desktop import app
from csp_desktop.bootstrap.partnership import Partnership, open_partnership
from csp_desktop.cli import command_line
from csp_desktop.domain.common.errors import NotWritable
from csp_desktop.domain.file.backup_settings import SafeCopyKind
from csp_desktop.domain.file.rollback_guard import clock_doubt
from csp_desktop.sample.clock import RunningOn, sample_clock
from csp_desktop.sample.partnership import sample_users
from csp_desktop.services.file import backups
from csp_desktop.services.file.file_standing import accept_clock
from tests.support.partnerships import CHAIR, PASS, Ticking, add_agency, agencies, quiet
from tests.support.stored_vaults import STORED

NEWEST = datetime(2026, 11, 26, 18, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "wrong"),
    [
        (NEWEST - timedelta(minutes=4), ""),
        (NEWEST - timedelta(minutes=6), "behind it"),
        (NEWEST - timedelta(days=365), "behind it"),
        (NEWEST + timedelta(days=399), ""),
        (NEWEST + timedelta(days=401), "more than a year after it"),
    ],
)
def test_a_clock_is_doubted_behind_the_newest_entry_or_more_than_a_year_after_it(now: datetime, wrong: str) -> None:
    said = clock_doubt(now, NEWEST)
    assert said.endswith(f"the clock is {wrong}." if wrong else "")
    assert bool(said) == bool(wrong)
    if wrong:
        assert "The newest entry in the file is of Thu 26 Nov 2026, 18:31" in said


def test_a_file_without_an_entry_doubts_no_clock() -> None:
    assert clock_doubt(NEWEST, None) == ""


@dataclass
class Standing:
    """A clock that somebody set."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture(params=["back", "ahead"])
def wrong(request: pytest.FixtureRequest, partnership: Partnership, clock: Ticking) -> Standing:
    """The computer's clock after the file was closed."""
    with partnership:
        partnership.session.users.change_passphrase(PASS["chair"], "harbour window thistle")  # type: ignore[union-attr]
    return Standing(clock.at + timedelta(days=-300 if request.param == "back" else 900))


def opened(folder: Path, now: Standing) -> Partnership:
    return open_partnership(folder, CHAIR.name, "harbour window thistle", now)


def test_nothing_is_written_before_somebody_says_that_the_clock_is_right(folder: Path, wrong: Standing) -> None:
    with opened(folder, wrong) as partnership:
        session, before = partnership.session, partnership.work.head()
        assert session.standing is not None and session.standing.clock_doubt.startswith("This computer's clock says ")
        for change in (
            lambda: add_agency(session, "After"),
            lambda: session.work.keep_draft(type(CHAIR), "x", "note", "typed"),
            lambda: session.users.change_passphrase("harbour window thistle", "x"),  # type: ignore[union-attr]
        ):
            with pytest.raises(NotWritable, match="This computer's clock says .* someone confirms the clock"):
                change()
        assert partnership.work.head() == before
        assert partnership.verify()["findings"] == []


def test_going_on_is_written_down_with_what_was_wrong(folder: Path, wrong: Standing) -> None:
    with opened(folder, wrong) as partnership:
        session = partnership.session
        assert session.standing is not None
        said = session.standing.clock_doubt
        accept_clock(session)
        assert session.standing.clock_doubt == ""
        add_agency(session, "After")
        noted = next(copy for copy in backups.safety(session).history if copy.kind is SafeCopyKind.CLOCK)
        assert (noted.by, noted.note) == (CHAIR.name, said)
        assert "After" in agencies(session) and partnership.verify()["findings"] == []
    with opened(folder, wrong) as partnership:
        assert partnership.session.standing is not None and partnership.session.standing.clock_doubt == "", "once"


def test_a_backup_can_be_made_all_the_same_and_nothing_remembers_it(folder: Path, wrong: Standing, stick: Path) -> None:
    with opened(folder, wrong) as partnership:
        before = partnership.work.head()
        backups.back_up(partnership.session, quiet, stick)
        assert len(list(stick.iterdir())) == 1 and partnership.work.head() == before


def test_a_right_clock_is_not_asked_about(partnership: Partnership, folder: Path, clock: Ticking) -> None:
    partnership.close()
    with open_partnership(folder, CHAIR.name, CHAIR.passphrase, clock) as again:
        assert again.session.standing is not None and again.session.standing.clock_doubt == ""


def test_the_sample_s_own_afternoon_is_never_doubted(sample: Path) -> None:
    user = next(u for u in sample_users() if u["role"] == "chair")
    running = RunningOn(sample_clock() - timedelta(days=3), app.system_clock)
    with open_partnership(sample, user["name"], user["passphrase"], running) as partnership:
        assert partnership.session.standing is not None and partnership.session.standing.clock_doubt == ""


def test_the_command_line_warns_reads_on_and_writes_only_when_told_to(
    folder: Path, wrong: Standing, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "clock_for", lambda folder: wrong)
    secret = tmp_path / "passphrase"
    secret.write_text("harbour window thistle", encoding="utf-8")
    opening = ["--folder", str(folder), "--user", CHAIR.name, "--passphrase-file", str(secret)]
    members = tmp_path / "members.csv"
    members.write_text("Name,Agency,Agency kind\nAnn Other,Fire service,fire\n", encoding="utf-8")
    assert command_line.main(["verify", *opening]) == 0
    assert "This computer's clock says " in capsys.readouterr().err
    assert command_line.main(["import-members", *opening, str(members)]) == 1
    assert "Correct the clock; or, if it is right, add --although-clock." in capsys.readouterr().err
    assert command_line.main(["import-members", *opening, "--although-clock", str(members)]) == 0, (
        capsys.readouterr().err
    )


@pytest.mark.parametrize("days", [-2000, 2000])
def test_a_doubted_clock_dates_no_copy_of_a_file_of_an_earlier_version(tmp_path: Path, days: int) -> None:
    """Else the newest copy would be the first to go, or one would stay for ever."""
    shutil.copytree(STORED / "0.1.0" / "cpg", tmp_path / "cpg")
    wrong = Standing(NEWEST + timedelta(days=days))
    with open_partnership(tmp_path, CHAIR.name, CHAIR.passphrase, wrong) as opened:
        assert opened.session.standing is not None and opened.session.standing.clock_doubt
    copies = [path.name for path in tmp_path.iterdir() if path.name != "cpg"]
    assert len(copies) == 1 and copies[0].startswith("cpg-before-update-2026-11-26-")
