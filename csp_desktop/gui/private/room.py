"""The room check: who stays, who leaves, who signs, how many heads; then the private meeting opens.

Involvement shows here, so it is the lead's screen alone; to sign, people get another one that shows none of it.
"""

from collections.abc import Callable, Collection, Iterable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QWidget

from csp_desktop._built.ui_private_room import Ui_PrivateRoom
from csp_desktop.domain.common.days import clock, clock_seconds, screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.confidentiality import remote_words
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.domain.people.member_fields import MemberField
from csp_desktop.gui.private.context import PrivatePageContext
from csp_desktop.gui.private.door import LEFT, NUMBERED
from csp_desktop.gui.private.signing import JOIN_AGAIN, Signing, SigningWidgets, absent_of, candidates_of
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.candidate_strip import Candidate
from csp_desktop.gui.widgets.check_list import CheckLine
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.field_errors import AskedOnce, FieldErrors
from csp_desktop.gui.widgets.how_here import comes_words, here_words
from csp_desktop.gui.widgets.meeting_bar import BarKind, BarNote, BarState, Figure, progress
from csp_desktop.gui.widgets.name_finder import NameFinder
from csp_desktop.gui.widgets.narrow import one_column
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import BACK, GO_ON, HELP, LARGER, LOCK, SMALLER, UNDO, Action
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.page import Page
from csp_desktop.services.private import register, room
from csp_desktop.services.private.room import Place, RoomCheck, RoomRow
from csp_desktop.services.session import Session

Belongs = Callable[[RoomRow], bool]
GROUPS: tuple[tuple[str, Belongs], ...] = (
    ("Police", lambda row: row.kind is AgencyKind.POLICE and row.place is not Place.LEADS),
    ("Council", lambda row: row.kind is AgencyKind.COUNCIL and row.place is not Place.LEADS),
    ("New Hope leads", lambda row: row.place is Place.LEADS),
    ("Only for people they work with", lambda row: row.place in (Place.INVOLVED, Place.STAYS_BY_DECISION)),
    ("Not in the private register", lambda row: row.place is Place.NOT_KNOWN),
)


def staying_entries(check: RoomCheck) -> list[Entry]:
    """Those who stay, by why; each with how many of the people on the list they may hear."""
    rows: list[Entry] = []
    for heading, belongs in GROUPS:
        mine = [row for row in check.staying if belongs(row)]
        rows += [Entry("", heading, heading=True)] if mine else []
        rows += [_staying(row) for row in mine]
    return rows


def _staying(row: RoomRow) -> Entry:
    hears, tone = f"{row.hears} of {row.of}", Tone.MEDIUM
    if row.hears == row.of:
        hears, tone = f"All {row.of}" if row.of else "Nobody listed", Tone.LOW
    if row.place is Place.NOT_KNOWN:
        hears, tone = "Confirm who this is", Tone.HIGH
    signed = "signed" if row.signed_at else "not signed"
    stands = f"for {row.here_for}" if row.here_for else ""
    signed = ", ".join(filter(None, (stands, remote_words(row.remote), _alone(row), signed)))
    return Entry(
        row.id,
        row.name,
        f"{row.agency}, {signed}",
        person=row.name,
        pill=hears,
        pill_tone=tone,
        dim=not row.present,
    )


def _alone(row: RoomRow) -> str:
    if row.remote is None:
        return ""
    return {True: "alone", False: "not alone", None: "ask if alone: A"}[row.alone]


def leaving_entries(check: RoomCheck) -> list[Entry]:
    """Those who must leave, each with its number; who has gone stays in place, with the time."""
    rows = []
    for number, row in enumerate(check.leaving, 1):
        here = "Still here" if row.remote is None else f"Still on {row.remote.value}"
        gone = f"Left {clock_seconds(row.left_at)}" if row.left_at and not row.present else here
        rows.append(
            Entry(
                row.id,
                row.name,
                row.agency,
                number=str(number) if number <= NUMBERED else "",
                person="" if number <= NUMBERED else row.name,
                pill=gone,
                pill_tone=Tone.HIGH if row.present else Tone.LOW,
                dim=not row.present,
            )
        )
    return rows


