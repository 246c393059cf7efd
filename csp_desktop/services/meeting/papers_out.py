"""The papers before a meeting are written: printed, with a mail draft for everybody expected and their own copy of the
last minutes, saved whole or not at all, and noted.
"""

from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.mail import Attachment, Mail, MailKind, Sender, papers_mail
from csp_desktop.domain.meeting.calendar_entry import CalendarEntry
from csp_desktop.domain.meeting.papers import (
    MeetingPaper,
    PapersWritten,
)
from csp_desktop.domain.minutes.circulation import How
from csp_desktop.domain.people.settings import paper_name
from csp_desktop.saving import save
from csp_desktop.services.meeting.due_next import last_held
from csp_desktop.services.meeting.papers import Drawing, PapersAhead, Recipient, recipients_in, to_come
from csp_desktop.services.meeting.update_requests import updates
from csp_desktop.services.minutes.circulation import circulation_list
from csp_desktop.services.minutes.copies import CopiesWritten, Written, lacking_letters, write_copies
from csp_desktop.services.minutes.letters import lacking, of_meeting_paper, require_all, require_letters
from csp_desktop.services.minutes.minutes import circulation
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.papers import Papers
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class PapersMade:
    """What came of writing: the files, how many have their copy of the last minutes with them, and in words what could
    not go with them."""

    files: tuple[Path, ...]
    with_minutes: int
    failed: tuple[str, ...]


@dataclass(frozen=True)
class PapersToWrite:
    """Everything that is printed, read before: no record is read while it is."""

    meeting_id: str
    on: date
    at: datetime
    agenda: MeetingPaper
    lists: tuple[tuple[str, str, MeetingPaper], ...]  # the agency's id and name, and its paper
    entry: CalendarEntry
    recipients: tuple[Recipient, ...]
    sender: Sender
    papers: Papers
    minutes_of: str = ""  # the last meeting, where its minutes may go out
    copies_for: frozenset[str] = frozenset()  # who has no copy of them yet
    no_minutes: str = ""  # why none go with the papers
    without_list: frozenset[str] = frozenset()  # who is expected and may not have their agency's paper
    withheld: tuple[tuple[str, str], ...] = ()  # of an agency's paper: its name, and in a sentence what is not in it

    def __len__(self) -> int:
        """How many files it makes."""
        return 2 + len(self.lists) + sum(bool(one.mail) for one in self.recipients)


def paper_file_name(on: date, number: int = 0) -> str:
    """'agenda-2026-11-26.pdf', or of an agency by its number 'agency-2026-11-26-03.pdf'"""
    return f"agency-{on.isoformat()}-{number:02}.pdf" if number else f"agenda-{on.isoformat()}.pdf"


def set_file_name(on: date) -> str:
    """'paper-set-2026-11-26.pdf'"""
    return f"paper-set-{on.isoformat()}.pdf"


def letters_lacking(session: Session, ahead: PapersAhead) -> tuple[str, ...]:
    """What cannot be printed of the agenda and of each agency's paper: whose, where, which characters."""
    papers = [("Agenda", ahead.agenda.paper()), *((row.name, row.listed.paper()) for row in ahead.agencies)]
    basis = [(whose, paper.title, paper.opening, paper.sections) for whose, paper in papers]
    told = (of_meeting_paper(paper, whose) for whose, paper in papers)
    return session.remembered.answer("letters of the papers", basis, lambda: lacking(session, told))


def papers_to_write(session: Session, meeting_id: str, *, allow_missing: bool = False) -> PapersToWrite:
    """Everything that goes out. Raises Refused for a meeting that was held or has begun, where nobody is expected, and
    where a character of a paper cannot be printed and that is not allowed."""
    prepared, found = to_come(session, meeting_id), updates(session)
    with session.work.reading() as records:
        drawing = Drawing(session, records, prepared, found)
        recipients, lists = recipients_in(records, meeting_id), drawing.agencies()
        settings, last = settings_in(records), last_held(records, prepared.meeting.on)
    if not recipients:
        raise Refused(
            "Nobody is expected yet, so there is nobody to send papers to. Choose who attends, under Prepare."
        )
    agenda = drawing.agenda.paper()
    made = tuple((row.agency_id, row.name, row.listed.paper()) for row in lists)
    told = [of_meeting_paper(agenda, "Agenda"), *(of_meeting_paper(paper, name) for _, name, paper in made)]
    require_letters(session, told, allow_missing=allow_missing)
    meeting, head = prepared.meeting, drawing.head
    entry = CalendarEntry(
        meeting.id,
        head.body,
        meeting.on,
        meeting.starts,
        meeting.ends,
        head.at,
        meeting.venue,
        circulation(session, meeting_id).on,
    )
    name = paper_name(settings.town, settings.partnership)
    sender = Sender(session.user_name, name)
    job = PapersToWrite(
        meeting_id,
        meeting.on,
        head.at,
        agenda,
        made,
        entry,
        recipients,
        sender,
        session.papers,
        without_list=drawing.rights.barred(),
        withheld=tuple((row.name, words) for row in lists for words in row.withheld),
    )
    return job if last is None else with_minutes(session, job, last.id, allow_missing=allow_missing)


