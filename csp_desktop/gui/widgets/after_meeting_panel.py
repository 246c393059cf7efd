"""What leaves right after a meeting: each officer's and agency's actions, saved to a folder and noted as sent, and the
sheet that everybody signed.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.days import day_and_time
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.text import count_of
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.buttons import PrimaryButton, SecondaryButton
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.labels import SignLine, text_label
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.progress_panel import ProgressPanel
from csp_desktop.gui.window.actions import GO_ON
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.saving import save
from csp_desktop.services.minutes import after_meeting as service
from csp_desktop.services.minutes.after_meeting import ActionLists, File, ListRow
from csp_desktop.services.session import Session

Files = Callable[[Session, str, Progress], Iterator[File]]
NOT_SENT = "Action lists not sent yet"


def due_words(found: ActionLists, session: Session) -> tuple[str, str]:
    """Whether the lists were sent, or by when they are due, and the style's role of these words."""
    if found.sent is not None:
        at = found.sent.at
        return (
            f"Action lists sent {day_and_time(at, session.today)}, recorded by {found.sent.by}",
            "low",
        )
    if found.due is None or not found.rows:
        return ("" if found.rows else "No action has an officer"), "caption"
    by = f"{day_and_time(found.due, session.today)}"
    late = found.is_late(session.now())
    return (f"{NOT_SENT}, were due by {by}", "high") if late else (f"{NOT_SENT}, due by {by}", "medium")


NOT_THERE = "was not at the meeting"


