"""Every screen there is, as sittings: a state of a partnership or of none, and what is seen in it.

Not a part of the play: the sample is put into the states wanted by the services. What a person would have to type or
press to see a screen is typed and pressed.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from csp_desktop.bootstrap.partnership import Founder, Partnership, create_partnership
from csp_desktop.bootstrap.partnerships import Partnerships
from csp_desktop.domain.cases.cases import Case, CaseStatus
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, ItemKind
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.minutes.rights import Part, Rights, RightsRow
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.gui.file.bring_in import BringInPage
from csp_desktop.gui.file.first_start import FirstStartPage
from csp_desktop.gui.lock.known_user import KnownUser
from csp_desktop.gui.lock.locked_words import RunningMeeting, running_in_words
from csp_desktop.gui.lock.unlock import UnlockCalls, UnlockPage, UnlockState
from csp_desktop.gui.private.context import give_table
from csp_desktop.gui.private.private_table import PrivateTable
from csp_desktop.gui.settings.settings import SettingsPage
from csp_desktop.gui.style import style
from csp_desktop.gui.style.theme import Theme, Tokens, current, is_private, private
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.gui.window.program import Program
from csp_desktop.gui.window.registry import GROUP, WindowKind
from csp_desktop.rehearsal.hands import Hands
from csp_desktop.resources import shipped
from csp_desktop.sample.clock import ScriptedClock, sample_clock
from csp_desktop.sample.partnership import sample_users
from csp_desktop.saving import save
from csp_desktop.services.file.unlock import wait_after
from csp_desktop.services.file.without_cases import without_cases
from csp_desktop.services.meeting import actions, case_walk, held_on_paper, running_meeting, sign_in
from csp_desktop.services.meeting.agenda import meetings
from csp_desktop.services.minutes import circulation, copies, rights, versions
from csp_desktop.services.minutes.minutes import held_meetings
from csp_desktop.services.people.people import people as people_of
from csp_desktop.services.people.settings import change_settings
from csp_desktop.services.session import Session
from csp_desktop.vault.derivation import Cost

Size = tuple[int, int]
Screen = tuple[str, Callable[[Program], QWidget]]

SECTIONS = tuple(section.key for section in SettingsPage.SECTIONS)
EMPTY = ("home", "prepare", "cases", "people", "actions", "minutes")  # of a partnership just founded
NOT_GIVEN = 5  # copies written and not given yet
WAITING = 4  # who has not signed when someone is at the desk
VISITOR = "Dr Priya Raman"
THEIR_HEADINGS = {
    "SN Reference": "SN Ref No",
    "Date Created": "Dt Created",
    "Theme": "Category",
    "Subject Type": "V/P/L",
    "Risk Score": "Points",
    "Mental Health": "MH",
    "Status": "Stat",
}
MISTAKES = (  # an export as it comes when someone has typed into it
    ("SN-2026-047901", "31/02/2026", "38", "Victim"),
    ("", "06/11/2026", "27", "Victim"),
    ("SN-2026-047903", "12/11/2026", "forty", "Victim"),
    ("SN-2026-047904", "14/11/2026", "21", "Dog"),
)


@dataclass(frozen=True)
class Sitting:
    """What can be seen of one state. Without `session` nobody has unlocked; `base` takes what is made on the way.
    The private window is of a kind of its own."""

    screens: list[Screen]
    base: Path
    session: Session | None = None
    made: list[Partnerships] = field(default_factory=list)
    kind: WindowKind = GROUP
    as_seen: Callable[[Session], Session] = lambda session: session  # by whoever unlocks


def sittings(sample: Partnership, base: Path) -> Iterator[Sitting]:
    """All of them, one after another: each begins where the one before left the sample."""
    yield _nobody(base)
    with _founded(base / "founded") as founded:
        yield Sitting([(f"{stem}-empty", page(stem)) for stem in EMPTY], base, founded.session)
    yield _before(sample, base)
    yield Sitting([("file_home", page("file_home"))], base, sample.session, as_seen=_for_it)
    session = replace(sample.session, roles=frozenset(Role))
    yield _approved(session, base)
    yield _circulated(session, base)
    yield from _on_paper(session, base)
    yield _at_the_desk(session, base)
    yield _in_session(session, base)


def seen(sitting: Sitting, size: Size, tokens: Tokens, text_size: int = 100) -> Iterator[tuple[str, QWidget]]:
    """Every screen of a sitting in a window of this size and look, one after another, at rest."""
    session = sitting.session
    clock: Callable[..., object] = session.now if session is not None else sample_clock
    program = Program(clock, lambda: None, lambda dark, scale: None, sitting.kind)  # type: ignore[arg-type]
    if sitting.kind.private:
        give_table(program, PrivateTable())
        style.apply(_app(), Theme(private(tokens), text_size / 100))  # plum stays plum at every change of the look
    elif is_private(current().tokens):
        style.apply(_app(), Theme(tokens, text_size / 100))
    program.window.resize(*size)
    program.window.show()
    if session is None:
        style.apply(_app(), Theme(tokens, text_size / 100))
    else:
        change_settings(session, theme=tokens.name, text_size=text_size)
        program.begin(sitting.as_seen(session))
    try:
        for name, show in sitting.screens:
            widget = show(program)
            _settle(program)
            yield name, widget
    finally:
        program.window.forget_pages()
        program.window.hide()
        program.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # or every look restyles it again
        for vaults in sitting.made:
            vaults.close()
        sitting.made.clear()


def _for_it(session: Session) -> Session:
    return without_cases(replace(session, roles=frozenset({Role.IT_ADMINISTRATOR})))


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def _settle(program: Program) -> None:
    """Until everything is drawn and nothing is being made any more."""
    QApplication.processEvents()
    while program.tasks.busy():
        moment = QEventLoop()
        QTimer.singleShot(5, moment.quit)  # eyes that never rest would hold up the thread that works
        moment.exec()
    for _ in range(4):
        QApplication.processEvents()


def page(stem: str, argument: object = None) -> Callable[[Program], QWidget]:
    """A page of the window, entered with what it needs to know."""

    def show(program: Program) -> QWidget:
        program.window.show_page(stem, argument)
        program.window.uncover()
        return program.window

    return show


def then(first: Callable[[Program], QWidget], *acts: Callable[[Hands], object]) -> Callable[[Program], QWidget]:
    """A screen that is reached from another by hand."""

    def show(program: Program) -> QWidget:
        first(program)
        hands = Hands(program.window, Path(tempfile.gettempdir()))
        for act in acts:
            _settle(program)
            act(hands)
        return program.window

    return show


def _press(name: str) -> Callable[[Hands], object]:
    return lambda hands: hands.click(name)


def _type(name: str, text: str) -> Callable[[Hands], object]:
    return lambda hands: hands.fill(name, text)


def _keys(*chords: str) -> Callable[[Hands], object]:
    return lambda hands: hands.key(*chords)


# before anyone has unlocked


def _nobody(base: Path) -> Sitting:
    """The first start, and the unlock screen."""
    sitting = Sitting([], base)
    wrong = (_type("Name", "Marcus Bell"), _type("Passphrase", "lantern copper"), _keys("Return"))
    one = _first_start(sitting)
    person = (_type("Your name", "Hannah Price"), _type("Your role", "Community safety manager"))
    two = (*person, _type("Your agency", "Watford Borough Council"), _press("Continue"))
    words = "kettle marble harbour fern"
    three = (*two, _type("Passphrase", words), _type("Repeat the passphrase", words), _press("Create the file"))
    sitting.screens.extend(
        (
            ("first-start-1", one),
            ("first-start-1-mistake", then(one, _press("Continue"))),
            ("first-start-2", then(one, *two, _type("Passphrase", words))),
            ("first-start-3", then(one, *three)),
            ("unlock", _unlock()),
            ("unlock-wrong", then(_unlock(), *wrong)),
            ("unlock-recovery", then(_unlock(), _press("Recover"))),
            ("bring-in", _bring_in),
            ("bring-in-taking-back", then(_bring_in, _press("Take the file back"))),
        )
    )
    return sitting


def _first_start(sitting: Sitting) -> Callable[[Program], QWidget]:
    def show(program: Program) -> QWidget:
        vaults = Partnerships(sample_clock, Cost.quick())
        sitting.made.append(vaults)
        folder = sitting.base / f"first-start-{len(list(sitting.base.iterdir()))}" / "Community Safety Partnership"
        folder.parent.mkdir(parents=True)
        program.window.cover(FirstStartPage(vaults, program.tasks, Ask(), folder))
        return program.window

    return show


def _unlock(meeting: RunningMeeting | None = None) -> Callable[[Program], QWidget]:
    def refuse(name: str, typed: str) -> object:
        raise Refused("This name and passphrase do not open the partnership. Try again.")

    def show(program: Program) -> QWidget:
        known = tuple(KnownUser(u["name"], u["role"], "", u["passphrase"]) for u in sample_users())
        state = UnlockState(user=known[1] if meeting else None, users=() if meeting else known, meeting=meeting)
        calls = UnlockCalls(refuse, lambda: sample_clock().astimezone(), wait_after, lambda *typed: None)
        program.window.cover(UnlockPage(state, calls, program.tasks))
        return program.window

    return show


def _bring_in(program: Program) -> QWidget:
    """Nothing is open, and something came on a stick."""
    bundle_import, folder = Partnerships(sample_clock).bundle_import, Path("Documents") / "Community Safety Partnership"
    page = BringInPage(bundle_import, program.tasks, Ask(), folder, "Hannah Price")
    page.choose(Path("cspd-backup-2026-11-26-1612.cspbackup"))
    program.window.cover(page)
    return program.window


def _founded(folder: Path) -> closing[Partnership]:
    """A partnership an hour old: its first person and nothing else."""
    council = "Watford Borough Council"
    founder = Founder("Hannah Price", council, AgencyKind.COUNCIL, "Chair", "kettle marble harbour fern", tuple(Role))
    clock = ScriptedClock(sample_clock())
    return closing(create_partnership(folder, [founder], Cost.quick(), clock, with_recovery=False)[0])


# the sample


def _before(partnership: Partnership, base: Path) -> Sitting:
    """What is seen before the meeting."""
    session = partnership.session
    with session.work.reading() as records:
        case = records.find(CaseTurn, meeting_id=meetings(session)[-1].id)[0].case_id
    arguments = {
        "prepare": meetings(session)[-1].id,
        "case": case,
        "risk_assessment": case,
        "management_plan": case,
        "minutes": meetings(session)[0].id,
    }
    screens: list[Screen] = [
        (stem, page(stem, arguments.get(stem))) for stem in (info.stem for info in GROUP.pages if info.pictured)
    ]
    good, bad, theirs = _exports(base)
    screens += [
        ("import_cases-columns", page("import_cases", theirs)),
        ("import_cases-file", page("import_cases", good)),
        ("import_cases-mistakes", page("import_cases", bad)),
        ("import_actions-file", page("import_actions", _last_minutes(base))),
    ]
    screens += [
        ("issues-fields", then(page("issues"), _keys("Return"))),
        ("issues-action", then(page("issues"), _keys("A"))),
    ]
    screens += [(f"settings-{section}", page("settings", section)) for section in SECTIONS]
    screens.append(("minutes-correct", then(page("minutes", arguments["minutes"]), _keys("Down", "F2"))))
    chair = replace(session, roles=session.roles | {Role.CHAIR})  # who lets people in sees more of the users' page
    screens += [
        ("users-let-in", then(page("users"), _press("Add a user"))),
        ("users-taking-out", then(page("users"), _keys("Up", "Return"), _press("Remove access"))),
        ("users-recovery-key", then(page("users"), _press("Make one"))),
        ("new-passphrase", page("new_passphrase", ("home", None))),
    ]
    return Sitting(screens, base, chair)


def _approved(session: Session, base: Path) -> Sitting:
    """The last minutes are approved; nothing is written of them yet."""
    meeting = held_meetings(session)[0]
    versions.check(session, meeting.id)
    versions.approve(session, meeting.id)
    here = page("circulate_minutes")
    screens: list[Screen] = [
        ("circulate_minutes-approved", then(here, _keys("Down"))),
        ("circulate_minutes-rights", then(here, _keys("L"))),
        ("circulate_minutes-telling", then(here, _keys("Down", "T"))),
        ("circulate_minutes-no-copy", then(here, _keys("Down", "X"))),
    ]
    return Sitting(screens, base, session)


def _circulated(session: Session, base: Path) -> Sitting:
    """The copies of the last minutes are written: most are given, one is recalled, and another table of rights waits
    for the chair."""
    meeting = held_meetings(session)[0]
    folder = base / "Copies of the minutes"
    folder.mkdir()
    rows = circulation.circulation_list(session, meeting.id).rows
    circulation.leave_out(session, meeting.id, rows[-1].member_id, "Away until January, asked for none")
    copies.write_copies(session, meeting.id, folder)
    for row in rows[:-NOT_GIVEN]:
        circulation.note_given(session, meeting.id, row.member_id)
    circulation.recall(session, meeting.id, rows[0].member_id, "Sent to an address that is not theirs any more")
    in_force = rights.rights_table(session).current
    assert in_force is not None, "the sample has one"
    rights.propose_rights(session, (RightsRow(Rights.ACTIONS_ONLY, part=Part.OCCASIONAL), *in_force.rights))
    given, here = rows[1].person.name.split()[-1].lower(), page("circulate_minutes")
    screens: list[Screen] = [
        ("circulate_minutes-given", then(here, _keys("/"), _type("Find a person", given), _keys("Return"))),
        ("circulate_minutes-recalled", then(here, _keys("Down"))),
        ("circulate_minutes-register", then(here, _keys("H"))),
        ("circulate_minutes-proposed", then(here, _keys("L"))),
    ]
    return Sitting(screens, base, session)


def _exports(base: Path) -> tuple[Path, Path, Path]:
    """The export of the day before the meeting, the same with a few rows spoilt, and under headings of another sender,
    one of which nobody can be sure of."""
    good, bad = base / "cases-2026-11-25.csv", base / "cases-2026-11-25-edited.csv"
    content = shipped("sample", good.name).read_bytes()
    save(good, content)
    spoilt = (
        f"{reference},{day},Acquisitive crime,{subject},KH,200 Vicarage Road,Woodside,Change Grow Live,Ewa Lukasik,"
        f"{score},Medium,20/11/2026,N,N,Open,Vicarage Road: bicycles taken from the yard\r\n"
        for reference, day, score, subject in MISTAKES
    )
    save(bad, content.rstrip() + b"\r\n" + "".join(spoilt).encode())
    heads, _, rows = content.decode("utf-8-sig").partition("\n")
    theirs = base / "SN_extract_2026-11-25.csv"
    for ours, other in THEIR_HEADINGS.items():
        heads = heads.replace(ours, other)
    save(theirs, f"Extract of Safety Net\n{heads}\n{rows}".encode())
    return good, bad, theirs


def _last_minutes(base: Path) -> Path:
    """Minutes of a month before the program was in use, as a Word document: an action somebody has to be said of, one
    whose day is none, and one that is done."""
    from docx import Document

    document = Document()
    document.add_paragraph("Community Protection Group: minutes of the meeting of 24 September 2026")
    rows = (
        ("Who", "Action", "By when", "Status"),
        ("Ewa Łukasik", "Offer the detox place again", "12/11/2026", "Open"),
        ("Leo Park", "Bring the food parcels to the hostel", "03/12/2026", ""),
        ("Ravi Nair", "Walk the towpath with the police", "soon", ""),
        ("Ravi Nair", "Report on the winter beds", "29/10/2026", "Done"),
    )
    table = document.add_table(0, len(rows[0]))
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    made = base / "minutes-2026-09.docx"
    content = BytesIO()
    document.save(content)
    save(made, content.getvalue())
    return made


def _on_paper(session: Session, base: Path) -> Iterator[Sitting]:
    """The sign-in of a meeting that was held on paper; afterwards it is to be held here after all."""
    meeting = meetings(session)[-1]
    paper = held_on_paper.begin(session, meeting.id)
    yield Sitting([("sign_in-on-paper", page("sign_in", meeting.id))], base, session)
    with session.work.step("the meeting is held here", undoable=False) as records:
        records.remove(paper)
        records.save(meeting)


def _at_the_desk(session: Session, base: Path) -> Sitting:
    """The sign-in when most have signed: a person, a visitor who hears the clause, someone on no list."""
    meeting = meetings(session)[-1]
    sign_in.open_sign_in(session, meeting.id)
    with session.work.reading() as records:
        people = sorted(records.find(Attendance, meeting_id=meeting.id), key=lambda row: row.name)
    for row in people[:-WAITING]:
        _sign(session, row)
    desk = page("sign_in", meeting.id)
    member = next(row.name for row in people[-WAITING:] if sign_in.signer(session, meeting.id, row.member_id).may_sign)
    visitor = (_type("Find your name", VISITOR), _keys("Return"))
    guest = next(row.member.id for row in people_of(session) if row.member.name == VISITOR)

    def unread(program: Program) -> QWidget:
        if sign_in.signer(session, meeting.id, guest).read_at is not None:
            sign_in.take_back_reading(session, meeting.id, guest)
        return desk(program)

    screens: list[Screen] = [
        ("sign_in-idle", desk),
        ("sign_in-found", then(desk, _type("Find your name", "ha"))),
        ("sign_in-member", then(desk, _type("Find your name", member), _keys("Return"))),
        ("sign_in-visitor", then(unread, *visitor)),
        ("sign_in-visitor-read", then(unread, *visitor, _press("I have read it out"))),
        ("sign_in-newcomer", then(desk, _type("Find your name", "sam porter"), _keys("Return"))),
        ("sign_in-apologies", then(desk, _keys("F4"), _press("Apologies"))),
    ]
    return Sitting(screens, base, session)


def _sign(session: Session, row: Attendance) -> None:
    if sign_in.signer(session, row.meeting_id, row.member_id).hears:
        sign_in.read_out(session, row.meeting_id, [row.member_id], "Hannah Price, chair")
    sign_in.sign(session, row.meeting_id, row.member_id, typed_name=row.name)


def _in_session(session: Session, base: Path) -> Sitting:
    """What is seen in the meeting: an item, a case in hand, the read-back, and the room's screen."""
    meeting = meetings(session)[-1]
    with session.work.reading() as records:
        waiting = [row for row in records.find(Attendance, meeting_id=meeting.id) if row.signed_at is None]
    late = next(row for row in waiting if row.arrived_at is None)
    for row in waiting:
        if row is not late:
            _sign(session, row)
    running_meeting.start(session, meeting.id)
    with session.work.reading() as records:
        turn, referred = (records.find(CaseTurn, meeting_id=meeting.id)[n] for n in (1, 4))
    _decide(session, meeting.id, turn)
    locked = running_in_words(session)

    def at_case(program: Program) -> QWidget:
        case_walk.open_turn(session, turn.id)
        return page("live", meeting.id)(program)

    def at_refer(program: Program) -> QWidget:
        case_walk.open_turn(session, referred.id)
        case_walk.choose_outcome(session, referred.id, Outcome.REFER)
        return page("live", meeting.id)(program)

    early = _monitored(session, meeting.id)

    def at_early(program: Program) -> QWidget:
        case_walk.open_turn(session, early.id)
        case_walk.choose_outcome(session, early.id, Outcome.CLOSE)
        return page("live", meeting.id)(program)

    screens: list[Screen] = [
        ("sign_in", page("sign_in", meeting.id)),
        ("live-item", _at_item(session, meeting.id, ItemKind.MATTERS_ARISING)),
    ]
    screens += [("live-last-minutes", _at_item(session, meeting.id, ItemKind.LAST_MINUTES))]
    screens += [("live-issues", then(_at_item(session, meeting.id, ItemKind.EMERGING), _keys("Ctrl+T")))]
    screens += [("live-closed-early", then(at_early, _keys("Ctrl+Return")))]
    screens += [("live-refer", at_refer), ("live-last-time", then(at_case, _keys("Ctrl+T")))]
    screens += [("live-case-walk", at_case), ("live-read-back", then(at_case, _keys("Ctrl+Return")))]
    screens += [(f"{stem}-in-session", page(stem, meeting.id)) for stem in ("home", "actions", "closing")]
    screens += [("actions-power", then(page("actions", meeting.id), _keys("P")))]
    screens += [("room-screen", _room(session, meeting.id)), ("unlock-in-session", _unlock(locked))]
    return Sitting(screens, base, session)


