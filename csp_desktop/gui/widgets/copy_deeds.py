"""What is done about single copies: given, left out, recalled, told the passphrase of; with what is asked for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.minutes.circulation import CopyState, How, ToldHow
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.approval_panel import may_record
from csp_desktop.gui.widgets.copy_ask import Asked, CopyAsk
from csp_desktop.gui.window.file_dialogs import PDF, Ask
from csp_desktop.saving import save
from csp_desktop.services.minutes import circulation as service
from csp_desktop.services.minutes import copies, copy_passphrases
from csp_desktop.services.minutes.circulation import CopyRow
from csp_desktop.services.people.people import set_copy_form, set_secure_mail
from csp_desktop.services.session import Session

MAIL = "Email draft (*.eml)"
NOTED = "Recorded in the register."
ON_SLIPS = "Print the slips, hand them out, and delete the file."


@dataclass(frozen=True)
class Said:
    """What the message bar says of it. `is_change`: something is other than before."""

    words: str
    more: str = NOTED
    tone: Tone = Tone.LOW
    undo: str = "Undo"
    stay: bool = False
    is_change: bool = True


class CopyDeeds(QObject):
    """`said` with each `Said`; what needs an answer first is asked in the panel."""

    said = Signal(object)

    def __init__(self, session: Session, asking: CopyAsk, ask: Ask, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._asking, self._ask, self._page = session, asking, ask, page

    def may(self) -> bool:
        """Whether this person may do any of it."""
        return may_record(self._session)

    def _do(self, act: Callable[[], object], said: Said) -> None:
        try:
            act()
        except Refused as refusal:
            self._refuse(refusal)
        else:
            self.said.emit(said)

    def _refuse(self, refusal: Refused) -> None:
        self.said.emit(Said(refusal.sentence, "", Tone.MEDIUM, undo="", is_change=False))

    def give(self, meeting_id: str, row: CopyRow) -> None:
        """Confirm that somebody was given theirs."""
        if row.state is not CopyState.GIVEN:
            act = partial(service.note_given, self._session, meeting_id, row.member_id)
            self._do(act, Said(f"Given to {row.person.name}"))

    def give_all(self, meeting_id: str) -> None:
        """The same of all that are written."""
        self._do(partial(service.note_all_given, self._session, meeting_id), Said("Confirmed as given"))

    def leave_out(self, meeting_id: str, row: CopyRow) -> None:
        """No copy, with the reason; or, once left out, a copy after all."""
        session, name, member_id = self._session, row.person.name, row.member_id
        if row.state is CopyState.LEFT_OUT:
            act = partial(service.take_back_leaving_out, session, meeting_id, member_id)
            self._do(act, Said(f"{name} gets a copy after all"))
            return

        def answer(reason: str) -> None:
            service.leave_out(session, meeting_id, member_id, reason)
            self.said.emit(Said(f"No copy for {name}"))

        if self.may():
            words = "The reason is in the register. No copy is saved for them."
            self._asking.ask_reason(Asked.LEAVE_OUT, f"No copy for {name}: why?", words, "No copy", answer)

    def recall(self, meeting_id: str, row: CopyRow) -> None:
        """A copy is asked back, with the reason; once it is, the mail that says so is saved."""
        session, name, member_id = self._session, row.person.name, row.member_id
        if row.state is CopyState.RECALLED:
            self._save_note(meeting_id, row)
            return

        def answer(reason: str) -> None:
            service.recall(session, meeting_id, member_id, reason)
            self.said.emit(Said(f"Recalled from {name}"))

        if self.may() and may_recall(row):
            words = "Ask for it and every file of it to be returned or deleted. What was read cannot be undone."
            title = f"Recall copy {row.copy_number:02} from {name}: why?"
            self._asking.ask_reason(Asked.RECALL, title, words, "Recall", answer)

    def _save_note(self, meeting_id: str, row: CopyRow) -> None:
        path = self._ask.save_file(self._page, "Save the recall email", [MAIL], Path.home() / "recall.eml")
        if path is not None:
            act = partial(self._write_note, meeting_id, row.member_id, path)
            more = f"To {row.person.name}: send it from your email program."
            self._do(act, Said("Recall email saved", more, undo="", stay=True, is_change=False))

    def _write_note(self, meeting_id: str, member_id: str, path: Path) -> None:
        save(path, copies.recall_note(self._session, meeting_id, member_id))

    def tell(self, row: CopyRow) -> None:
        """How somebody is told their passphrase; then the passphrase, once."""
        name, member_id = row.person.name, row.member_id

        def tell(how: ToldHow) -> None:
            if how is ToldHow.SLIP:
                self.slips([member_id])
                return
            words = copy_passphrases.tell_passphrase(self._session, member_id, how)
            self.said.emit(Said(f"Given to {name}", "This cannot be undone.", undo=""))
            self._asking.show_secret(f"The passphrase of {name}", words)

        def renew() -> None:
            copy_passphrases.new_passphrase(self._session, member_id)
            self.said.emit(Said(f"{name} has a new passphrase", "Copies given earlier keep the old one.", undo=""))

        if self.may():
            words = "It opens all their copies. How will you give it to them?"
            self._asking.ask_how(f"Give {name} their passphrase", words, tell, renew if row.told_at else None)

    def slips(self, member_ids: Sequence[str]) -> None:
        """A page for each; they count as told once the file is saved, and not where that fails."""
        if not (member_ids and self.may()):
            return
        path = self._ask.save_file(self._page, "Save the slips", [PDF], Path.home() / "slips.pdf")
        if path is None:
            return
        count = count_of(len(member_ids), "slip", "slips")
        act = partial(self._print, member_ids, path)
        self._do(act, Said(f"{count} saved", ON_SLIPS, undo="", stay=True))
        self._asking.close_ask()

    def _print(self, member_ids: Sequence[str], path: Path) -> None:
        save(path, copy_passphrases.print_slips(self._session, member_ids))
        copy_passphrases.note_slips(self._session, member_ids)

    def turn_secure(self, row: CopyRow) -> None:
        """Their agency has secure mail, or has not."""
        on, agency = row.how is not How.SECURE_MAIL, row.person.agency
        words = f"{agency} has {'secure email' if on else 'no secure email'}"
        more = "Their copies need no passphrase." if on else "Their copies are locked."
        act = partial(set_secure_mail, self._session, row.person.agency_id, is_secure=on)
        self._do(act, Said(words, more))

    def turn_form(self, row: CopyRow) -> None:
        """The next form in which they may need their copies."""
        form = row.needs.following
        more = "Applies to all their copies from now on."
        if form.is_word and row.how is not How.SECURE_MAIL:
            more = f"The {form.as_pdf.value} is used until their email is secure."
        act = partial(set_copy_form, self._session, row.member_id, form)
        self._do(act, Said(f"{row.person.name} needs a {form.value}", more))


def may_recall(row: CopyRow) -> bool:
    """Whether there is something to recall, or to say that it is."""
    return row.record is not None and row.state in (CopyState.GIVEN, CopyState.WRITTEN, CopyState.RECALLED)
