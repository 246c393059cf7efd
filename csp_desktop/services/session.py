"""Who is working, on which file, at what time: the first argument of every use case."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from csp_desktop.domain.common.aliases import Clock
from csp_desktop.domain.common.days import local
from csp_desktop.domain.common.errors import NotAllowed, NotWritable
from csp_desktop.domain.common.users import ROLE_WORDS, Duty, Role, who_may
from csp_desktop.domain.file.rollback_guard import OlderCopy
from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.domain.meeting.offices import chairs_now
from csp_desktop.domain.minutes.versions import Approval
from csp_desktop.services.ports.backups import Backups, LeftCopies
from csp_desktop.services.ports.file import FileChecks, FileStanding
from csp_desktop.services.ports.handover import Handover
from csp_desktop.services.ports.journal import JournalQueries
from csp_desktop.services.ports.linked_case import LinkedCases
from csp_desktop.services.ports.papers import Papers
from csp_desktop.services.ports.subject import Subject
from csp_desktop.services.ports.users import ComputerKey, UserSlots
from csp_desktop.services.ports.work import CaseQueries, Work

T = TypeVar("T")


class Remembered:
    """The last answer to a question that takes long, while the file is open: given again where what it follows from is
    the same."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Any, Any]] = {}

    def answer(self, question: str, basis: Any, work_out: Callable[[], T]) -> T:
        """What follows from the basis."""
        kept = self._kept.get(question)
        if kept is None or kept[0] != basis:
            kept = self._kept[question] = basis, work_out()
        answer: T = kept[1]
        return answer


@dataclass(frozen=True)
class Session:
    """One unlocked sitting of one user."""

    work: Work
    queries: CaseQueries
    papers: Papers
    now: Clock  # aware UTC
    user_name: str
    member_id: str
    roles: frozenset[Role]
    subject: Subject  # what the file is about
    holidays: frozenset[date] = frozenset()  # bank holidays of England and Wales
    computer: ComputerKey | None = None  # none where no key store is ever used: the sample
    users: UserSlots | None = None  # who can open the file
    backups: Backups | None = None
    handover: Handover | None = None
    left_copies: LeftCopies | None = None  # copies of the open file that still open
    journal: JournalQueries | None = None
    checks: FileChecks | None = None
    linked_cases: LinkedCases | None = None  # the group's file beside the private one
    older: OlderCopy | None = None  # set until a person says to go on
    standing: FileStanding | None = None  # how the file lies on its disk
    remembered: Remembered = field(default_factory=Remembered, compare=False, repr=False)

    @property
    def private(self) -> bool:
        """Whether it is the file of the private rough-sleeping meeting."""
        return self.subject.private

    @property
    def today(self) -> date:
        """The day it is at the table (London)."""
        return local(self.now()).date()

    def acts_for_chair(self) -> bool:
        """Whether a deputy chair does what the chair does: see `chairs_now`."""
        if Role.DEPUTY_CHAIR not in self.roles:
            return False
        with self.work.reading() as records:
            approved = {one.meeting_id for one in records.find(Approval)}
            return chairs_now(self.member_id, records.find(Meeting), approved)

    def holds(self, *wanted: Role) -> bool:
        """Whether the user has one of the roles; a deputy chair has the chair's while acting for the chair."""
        return bool(self.roles & set(wanted)) or (Role.CHAIR in wanted and self.acts_for_chair())

    def may(self, duty: Duty) -> bool:
        """Whether the user's roles allow it in this file."""
        return self.holds(*who_may(duty, private=self.private))

    def require_duty(self, duty: Duty) -> None:
        """Raise NotAllowed unless they do."""
        self.require(*who_may(duty, private=self.private))

    def require(self, *allowed: Role) -> None:
        """Raise NotAllowed unless the user holds one of the roles."""
        if not self.holds(*allowed):
            *others, last = (f"the {ROLE_WORDS[role]}" for role in allowed)
            who = f"{', '.join(others)} or {last}" if others else last
            raise NotAllowed(f"Only {who} can do this. You are signed in as {self.user_name}.")

    def is_writable(self) -> bool:
        """Whether anything may be written to the file as it stands now."""
        standing = self.standing
        return standing is None or not (standing.reading_only or standing.clock_doubt or standing.look())

    def require_in_place(self) -> None:
        """Raise NotWritable where the file is no longer where it was: nothing is made beside it then."""
        lost = self.standing.look() if self.standing is not None else ""
        if lost:
            raise NotWritable(lost)

    def require_writable(self) -> None:
        """Raise NotWritable where nothing may be written: before files beside the file are touched."""
        if self.standing is not None and self.standing.reading_only:
            raise NotWritable(self.standing.reading_only)
        if self.standing is not None and self.standing.clock_doubt:
            raise NotWritable(self.standing.clock_doubt)
        self.require_in_place()

    def require_recorder(self) -> None:
        """Whoever writes down what a meeting does: chair and minute-taker, in the private file its lead and deputy."""
        self.require_duty(Duty.RECORD)

    def require_case_worker(self) -> None:
        """Whoever adds and changes cases and what belongs to them, between meetings too."""
        self.require_duty(Duty.WORK_CASES)

    def require_keeper(self) -> None:
        """Whoever keeps people and agencies: those who work on cases, and the administrator."""
        self.require_duty(Duty.KEEP_PEOPLE)

    def require_settings_keeper(self) -> None:
        """Whoever keeps settings and wordings: those who record, the manager and the administrator."""
        self.require_duty(Duty.KEEP_SETTINGS)