def title_of(check: RoomCheck) -> str:
    """'Clear the room: 3 still to leave'"""
    left = len(check.still_to_leave)
    if left:
        return f"Clear the room: {left} still to leave"
    return "The room is cleared" if not check.waits_for else "The room is almost ready"


def check_lines(check: RoomCheck) -> list[CheckLine]:
    """What must be so before the first person."""
    here = check.heads_here
    left, unknown, unsigned = len(check.still_to_leave), check.unknown, len(check.unsigned)
    names = ", ".join(row.name for row in check.still_to_leave[:3]) + (" …" if left > 3 else "")
    heads = check.crossing.heads
    counted = f"People counted: {heads}" if heads is not None else f"Count the people: {here} should be here"
    if heads is not None and not check.heads_agree:
        counted = f"{heads} people counted, {here} listed"
    people = f"{check.people} on the sub-agenda" if check.people else "Nobody is on the sub-agenda"
    signs = f"{unsigned} still to sign" if unsigned else "Everyone who stays has signed"
    known = f"{unknown[0].name} is not in the private register" if unknown else "Everyone who stays is confirmed"
    return [
        CheckLine("agenda", people, check.people > 0, "Sub-agenda"),
        CheckLine("leaving", f"Still to leave: {names}" if left else "Everyone who must leave has left", not left),
        CheckLine("known", known, not unknown, "Who is this?"),
        CheckLine("signed", signs, not unsigned, "Sign"),
        CheckLine("led", "New Hope's lead is here", check.led),
        CheckLine("heads", counted, heads is not None and check.heads_agree, "Count"),
    ]


OPEN_MEETING = Action("open the private meeting; at the signing desk: sign", GO_ON.keys, "_go_on", strip="open")
CHECKING = (
    *(action._replace(do="_goes_by_number", given=number, when="_is_checking") for number, action in enumerate(LEFT)),
    Action("may stay, or must leave", ("M",), "_decide_in_hand", when="_is_checking", strip="may stay"),
    Action("someone who stays leaves", ("L",), "_goes_in_hand", when="_is_checking"),
    Action("on Teams or telephone: is alone in the room", ("A",), "_alone_in_hand", when="_is_remote_in_hand"),
    Action("sign", ("S",), "_to_signing", when="_is_checking", strip="sign"),
    Action("count the people", ("H",), "_to_heads", when="_is_checking", strip="heads"),
)


ONE_SCROLL = 640  # px: in a lower page the clause stands whole, and only the desk scrolls
LETTERS = tuple(action._replace(when="_is_signing") for action in (LARGER, SMALLER))


