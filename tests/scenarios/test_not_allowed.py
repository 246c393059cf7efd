"""What a role does not allow, asked for in the real window: a sentence in place, no bug, nothing changed."""

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from csp_desktop.bootstrap.partnership import open_partnership
from csp_desktop.domain.common.errors import NotAllowed
from csp_desktop.gui.widgets.message_bar import InlineBar
from csp_desktop.gui.window.application import make_application
from csp_desktop.gui.window.bug_report import install_excepthook
from csp_desktop.gui.window.program import Program
from csp_desktop.sample.clock import ScriptedClock, sample_clock
from csp_desktop.sample.partnership import sample_users
from csp_desktop.services.meeting import agenda


def test_the_new_hope_lead_reads_along_and_is_told_why_nothing_moves(
    qtbot: QtBot, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_application(["test"])
    user = next(u for u in sample_users() if u["role"] == "new-hope-lead")
    bugs: list[str] = []
    for name in ("excepthook", "unraisablehook"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    with open_partnership(sample, user["name"], user["passphrase"], ScriptedClock(sample_clock())) as opened:
        program = Program(sample_clock, lambda: None, lambda dark, scale: None)
        qtbot.addWidget(program.window)
        install_excepthook(bugs.append, bugs.append, program.tell_of_refusal)
        program.begin(opened.session)
        program.window.show()
        program.window.show_page("people")
        page = program.window.page()
        assert page is not None
        meeting = agenda.next_meeting(opened.session)
        assert meeting is not None
        with pytest.raises(NotAllowed) as refused:
            agenda.refresh_walk(opened.session, meeting.id)
        sys.excepthook(refused.type, refused.value, None)
        said = [bar.text() for bar in page.findChildren(InlineBar) if bar.isVisible()]
        assert said and said[0].startswith("Only the chair or the minute-taker can do this.")
        assert bugs == []
        program.close()
