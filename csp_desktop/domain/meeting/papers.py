"""The papers that go out before a meeting: the agenda, each agency's own list, and what the meeting needs on paper
where the laptop fails. Cases are named by reference and initials only.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from csp_desktop.domain.common.days import (
    clock,
    column_day,
    dated_day,
    local,
    paper_day,
)
from csp_desktop.domain.common.overdue import days_overdue, overdue_words
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.minutes.paper_parts import Grid, Section, Words, paragraphs
from csp_desktop.domain.minutes.record import MARKING

HANDLING = "Do not copy or pass on. Cases are named by reference and initials only."
SPARE_LINES = 6  # of a sheet, for people nobody expected
WRITING_ROOM, NOTE_ROOM = 30, 41  # points of a line to write on, and of several


@dataclass(frozen=True)
class PapersWritten:
    """Papers for a meeting were written to files: when, by whom, for how many people and agencies, and into which
    folder. `with_minutes`: how many of the people have their copy of the last minutes with them."""

    id: str
    meeting_id: str
    at: datetime
    by: str
    people: int
    agencies: int
    folder: str
    with_minutes: int = 0


@dataclass(frozen=True)
class MeetingPaper:
    """One paper about a meeting to come, whatever it is printed as."""

    title: str
    partnership: str
    body: str
    on: date
    edition: str  # at the foot of every page
    opening: tuple[Words, ...]
    sections: tuple[Section, ...]
    marking: str = MARKING
    language: str = "en-GB"
    created: datetime | None = None


@dataclass(frozen=True)
class Head:
    """What every paper says of its meeting."""

    partnership: str
    body: str
    on: date
    starts: time
    ends: time
    venue: str
    chair: str
    minute_taker: str
    at: datetime  # when the papers are drawn up

    @property
    def held(self) -> Words:
        """Day, time and place."""
        when = f"{paper_day(self.on)}, {clock(self.starts)} to {clock(self.ends)}"
        return Words(", ".join(filter(None, (when, self.venue))), "Meeting:")

    def paper(
        self, title: str, edition: str, opening: tuple[Words, ...], sections: tuple[Section, ...]
    ) -> MeetingPaper:
        """A paper of this meeting."""
        return MeetingPaper(title, self.partnership, self.body, self.on, edition, opening, sections, created=self.at)


@dataclass(frozen=True)
class PlannedItem:
    """One item with the time it begins."""

    title: str
    begins: time
    minutes: int
    detail: str = ""


@dataclass(frozen=True)
class Agenda:
    """What is gone through, and how the minutes stand against the slot."""

    head: Head
    items: tuple[PlannedItem, ...]
    planned: int
    slot: int
    ends: time  # of the last item

    def paper(self) -> MeetingPaper:
        """The agenda by itself; it names no case."""
        head = self.head
        return head.paper(
            f"Agenda of the {head.body}, {paper_day(head.on)}", "Agenda", self.opening, (self.section("1"),)
        )

    @property
    def opening(self) -> tuple[Words, ...]:
        """The lines under the title."""
        head = self.head
        return (
            head.held,
            Words(head.chair or "to be chosen", "Chair:"),
            Words(head.minute_taker or "to be chosen", "Minutes taken by:"),
            Words(f"{self.planned} of {self.slot} minutes planned; the last item ends at {clock(self.ends)}.", "Time:"),
        )

    def section(self, number: str) -> Section:
        """The items, each with the time it begins, which follows from the minutes before it."""
        rows = tuple(
            (clock(item.begins), f"{n}. {item.title}", item.detail, f"{item.minutes} min")
            for n, item in enumerate(self.items, 1)
        )
        grid = Grid("Items of the agenda", ("Begins", "Item", "Note", "Time"), rows, (20, 80, 58, 22))
        return Section("agenda", number, 1, "Agenda", (grid,))


@dataclass(frozen=True)
class ListedCase:
    """One case of the walk, by reference and initials."""

    place: int  # in the walk, from 1
    name: str
    rating: str
    why: str  # it stands where it stands
    minutes: int
    begins: time | None = None  # about; none where it is proposed to wait

    @property
    def when(self) -> str:
        """About when and how long, or that it may wait."""
        return f"{clock(self.begins)}, {self.minutes} min" if self.begins else "suggested for deferral"


@dataclass(frozen=True)
class ListedAction:
    """One open action."""

    label: str
    what: str
    about: str  # a case's reference, or an agenda item
    officer: str
    due: date | None
    carried: str = ""  # '3rd time'

    def standing(self, on: date) -> str:
        """'11 days overdue, 3rd time', seen from a day."""
        return ", ".join(filter(None, (self._overdue(on), self.carried))) or "open"

    def by(self, on: date) -> str:
        """'24 Nov, 2 days overdue', seen from a day."""
        return ", ".join(filter(None, (_due(self.due), self._overdue(on))))

    def _overdue(self, on: date) -> str:
        return overdue_words(days_overdue(self.due, on))


@dataclass(frozen=True)
class AgencyList:
    """What one agency needs to know before the meeting: its own cases, what is asked of it, its open actions."""

    head: Head
    agency: str
    cases: tuple[ListedCase, ...]
    asked: tuple[str, ...]
    actions: tuple[ListedAction, ...]
    withheld: tuple[str, ...] = ()  # what is not in it, in sentences that tell nothing of it

    @property
    def late(self) -> int:
        """How many actions are overdue on the day the list is drawn up."""
        return sum(days_overdue(a.due, self._today) > 0 for a in self.actions)

    @property
    def counts(self) -> str:
        """'9 cases, 8 open actions, 3 overdue'"""
        late = f", {self.late} overdue" if self.late else ""
        actions = count_of(len(self.actions), "open action", "open actions")
        return f"{count_of(len(self.cases), 'case', 'cases')}, {actions}{late}"

    @property
    def _today(self) -> date:
        return local(self.head.at).date()

    def paper(self) -> MeetingPaper:
        """The agency's paper."""
        head = self.head
        title = f"Papers for {self.agency}, meeting of {paper_day(head.on)}"
        withheld = (Words(words) for words in self.withheld)
        opening = (head.held, Words(f"{self.counts}.", "In this paper:"), *withheld, Words(HANDLING))
        return head.paper(title, f"For {self.agency} only", opening, (self._cases(), self._asked(), self._actions()))

    def _cases(self) -> Section:
        rows = tuple((str(c.place), c.name, c.rating, c.why, c.when) for c in self.cases)
        headers = ("Place", "Case", "Risk", "Reason for its place", "Time (about)")
        grid = Grid(f"Cases of {self.agency}", headers, rows, (15, 44, 28, 57, 36))
        nothing = Words("None of this agency's cases are on the agenda.")
        return Section("cases", "1", 1, "Your cases, in the order of the meeting", (grid if rows else nothing,))

    def _asked(self) -> Section:
        lines = tuple(Words(words) for words in self.asked) or (Words("Nothing else."),)
        return Section("asked", "2", 1, "What we need from you", lines)

    def _actions(self) -> Section:
        rows = tuple(
            (a.label, f"{a.what} ({a.about})" if a.about else a.what, a.officer, _due(a.due), a.standing(self._today))
            for a in self.actions
        )
        headers = ("No.", "Action", "Officer", "By", "Status")
        grid = Grid(f"Open actions of {self.agency}", headers, rows, (26, 62, 34, 27, 31))
        nothing = Words("This agency has no open actions.")
        return Section("actions", "3", 1, "Your open actions", (grid if rows else nothing,))