class PrivateRoomPage(Page):
    """Entered with the private meeting's id; leads to the first person's gate."""

    ACTIONS = (*CHECKING, OPEN_MEETING, *LETTERS, UNDO.short(""), BACK.short(""), LOCK, HELP)

    def __init__(self, context: PrivatePageContext) -> None:
        super().__init__(context)
        self._table = context.table
        self._meeting_id = ""
        self._check: RoomCheck | None = None
        self._ui = Ui_PrivateRoom()
        self._ui.setupUi(self)
        ui = self._ui
        self.join_errors = FieldErrors(
            {
                MemberField.NAME: (ui.join_error, ui.join_edit),
                MemberField.AGENCY: (ui.join_error, ui.join_agency_edit),
            },
            (ui.join_error, None),
        )
        self._sure = AskedOnce(MemberField.NAME, JOIN_AGAIN)
        ui.columns.set_columns(None, ui.work_frame, ui.side_frame)
        ui.columns.set_names(work="the room", side="leading")
        ui.columns.set_widths(Column.SIDE, 384, 376)
        for view in (ui.staying_view, ui.leaving_view):
            view.set_flush(True)
            view.set_wrapping(True)
        for box in (ui.known_box, ui.kind_box):  # a long name must not widen the column beyond the window
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8)
        for kind in AgencyKind:
            ui.kind_box.addItem(kind.value.capitalize(), kind)
        follows: QWidget = ui.join_agency_edit
        for part in (ui.join_how.remote_box, ui.join_how.here_for_box, ui.join_button):
            QWidget.setTabOrder(follows, part)
            follows = part
        ui.open_button.set_height(52)
        ui.open_button.set_key(GO_ON.shown)
        self._sign = SignPart(ui, context.session, self)
        self._connect()

    def _connect(self) -> None:
        ui = self._ui
        ui.leaving_view.chosen.connect(self._goes)
        ui.staying_view.chosen.connect(self._look_at)
        ui.checks_view.fixed.connect(self._fix)
        ui.confirm_button.clicked.connect(self._confirm)
        ui.known_box.currentIndexChanged.connect(lambda _: self._show_kind())
        ui.heads_button.clicked.connect(self._count)
        ui.heads_field.lineEdit().returnPressed.connect(self._count)
        ui.join_button.clicked.connect(self._join)
        ui.join_how.changed.connect(lambda: ui.join_button.setText(comes_words(ui.join_how.remote, "o")))
        ui.join_agency_edit.returnPressed.connect(self._join)
        self._names = NameFinder(ui.join_edit, ui.join_view, self._find, hides=True)
        self._names.taken.connect(self._found)
        ui.open_button.clicked.connect(self._open)
        ui.done_bar.undo_asked.connect(self.undo)
        self._sign.done.connect(self._signed)
        self.follow("attendance", "meeting", "people")

    def entered(self, argument: object = None) -> None:
        """The crossing as it stands."""
        self._meeting_id = argument if isinstance(argument, str) else self._meeting_id
        self._ui.room_stack.setCurrentWidget(self._ui.check_page)
        self._ui.open_error.clear()
        self._ui.join_how.start(absent_of(self._context.session, self._meeting_id) if self._meeting_id else ())
        self.refresh()
        leaving = bool(self._check and self._check.still_to_leave)
        (self._ui.leaving_view if leaving else self._ui.open_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Both lists and what is still to do."""
        if not self._meeting_id:
            return
        ui, check = self._ui, room.check(self._context.session, self._meeting_id)
        self._check = check
        ui.room_title.setText(title_of(check))
        ui.staying_view.set_entries(staying_entries(check))
        ui.leaving_view.set_entries(leaving_entries(check))
        ui.leaving_card.setVisible(bool(check.leaving))
        ui.checks_view.set_lines(check_lines(check))
        ui.open_button.setEnabled(not check.waits_for)
        self._show_unknown(check)
        self._sign.show(check)
        self.bar_changed.emit()

    def _show_unknown(self, check: RoomCheck) -> None:
        ui = self._ui
        ui.unknown_frame.setVisible(bool(check.unknown))
        if not check.unknown:
            return
        who = check.unknown[0]
        words = f"Who is {who.name}, {who.agency}?"
        if ui.unknown_title.text() == words:
            return
        ui.unknown_title.setText(words)
        known = {row.member_id for row in (*check.staying, *check.leaving) if row.present}
        _fill(ui.known_box, self._context, who.name, known)
        ui.kind_box.setCurrentIndex(ui.kind_box.findData(register.kind_of(self._context.session, who.agency)))
        self._show_kind()

    def _show_kind(self) -> None:
        """Only somebody new needs a kind of agency."""
        new = not self._ui.known_box.currentData()
        self._ui.kind_label.setVisible(new)
        self._ui.kind_box.setVisible(new)

    def _confirm(self) -> None:
        check, ui = self._check, self._ui
        if check is None or not check.unknown:
            return
        who, member_id = check.unknown[0], ui.known_box.currentData()

        def do() -> str:
            if member_id:
                register.confirm(self._context.session, who.id, member_id)
            else:
                register.confirm_as_new(self._context.session, who.id, ui.kind_box.currentData())
            return f"{who.name} is confirmed"

        self._do(do)
        if not (self._check and self._check.unknown):  # the question has gone: back to the keys of the lists
            self._to_lists()

    def _to_lists(self) -> None:
        leaving = bool(self._check and self._check.still_to_leave)
        (self._ui.leaving_view if leaving else self._ui.staying_view).setFocus(Qt.FocusReason.OtherFocusReason)

    def _goes(self, row_id: str) -> None:
        """Someone who must leave has left; again: it was a mistake."""
        check = self._check
        row = next((r for r in (*check.leaving, *check.staying) if r.id == row_id), None) if check else None
        if row is None:
            return

        def do() -> str:
            if row.present:
                room.leave(self._context.session, row.id)
                return f"{row.name} left"
            room.come_back(self._context.session, row.id)
            return f"{row.name} {here_words(row.remote)}"

        self._do(do)

    def _look_at(self, row_id: str) -> None:
        """Enter on someone who stays: they sign, or leave after all."""
        check = self._check
        row = next((r for r in check.staying if r.id == row_id), None) if check else None
        if row is not None and row.present and row.signed_at is None:
            self._to_signing(row.id)

    def _is_checking(self) -> bool:
        return self._ui.room_stack.currentWidget() is self._ui.check_page

    def _is_signing(self) -> bool:
        return not self._is_checking()

    def set_large(self, large: bool) -> None:
        """The text to be signed, in larger letters or smaller ones."""
        self._sign.signing.set_large(large)

    def _in_hand(self) -> str:
        ui = self._ui
        return (ui.leaving_view if ui.leaving_view.hasFocus() else ui.staying_view).current_key()

    def _goes_by_number(self, number: int) -> None:
        leaving = self._check.leaving if self._check is not None else ()
        if number < len(leaving):
            self._goes(leaving[number].id)

    def _goes_in_hand(self) -> None:
        self._goes(self._in_hand())

    def _decide_in_hand(self) -> None:
        if self._in_hand():
            self._decide(self._in_hand())

    def _remote_in_hand(self) -> RoomRow | None:
        key, check = self._in_hand(), self._check
        rows = (*check.staying, *check.leaving) if check is not None else ()
        return next((row for row in rows if row.id == key and row.remote is not None), None)

    def _is_remote_in_hand(self) -> bool:
        return self._is_checking() and self._remote_in_hand() is not None

    def _alone_in_hand(self) -> None:
        """Asked and answered; again: not alone after all."""
        row = self._remote_in_hand()
        if row is None:
            return
        alone = row.alone is not True

        def do() -> str:
            room.note_alone(self._context.session, row.id, alone)
            return f"{row.name} is {'' if alone else 'not '}alone"

        self._do(do)

    def _to_heads(self) -> None:
        self._ui.heads_field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _decide(self, row_id: str) -> None:
        check = self._check
        assert check is not None
        leaving = any(row.id == row_id for row in check.leaving)
        name = next(row.name for row in (*check.leaving, *check.staying) if row.id == row_id)

        def do() -> str:
            room.decide(self._context.session, row_id, stays=leaving)
            return f"{name} stays; checked again before each person" if leaving else f"{name} must leave"

        self._do(do)

    def _fix(self, key: str) -> None:
        ui = self._ui
        if key == "agenda":
            self.navigate.emit("private_agenda", self._meeting_id)
        elif key == "signed":
            self._to_signing("")
        elif key == "known":
            ui.known_box.setFocus(Qt.FocusReason.OtherFocusReason)
        elif key == "heads":
            ui.heads_field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_signing(self, row_id: str = "") -> None:
        if self._sign.begin(row_id):
            self._ui.done_bar.dismiss()  # whoever signs sees who signs and the text, and nothing of the lead's
            self._ui.room_stack.setCurrentWidget(self._ui.sign_page)
            self.bar_changed.emit()

    def _signed(self) -> None:
        """Back from the signing screen, or one more has signed there."""
        if not self._sign.is_open:
            self._ui.room_stack.setCurrentWidget(self._ui.check_page)
        self.refresh()
        if self._sign.is_open or self._check is None:
            return
        after = self._ui.staying_view if self._check.unsigned else self._ui.heads_field
        after.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ui.heads_field.selectAll()

    def _count(self) -> None:
        heads = self._ui.heads_field.value()
        self._do(lambda: f"{room.count_heads(self._context.session, self._meeting_id, heads).heads} people counted")
        if self._ui.open_button.isEnabled():
            self._ui.open_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._check is not None and self._check.heads_agree:  # the next number is somebody who goes
            lists = self._ui.leaving_view if self._check.leaving else self._ui.staying_view
            lists.setFocus(Qt.FocusReason.OtherFocusReason)

    def _find(self, text: str) -> list[Candidate]:
        return candidates_of(self._context.session, text)

    def _found(self, member_id: str) -> None:
        """Somebody of the register comes in; somebody else says where they come from."""
        ui = self._ui
        if not member_id:
            ui.join_agency_edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        row = register.member_row(self._context.session, member_id)
        ui.join_edit.setText(row.member.name)
        ui.join_agency_edit.setText(row.agency.name)
        self._join()

    def _join(self) -> None:
        ui, session = self._ui, self._context.session
        try:
            name, agency = ui.join_edit.text(), ui.join_agency_edit.text()
            self._sure.require(register.doubt_about(session, name, agency, self._meeting_id), name)
            row = room.join(
                session, self._meeting_id, name, agency, remote=ui.join_how.remote, here_for_id=ui.join_how.here_for_id
            )
        except Refused as refusal:
            self.join_errors.show(refusal)
            return
        self.join_errors.clear()
        ui.join_edit.clear()
        ui.join_agency_edit.clear()
        what = "signs next" if row.remote is None else "must leave unless you admit them: M"
        ui.join_how.start(absent_of(session, self._meeting_id))
        self._did(f"{row.name} {here_words(row.remote)}, and {what}")

    def _go_on(self) -> None:
        """Ctrl+Enter: at the signing desk the signature, else the opening."""
        if self._sign.is_open:
            self._sign.signing.sign()
        else:
            self._open()

    def _open(self) -> None:
        """The room is ready: who left at the crossing goes back to the group's list, and the first gate shows."""
        table, session = self._table, self._context.session
        try:
            table.sitting(session, self._meeting_id).begin()
        except Refused as refusal:
            self._ui.open_error.set_error(refusal.sentence)
            return
        table.give_back(room.departures(session, self._meeting_id))
        self._context.changes.tell("meeting")
        self.navigate.emit("private_live", self._meeting_id)

    def _do(self, do) -> None:  # type: ignore[no-untyped-def]
        try:
            self._did(do())
        except Refused as refusal:
            self._ui.done_bar.say(refusal.sentence, tone=Tone.HIGH, undo="")

    def _did(self, words: str) -> None:
        self._ui.done_bar.say(words)
        self._ui.open_error.clear()
        self._context.changes.tell("attendance")

    def left(self) -> None:
        """A signature begun is not kept."""
        self._sign.stop()

    def go_back(self) -> None:
        """From the signing desk to the room check, from there back."""
        if self._sign.is_open:
            self._sign.stop()
        else:
            super().go_back()

    def bar_state(self) -> BarState:
        """Plum: how far the room is."""
        check = self._check
        if check is None:
            return BarState(title="Private rough-sleeping meeting", kind=BarKind.PLUM, icon="lock")
        here = sum(row.present for row in (*check.staying, *check.leaving))
        lines = check_lines(check)
        done = sum(line.passed for line in lines)
        ends, now = check.meeting.ends, self._context.session.now()
        return BarState(
            title="Private rough-sleeping meeting",
            subtitle=screen_day(check.meeting.on, self._context.session.today),
            kind=BarKind.PLUM,
            icon="lock",
            headline=title_of(check),
            segments=progress(done, len(lines)),
            notes=(BarNote("Not open yet", amber=True),),
            figures=(
                Figure("users", str(here), "present", amber=bool(check.still_to_leave)),
                Figure("clock", clock(now), f"ends {clock(ends)}"),
            ),
        )

    def strip_actions(self) -> Iterable[Action]:
        """At the signing desk only what people need there."""
        signing = (OPEN_MEETING.short("sign, next person"), BACK.short("back to the room check"), LOCK)
        return self.ACTIONS if self._is_checking() else signing

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Nothing scrolls in the desk where it scrolls itself."""
        super().resizeEvent(event)
        for part in (self._ui.clause.text_scroll, self._ui.signing_scroll):
            part.set_whole(self.height() < current().px(ONE_SCROLL))

    def strip_text(self) -> str:
        """Where it is kept."""
        return "Who stayed, who left and when is kept in the private file."


def _fill(box: QComboBox, context: PageContext, name: str, in_room: Collection[str]) -> None:
    """Those of the register this may be, and somebody new last."""
    box.clear()
    for row in register.candidates(context.session, name, in_room):
        box.addItem(f"{row.member.name}, {row.agency.name}", row.member.id)
    box.addItem("New person: add to the register", "")


class SignPart(QObject):
    """Signing, on a screen that shows nothing else of the check: who signs at the left, the text beside them.

    `done` after every signature and reading, and when the desk is left.
    """

    done = Signal()

    def __init__(self, ui: Ui_PrivateRoom, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._ui, self._session = ui, session
        self._waiting: tuple[RoomRow, ...] = ()
        self.is_open = False
        ui.signers_view.set_flush(False)
        ui.signing_scroll.body.setContentsMargins(0, 0, 0, 0)
        ui.signing_scroll.body.addWidget(ui.signing_inside)
        one_column(ui.sign_page)
        ui.sign_button.set_height(48)
        ui.sign_button.set_key(GO_ON.shown)
        widgets = SigningWidgets(
            ui.signer_title,
            ui.clause,
            ui.read_button,
            ui.shown_button,
            ui.alone_box,
            ui.read_label,
            ui.signature,
            ui.sign_button,
        )
        self.signing = Signing(widgets, page)
        self.signing.read.connect(self.done)
        self.signing.signed.connect(self._signed)
        ui.signers_view.current_moved.connect(self.signing.turn_to)
        ui.check_button.clicked.connect(self.stop)

    def show(self, check: RoomCheck) -> None:
        """Who has still to sign."""
        self._waiting = check.unsigned
        self._ui.signers_view.set_entries(
            [Entry(row.id, row.name, row.agency, person=row.name) for row in self._waiting]
        )
        self.signing.set_waiting(self._session, self._waiting)
        self._ui.signers_view.set_current(self.signing.row_id)

    def begin(self, row_id: str) -> bool:
        """Turn the screen to the people; whether anyone has to sign."""
        if not self._waiting:
            return False
        self.is_open = True
        self._turn_to(row_id or self._waiting[0].id)
        return True

    def stop(self) -> None:
        """Back to the lead's screen."""
        if self.is_open:
            self.is_open = False
            self.signing.clear()
            self.done.emit()

    def _turn_to(self, row_id: str) -> None:
        self.signing.turn_to(row_id)
        self._ui.signers_view.set_current(self.signing.row_id)

    def _signed(self, _: str) -> None:
        self.done.emit()
        if self._waiting:
            self._turn_to(self._waiting[0].id)
        else:
            self.stop()
