"""What a meeting leaves besides its minutes: within 24 hours each officer and each agency get a list of their own
actions, nobody else's; and the sheet that everybody signed can be printed at any time.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
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
from csp_desktop.domain.minutes.protection import IN_PERSON, Marks, protection_of
from csp_desktop.domain.minutes.record import ActionLine, AttendeeLine, ClauseLine, Minutes
from csp_desktop.domain.people.agencies import Agency, Member
from csp_desktop.services.minutes.letters import of_action_list, require_letters
from csp_desktop.services.minutes.readers import of_marks
from csp_desktop.services.minutes.record import frozen_facts
from csp_desktop.services.minutes.versions import copy_of_version
from csp_desktop.services.ports.copies import ListReader
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

SENDING = "action lists recorded as sent"
File = tuple[str, bytes]  # its name, which tells nothing of anybody, and what is in it


@dataclass(frozen=True)
class ListRow:
    """One list: whose, how many actions, and where it can be mailed to. Without an officer it is an agency's. Somebody
    who was not at the meeting (`absent`) hears of their actions by it. `withheld` says what is not in it, and why: '1
    action told in person: declared interest'."""

    number: int
    officer: str
    agency: str
    actions: int
    mail: str = ""
    absent: bool = False
    withheld: tuple[str, ...] = ()

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
    rows, every = tuple(row for row, _ in _made(session, minutes)), session.subject.record.actions(minutes)
    with session.work.reading() as records:
        due, sent = _due(records, meeting_id), _sent(records, meeting_id)
    return ActionLists(rows, unowned(every), due, sent)


def _made(session: Session, minutes: Any) -> list[tuple[ListRow, ActionList]]:
    """Each row with its list, which is a numbered copy that names who it is for."""
    every: ActionList = session.subject.record.actions(minutes)
    ids = {(one.name, one.agency): one.member_id for a in every.actions for one in a.owners}
    lists = [*every.owners(), *(("", agency) for agency in every.agencies())]
    found = []
    with session.work.reading() as records:
        readers = _Readers(session, records, minutes)
        rows = records.find(Attendance, meeting_id=minutes.meeting_id)
        here = {row.member_id for row in rows if row.arrived_at or row.signed_at}
        for number, (officer, agency) in enumerate(lists, 1):
            member_id = ids.get((officer, agency), "")
            told, why = _told(every.of(officer, agency).actions, readers.of(member_id, agency))
            absent = bool(officer) and member_id not in here
            row = ListRow(number, officer, agency, len(told), readers.mail(member_id), absent, why)
            copy = session.subject.record.actions(replace(minutes, copy_number=number, recipient=row.whose))
            found.append((row, replace(copy, actions=told, officer=officer, agency=agency)))
    return found


class _Readers:
    """Who reads which list: an officer their own, of an agency's everybody who belongs to it."""

    def __init__(self, session: Session, records: Records, minutes: Any) -> None:
        self._members = {one.id: one for one in records.find(Member)}
        self._homes = {one.id: one for one in records.find(Agency)}
        self._made = cache(session.subject.record.copies.list_readers(session, records, minutes))

    def mail(self, member_id: str) -> str:
        """Where an officer is written to; empty where nowhere."""
        return self._members[member_id].mail if member_id in self._members else ""

    def of(self, member_id: str, agency: str) -> list[ListReader]:
        """At least one: an agency's list may be read by anybody there, so what its kind may read counts as well."""
        if member_id in self._members:
            return [self._made(self._members[member_id])]
        homes = {one.id: one for one in self._homes.values() if one.name == agency}
        there = [one for one in self._members.values() if one.active and one.agency_id in homes]
        kind = next((one.kind for one in homes.values()), None)
        people = [self._made(one) for one in there]
        barred = people[0].barred if people and all(one.barred for one in people) else ""
        return [*people, replace(of_marks(kind), barred=barred)]


def _told(lines: Sequence[ActionLine], readers: Sequence[ListReader]) -> tuple[tuple[ActionLine, ...], tuple[str, ...]]:
    """The actions as all of these people may read them, and what is kept from them in words that tell nothing of it."""
    barred = readers[0].barred if all(one.barred for one in readers) else ""
    why = [barred or next(filter(None, (one.against(line) for one in readers)), "") for line in lines]
    may = frozenset.intersection(*(frozenset(one.marks) for one in readers))
    told = tuple(_as_told(line, may, is_kept=bool(words)) for line, words in zip(lines, why, strict=True))
    counts = Counter(filter(None, why))
    words = [f"{count_of(count, 'action', 'actions')} told in person: {one}" for one, count in counts.items()]
    return told, (*words, *dict.fromkeys(one.warning for one in readers if one.warning))


def _as_told(line: ActionLine, may: Marks, *, is_kept: bool) -> ActionLine:
    """Of one that is kept back only that there is one, whose it is and by when."""
    if is_kept:
        return replace(line, what=IN_PERSON, power="", about="", case_id="")
    return line if protection_of(line.about) in (None, *may) else replace(line, about="")


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
    lists = tuple(_made(session, copy_of_version(session, meeting_id, 0)))
    require_letters(session, [of_action_list(one) for _, one in lists], allow_missing=allow_missing)
    return lists


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
