"""What a meeting leaves besides its minutes: within 24 hours each officer and each agency get a list of their own
actions, nobody else's; and the sheet that everybody signed can be printed at any time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from csp_desktop.domain.common.aliases import Progress, unheard
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.mail import Attachment, MailKind, Sender, file_name, papers_mail
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.confidentiality import Attendance, remote_words
from csp_desktop.domain.meeting.held_on_paper import SIGNED
from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.domain.meeting.sign_in_sheet import SignedLine, SignInSheet
from csp_desktop.domain.meeting.signatures import NO_LONGER_HELD, TYPED
from csp_desktop.domain.minutes.action_list import SEND_WITHIN, ActionList, ActionListsSent
from csp_desktop.domain.minutes.protection import IN_PERSON, Marks, Protection, protection_of, sent
from csp_desktop.domain.minutes.record import ActionLine, AttendeeLine, ClauseLine, Minutes
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member
from csp_desktop.services.minutes.letters import of_action_list, require_letters
from csp_desktop.services.minutes.record import frozen_facts
from csp_desktop.services.minutes.versions import copy_of_version
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

SENDING = "action lists recorded as sent"
File = tuple[str, bytes]  # its name, which tells nothing of anybody, and what is in it


@dataclass(frozen=True)
class ListRow:
    """One list: whose, how many actions, and where it can be mailed to. Without an officer it is an agency's. Somebody
    who was not at the meeting (`absent`) hears of their actions by it."""

    number: int
    officer: str
    agency: str
    actions: int
    mail: str = ""
    absent: bool = False

    @property
    def whose(self) -> str:
        """'Ravi Nair, New Hope', or the agency."""
        return ", ".join(filter(None, (self.officer, self.agency)))

    @property
    def needs_mail(self) -> bool:
        """An officer nobody can write to: their list is given in another way."""
        return bool(self.officer) and not self.mail


@dataclass(frozen=True)
class ActionLists:
    """All lists after one meeting, officers first. `due` is None for a meeting that an earlier version of the program
    closed; `without_officer` counts actions that stand on no officer's list."""

    rows: tuple[ListRow, ...]
    without_officer: int
    due: datetime | None
    sent: ActionListsSent | None  # the last time

    def is_late(self, now: datetime) -> bool:
        """Whether they should have been sent by now, and were not."""
        return self.sent is None and self.due is not None and now > self.due


def action_lists(session: Session, meeting_id: str) -> ActionLists:
    """Who gets a list of their own actions after a closed meeting, and whether it was sent. Raises Refused for a
    meeting that is not closed."""
    minutes = copy_of_version(session, meeting_id, 0)
    rows, every = _rows(session, minutes), session.subject.record.actions(minutes)
    with session.work.reading() as records:
        due, sent = _due(records, meeting_id), _sent(records, meeting_id)
    return ActionLists(rows, unowned(every), due, sent)


def _rows(session: Session, minutes: Any) -> tuple[ListRow, ...]:
    every = session.subject.record.actions(minutes)
    with session.work.reading() as records:
        mails = {m.id: m.mail for m in records.find(Member)}
        rows = records.find(Attendance, meeting_id=minutes.meeting_id)
        here = {row.member_id for row in rows if row.arrived_at or row.signed_at}
    ids = {(one.name, one.agency): one.member_id for a in every.actions for one in a.owners}
    lists = [*every.owners(), *(("", agency) for agency in every.agencies())]
    found = []
    for number, (officer, agency) in enumerate(lists, 1):
        count, member_id = len(every.of(officer, agency).actions), ids.get((officer, agency), "")
        absent = bool(officer) and member_id not in here
        found.append(ListRow(number, officer, agency, count, mails.get(member_id, ""), absent))
    return tuple(found)


def unowned(every: ActionList) -> int:
    """How many actions stand on no officer's list."""
    return sum(not action.officer for action in every.actions)


def _due(records: Records, meeting_id: str) -> datetime | None:
    """24 hours after the closing; nothing is asked for of meetings closed before the program kept this."""
    closed, frozen = records.get(Meeting, meeting_id).closed_at, frozen_facts(records, meeting_id)
    return closed + SEND_WITHIN if closed is not None and frozen is not None and not frozen.later else None


def _sent(records: Records, meeting_id: str) -> ActionListsSent | None:
    return max(records.find(ActionListsSent, meeting_id=meeting_id), key=lambda one: one.at, default=None)


def lists_due(records: Records, meeting: Meeting) -> datetime | None:
    """By when the lists of a closed meeting are to be sent; None where they were, or where there is none to send."""
    if _sent(records, meeting.id) is not None or not any(
        action.officer_id for action in records.find(Action, meeting_id=meeting.id)
    ):
        return None
    return _due(records, meeting.id)


def lists_of(
    session: Session, meeting_id: str, *, allow_missing: bool = False
) -> tuple[tuple[ListRow, ActionList], ...]:
    """Each list as it is printed: a numbered copy that names who it is for. Raises Refused where some characters of
    them cannot be printed and that is not allowed, and for a meeting that is not closed."""
    minutes = copy_of_version(session, meeting_id, 0)
    with session.work.reading() as records:
        police = {one.name for one in records.find(Agency) if one.kind is AgencyKind.POLICE}
    lists = tuple((row, _list(session, minutes, row, row.agency in police)) for row in _rows(session, minutes))
    require_letters(session, [of_action_list(one) for _, one in lists], allow_missing=allow_missing)
    return lists