class AfterMeetingPanel(QFrame):
    """`said` when something was done, with more words and whether it can be undone."""

    said = Signal(str, str, bool)

    def __init__(self, session: Session, tasks: Tasks, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._tasks, self._ask = session, tasks, ask
        self._meeting_id, self._saved = "", set[str]()
        self._found: ActionLists | None = None
        self.due_label, self.left_sign = text_label("", "medium"), SignLine()
        self.rows = EntryList()
        self.rows.setObjectName("lists_view")
        self.rows.setAccessibleName("Who receives their own action list")
        self.rows.set_flush(True)
        self.rows.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # it scrolls by itself
        self.rows.setMinimumHeight(current().px(130))
        self.error, self.progress = FieldError(), ProgressPanel()
        self.error.setObjectName("lists_error")
        self.next_button = PrimaryButton(key=GO_ON.shown, height=44)
        self.other_button = SecondaryButton(height=34)
        self.sheet_button = SecondaryButton(text="Save si&gn-in sheet", height=34)
        for name in ("next", "other", "sheet"):
            getattr(self, f"{name}_button").setObjectName(f"lists_{name}_button")
        words = "Each list holds the actions of one officer or agency only. Saved files are not encrypted."
        self.words = text_label(words, "caption")
        buttons = hbox(self.other_button, self.sheet_button, None)
        parts = (self.due_label, (self.rows, 1), self.left_sign, self.words, self.error, self.progress)
        self.setLayout(vbox(*parts, self.next_button, buttons))
        self.setFocusProxy(self.rows)
        self.next_button.clicked.connect(self.press)
        self.other_button.clicked.connect(self._press_other)
        self.sheet_button.clicked.connect(self.save_sheet)
        self.progress.busy.connect(lambda _busy: self._show_buttons())
        self.progress.cancelled.connect(lambda: self.error.set_error("Stopped. The files saved so far are complete."))

    @property
    def fields(self) -> tuple[QWidget, ...]:
        """What Tab comes to, in order."""
        return self.rows, self.next_button, self.other_button, self.sheet_button

    def show_meeting(self, meeting_id: str, found: ActionLists | None) -> None:
        """The lists after this meeting; None where there are none to show."""
        if meeting_id != self._meeting_id:
            self.error.clear()
        self._meeting_id, self._found = meeting_id, found
        words, role = due_words(found, self._session) if found else ("", "caption")
        self.due_label.setText(words)
        set_role(self.due_label, role)
        self.rows.set_entries(_entries(found) if found else [])
        if found and found.rows and not self.rows.current_key():
            self.rows.set_current("1")
        self.left_sign.set_words(_left_words(found) if found else "")
        self._show_buttons()

    def _notes(self) -> bool:
        """Whether the next step is to note them as sent: they were saved here, and nobody noted it yet."""
        return self._meeting_id in self._saved and self._found is not None and self._found.sent is None

    def _show_buttons(self) -> None:
        idle = not self.progress.is_running() and self._may()
        some = bool(self._found and self._found.rows)
        words = ("Save action &lists", "Record as se&nt")
        self.next_button.setText(words[self._notes()])
        self.other_button.setText(words[not self._notes()])
        self.next_button.setEnabled(idle and some)
        self.other_button.setEnabled(idle and some)
        self.sheet_button.setEnabled(idle and bool(self._meeting_id))

    def _may(self) -> bool:
        try:
            self._session.require_recorder()
        except Refused:
            return False
        return True

    def next_words(self) -> str:
        """What Ctrl+Enter does, for the strip."""
        return "record as sent" if self._notes() else "save lists"

    def press(self) -> None:
        """The next step: save the lists; once saved, note that they were sent."""
        if self.next_button.isEnabled():
            (self.note_sent if self._notes() else self.save_lists)()

    def _press_other(self) -> None:
        (self.save_lists if self._notes() else self.note_sent)()

    def save_lists(self) -> None:
        """Into a folder that is asked for."""
        folder = self._ask.open_folder(self, "Folder for the action lists", Path.home())
        if folder is not None:
            self._write(service.list_files, folder, self._lists_saved)

    def save_sheet(self) -> None:
        """The same with the sign-in sheet."""
        folder = self._ask.open_folder(self, "Folder for the sign-in sheet", Path.home())
        if folder is not None:
            self._write(service.sheet_files, folder, lambda names: self.said.emit("Saved", ", ".join(names), False))

    def _write(self, files: Files, folder: Path, done: Callable[[list[str]], None]) -> None:
        session, meeting_id = self._session, self._meeting_id

        def work(progress: Progress) -> list[str]:
            names = []
            for name, content in files(session, meeting_id, progress):
                save(folder / name, content)
                names.append(name)
            return names

        self.error.clear()
        self.progress.run(self._tasks, work, done, self._refuse, words="Printing")

    def _lists_saved(self, names: list[str]) -> None:
        self._saved.add(self._meeting_id)
        self._show_buttons()
        drafts = sum(name.endswith(".eml") for name in names)
        more = f"{count_of(drafts, 'email draft', 'email drafts')} among them. Send them, then record it here."
        self.said.emit(f"{count_of(len(names), 'file', 'files')} saved", more, False)
        self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def note_sent(self) -> None:
        """A person sent them."""
        self.error.clear()
        try:
            sent = service.note_lists_sent(self._session, self._meeting_id)
        except Refused as refusal:
            self._refuse(refusal)
            return
        self.said.emit(
            "Action lists recorded as sent", f"To {count_of(len(sent.to), 'recipient', 'recipients')}.", True
        )

    def _refuse(self, refusal: Refused) -> None:
        self.error.set_error(refusal.sentence)


def _entries(found: ActionLists) -> list[Entry]:
    """Officers, then agencies, each group with its count."""
    officers, agencies = [r for r in found.rows if r.officer], [r for r in found.rows if not r.officer]
    entries = []
    for title, rows in (("Officers", officers), ("Agencies", agencies)):
        if rows:
            entries += [Entry("", title, caption=str(len(rows)), heading=True), *map(_entry, rows)]
    return entries


def _entry(row: ListRow) -> Entry:
    count = count_of(row.actions, "action", "actions")
    return Entry(
        str(row.number),
        row.officer or row.agency,
        ", ".join(
            filter(None, (count, *row.withheld, row.agency if row.officer else "", NOT_THERE if row.absent else ""))
        ),
        person=row.officer,
        group=row.agency,
        icon="" if row.officer else "users",
        pill="no email" if row.needs_mail else "",
        pill_tone=Tone.MEDIUM,
    )


def _left_words(found: ActionLists) -> str:
    """Who cannot be mailed to, what is told in person alone, and what stands on no list."""
    unreached = [row.officer for row in found.rows if row.needs_mail]
    words = (
        f"No email address: {', '.join(unreached)}. Add it under People, or hand over the list." if unreached else ""
    )
    withheld: dict[str, list[str]] = {}
    for row in found.rows:
        for why in row.withheld:
            withheld.setdefault(why.rstrip("."), []).append(row.officer or row.agency)
    told = [f"{why} ({', '.join(whose)})." for why, whose in withheld.items()]
    return " ".join(filter(None, (*told, words, service.left_over(found))))