def _due(due: date | None) -> str:
    return column_day(due) if due else "no date set"


@dataclass(frozen=True)
class CaseSheet:
    """One case as it is written on by hand."""

    case: ListedCase
    marks: tuple[str, ...]  # 'repeat victim', 'CMHT not told'
    actions: tuple[ListedAction, ...]


@dataclass(frozen=True)
class BlankSheet:
    """One confidentiality text and those who are to sign it."""

    heading: str
    clause: str
    version: int
    sha256: str
    people: tuple[tuple[str, str], ...]  # name and agency
    read_out: bool  # then the sheet says by whom and when


@dataclass(frozen=True)
class PaperSet:
    """Everything the meeting needs where the laptop fails: agenda, sheets to sign, a sheet for each case."""

    agenda: Agenda
    blanks: tuple[BlankSheet, ...]
    cases: tuple[CaseSheet, ...]
    outcomes: tuple[str, ...]

    def paper(self) -> MeetingPaper:
        """All of it in one file."""
        head = self.agenda.head
        how = (
            "Everyone signs first. Write down what is said on each sheet, read decisions and actions "
            "back, and note who read them back and when. Afterwards enter the meeting in the program: "
            "Prepare, “Held on paper”."
        )
        told = (*self.agenda.opening, Words(how, "How to use it:"), Words(HANDLING))
        sections = [self.agenda.section("1")]
        sections += [_sign_in(str(n), blank) for n, blank in enumerate(self.blanks, 2)]
        sections.append(_notes(str(len(sections) + 1), self.agenda))
        sections += [self._case(str(n), sheet) for n, sheet in enumerate(self.cases, len(sections) + 1)]
        title = f"Paper set for the {head.body}, {paper_day(head.on)}"
        return head.paper(title, "Paper set: keep the completed pages locked away", told, tuple(sections))

    def _case(self, number: str, sheet: CaseSheet) -> Section:
        case = sheet.case
        about = ". ".join(filter(None, (f"Risk {case.rating}", case.why, *sheet.marks, case.when)))
        rows = tuple((a.label, a.what, a.officer, a.by(self.agenda.head.on), "") for a in sheet.actions)
        headers = ("No.", "Last time’s action", "Officer", "By", "Answer")
        last = Grid(f"Open actions of {case.name}", headers, rows, (24, 54, 34, 34, 34), WRITING_ROOM)
        agreed = Grid(
            f"Actions agreed about {case.name}",
            ("Action", "Who", "By when"),
            (("", "", ""),) * 5,
            (100, 45, 35),
            WRITING_ROOM,
        )
        blocks = (
            Words(f"{about}."),
            *((last,) if rows else (Words("No open actions.", "Last time’s actions:"),)),
            Words("", "Discussion, and any dissent:", 8),
            Words(f"{', '.join(self.outcomes)}.", "Outcome (circle one):"),
            Words("", "Reason, or referred to whom:", 1),
            agreed,
            Words("", "Read back by, and at what time:", 1),
        )
        return Section(f"case-{case.place}", number, 1, case.name, blocks, own_page=True)