def _list(session: Session, minutes: Any, row: ListRow, is_police: bool) -> ActionList:
    """What is marked is in no list of somebody who may not read it in their copy of the minutes."""
    copy = replace(minutes, copy_number=row.number, recipient=row.whose)
    listed: ActionList = session.subject.record.actions(copy).of(row.officer, row.agency)
    may = frozenset({Protection.POLICE} if is_police else ())
    return replace(listed, actions=tuple(_as_sent(one, may) for one in listed.actions))


def _as_sent(line: ActionLine, may: Marks) -> ActionLine:
    about = line.about if protection_of(line.about) in (None, *may) else ""
    said = sent(f"{line.what} {line.power}", may)
    return replace(line, about=about) if said != IN_PERSON else replace(line, what=said, power="", about=about)


def list_files(
    session: Session, meeting_id: str, progress: Progress = unheard, *, allow_missing: bool = False
) -> Iterator[File]:
    """Every list as PDF and as a workbook, and for each officer with a mail address a draft with both. `progress` hears
    of each list and may raise to stop before it. Raises Refused as `lists_of` does, and where there is none; and
    RuntimeError in a session without the printers."""
    session.require_recorder()
    printed, book = session.papers.print_action_list, session.papers.action_list_workbook
    draft = session.papers.mail_draft
    if printed is None or book is None or draft is None:
        raise RuntimeError("a session without printers of action lists")
    lists = lists_of(session, meeting_id, allow_missing=allow_missing)
    if not lists:
        raise Refused("No action of this meeting has an officer or an agency, so there is no list to save.")
    for row, one in lists:
        progress(row.number - 1, len(lists), f"List {row.number} of {len(lists)}")
        made = [
            Attachment(file_name(MailKind.ACTIONS, one.on, row.number, ending), make(one))
            for ending, make in (("pdf", printed), ("xlsx", book))
        ]
        yield from ((file.name, file.content) for file in made)
        if row.mail:
            sender = Sender(session.user_name, one.partnership)
            mail = papers_mail(MailKind.ACTIONS, (row.officer, row.mail), one.on, sender, session.now(), tuple(made))
            yield file_name(MailKind.ACTIONS, one.on, row.number, "eml"), draft(mail)


def note_lists_sent(session: Session, meeting_id: str) -> ActionListsSent:
    """A person sent them. Raises Refused where there is no list."""
    session.require_recorder()
    rows = action_lists(session, meeting_id).rows
    if not rows:
        raise Refused("There are no action lists of this meeting to send.")
    with session.work.step(SENDING) as records:
        made = ActionListsSent(new_id(), meeting_id, session.now(), session.user_name, tuple(row.whose for row in rows))
        records.save(made)
    return made


def sign_in_sheets(session: Session, meeting_id: str) -> tuple[SignInSheet, ...]:
    """The sheet of a closed meeting for each text that was signed, with everybody's signature; who was there and signed
    none stands on the first, to be signed by hand. Raises Refused for a meeting that is not closed, and where nothing
    was signed."""
    minutes: Minutes = copy_of_version(session, meeting_id, 0)
    texts = {(one.kind, one.version): one for one in minutes.clauses}
    if not texts:
        raise Refused("Nobody signed a confidentiality document at this meeting, so there is no sign-in sheet.")
    signed = {key: [one for one in minutes.attendees if (one.clause, one.clause_version) == key] for key in texts}
    unsigned = [one for one in minutes.attendees if (one.clause, one.clause_version) not in texts]
    return tuple(
        _sheet(minutes, text, [*signed[key], *(unsigned if first else ())])
        for key, text, first in ((key, text, not at) for at, (key, text) in enumerate(texts.items()))
    )


_INSTEAD = {SIGNED: f"signed {SIGNED}", NO_LONGER_HELD: NO_LONGER_HELD}


def _sheet(minutes: Minutes, text: ClauseLine, people: list[AttendeeLine]) -> SignInSheet:
    lines = tuple(
        SignedLine(
            one.name,
            one.agency,
            one.signed_at,
            one.strokes,
            one.name if one.signature == TYPED else "",
            _INSTEAD.get(one.signature, ""),
            remote_words(one.remote),
        )
        for one in people
    )
    return SignInSheet(
        minutes.partnership,
        minutes.body,
        minutes.on,
        text.text,
        text.version,
        text.sha256,
        lines,
        minutes.marking,
        minutes.language,
        minutes.closed_at,
    )


def sheet_files(session: Session, meeting_id: str, progress: Progress = unheard) -> Iterator[File]:
    """The sheets as PDF. Raises Refused as `sign_in_sheets` does, RuntimeError in a session without the printer."""
    printed: Callable[..., bytes] | None = session.papers.print_sign_in_sheet
    if printed is None:
        raise RuntimeError("a session without a printer of sign-in sheets")
    sheets = sign_in_sheets(session, meeting_id)
    for number, sheet in enumerate(sheets, 1):
        progress(number - 1, len(sheets), f"Sheet {number} of {len(sheets)}")
        which = f"-{number:02}" if len(sheets) > 1 else ""
        yield f"sign-in-{sheet.on.isoformat()}{which}.pdf", printed(sheet)


def left_over(found: ActionLists) -> str:
    """What is on no officer's list, in a sentence; empty where everything is."""
    if not found.without_officer:
        return ""
    return f"{count_of(found.without_officer, 'action has', 'actions have')} no officer and are on no officer's list."