def with_minutes(session: Session, job: PapersToWrite, last_id: str, *, allow_missing: bool = False) -> PapersToWrite:
    """With the last minutes: each recipient's own copy by the rights of circulation, for those who have none yet.
    Raises Refused where a character of a copy cannot be printed and that is not allowed."""
    try:
        now = circulation_list(session, last_id)
    except Refused as refusal:
        return replace(job, no_minutes=refusal.sentence)
    if now.refusal:
        return replace(job, no_minutes=now.refusal)
    expected = {one.member_id for one in job.recipients}
    due = frozenset({row.member_id for row in now.to_write} & expected)
    if not allow_missing:
        require_all(lacking_letters(session, last_id, due))
    return replace(job, minutes_of=last_id, copies_for=due)


def _made_files(
    job: PapersToWrite, progress: Progress, copies: Callable[[], Mapping[str, Written]]
) -> list[tuple[str, bytes]]:
    """Every file with its name, which tells the day and a number: agenda, lists, calendar file, a draft for each person
    with an address. `copies` writes those of the last minutes, once all else is printed."""
    printer, draft, calendar = job.papers.print_meeting_paper, job.papers.mail_draft, job.papers.calendar_file
    assert printer is not None and draft is not None and calendar is not None, "both files are given every printer"
    day, whole = job.on.isoformat(), len(job)
    progress(0, whole, "Agenda")
    agenda = Attachment(paper_file_name(job.on), printer(job.agenda))
    entry = Attachment(f"meeting-{day}.ics", calendar([job.entry]))
    files = [agenda, entry]
    own: dict[str, Attachment] = {}
    for number, (agency_id, name, paper) in enumerate(job.lists, 1):
        progress(len(files), whole, f"Paper for {name}")
        own[agency_id] = Attachment(paper_file_name(job.on, number), printer(paper))
        files.append(own[agency_id])
    own_copies = copies()
    for number, person in enumerate(job.recipients, 1):
        if not person.mail:
            continue
        progress(len(files), whole, f"Email to {person.name}")
        has_list = person.agency_id in own and person.member_id not in job.without_list
        parts = (agenda, *((own[person.agency_id],) if has_list else ()), entry)
        copy = own_copies.get(person.member_id)
        if copy is not None:
            parts = (*parts, Attachment(copy.files[0].name, copy.files[0].read_bytes()))
        files.append(Attachment(f"agenda-{day}-{number:02}.eml", draft(_mail(job, person, parts, copy))))
    return [(file.name, file.content) for file in files]


def _mail(job: PapersToWrite, person: Recipient, parts: tuple[Attachment, ...], copy: Written | None) -> Mail:
    to, is_locked = (person.name, person.mail), copy is not None and copy.record.how is not How.SECURE_MAIL
    return papers_mail(MailKind.AGENDA, to, job.on, job.sender, job.at, parts, is_locked=is_locked)


def write_papers(session: Session, job: PapersToWrite, folder: Path, progress: Progress) -> PapersMade:
    """All of it into a folder, each file whole and for this user alone; where one cannot be written, those new there
    go again. Nothing is written before the lists are printed; copies of the last minutes are noted as they are
    written, and go with the agenda in one mail. Raises Refused, FieldRefused for an address no mail can have."""
    made: list[CopiesWritten] = []

    def copies() -> Mapping[str, Written]:
        if not job.copies_for:
            return {}
        made.append(write_copies(session, job.minutes_of, folder, progress, job.copies_for, allow_missing=True))
        return {one.record.member_id: one for one in made[0].written}

    files = _made_files(job, progress, copies)
    with ExitStack() as taken_back:
        for number, (name, content) in enumerate(files):
            progress(number, len(files), "Saving")
            path = folder / name
            is_new = not path.exists()
            save(path, content)
            if is_new:
                taken_back.callback(_take_back, path)
        taken_back.pop_all()
    written = made[0].written if made else ()
    for one in written:
        for path in one.files[1:]:  # a mail of its own: the agenda brings the copy
            _take_back(path)
    failed = tuple(
        f"{one.name} has no copy of the last minutes: {one.why}." for one in (made[0].failed if made else ())
    )
    told = (job.no_minutes,) if job.no_minutes else ()
    paths = (*(folder / name for name, _ in files), *(one.files[0] for one in written))
    return PapersMade(paths, len(written), (*told, *failed))


def _take_back(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def note_written(session: Session, job: PapersToWrite, folder: Path, with_minutes: int = 0) -> PapersWritten:
    """Keep when the papers went out, and to how many."""
    session.require_recorder()
    with session.work.step("papers of the meeting saved") as records:
        made = PapersWritten(
            new_id(),
            job.meeting_id,
            session.now(),
            session.user_name,
            len(job.recipients),
            len(job.lists),
            str(folder),
            with_minutes,
        )
        records.save(made)
    return made