def _notes(number: str, agenda: Agenda) -> Section:
    """Room for what is said under each item."""
    rows = tuple((f"{n}. {item.title}", "", "") for n, item in enumerate(agenda.items, 1))
    headers = ("Item", "Discussion and actions: who, by when", "Read back by, at")
    grid = Grid("Notes on the items", headers, rows, (42, 102, 36), NOTE_ROOM)
    return Section("notes", number, 1, "Notes on the items", (grid,), own_page=True)


def _sign_in(number: str, blank: BlankSheet) -> Section:
    people = (*blank.people, *((("", ""),) * SPARE_LINES))
    rows = tuple((name, agency, "", "", "") for name, agency in people)
    headers = ("Name", "Agency", "Arrived", "Left", "Signature")
    grid = Grid(blank.heading, headers, rows, (42, 44, 18, 18, 58), WRITING_ROOM)
    read = (Words("", "Read out by, and at what time:", 1),) if blank.read_out else ()
    version = Words(f"version {blank.version}, SHA-256 {blank.sha256}", "Text:")
    blocks = (*paragraphs(blank.clause), version, *read, grid)
    return Section(f"sign-in-{number}", number, 1, blank.heading, blocks, own_page=True)


def went_out_words(written: PapersWritten) -> str:
    """'Papers went out Thu 19 Nov'"""
    return f"Papers sent out {dated_day(local(written.at).date())}"