def _at_item(session: Session, meeting_id: str, kind: ItemKind) -> Callable[[Program], QWidget]:
    """The meeting turned to an item of this kind."""

    def show(program: Program) -> QWidget:
        with session.work.reading() as records:
            item = next(i for i in records.find(AgendaItem, meeting_id=meeting_id) if i.kind is kind)
        running_meeting.go_to_item(session, item.id)
        return page("live", meeting_id)(program)

    return show


def _monitored(session: Session, meeting_id: str) -> CaseTurn:
    """The turn of a case whose month of monitoring is not over."""
    with session.work.reading() as records:
        watched = [c.id for c in records.find(Case, status=CaseStatus.MONITORING) if c.monitoring_since]
        return records.find(CaseTurn, meeting_id=meeting_id, case_id=watched)[0]


def _decide(session: Session, meeting_id: str, turn: CaseTurn) -> None:
    case_walk.open_turn(session, turn.id)
    case_walk.keep_typing(session, turn.id, "Neighbour heard the same threats again. Risk is not coming down.")
    case_walk.end_note(session, turn.id)
    for line in ("lr serve the warning fri week", "as noise recorder for four more weeks 4 dec"):
        said = actions.read_line(session, meeting_id, line)
        actions.agree_action(session, meeting_id, said, case_id=turn.case_id)
    case_walk.choose_outcome(session, turn.id, Outcome.CONTINUE)
    case_walk.say(session, turn.id, refer_to="Adult safeguarding", intervention_planned=False)


def _room(session: Session, meeting_id: str) -> Callable[[Program], QWidget]:
    from csp_desktop.gui.widgets.room_view import RoomView
    from csp_desktop.services.meeting.room_screen import room_row

    def show(program: Program) -> QWidget:
        view = RoomView()
        view.resize(program.window.size())
        view.show_row(room_row(session, running_meeting.meeting_state(session, meeting_id), session.now()))
        return view

    return show
