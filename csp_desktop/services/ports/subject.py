"""What a file is about: the cases of the group, or the people of the private meeting; handed in with the file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from csp_desktop.domain.cases.record_periods import RecordKept
from csp_desktop.domain.cases.retention import Wording
from csp_desktop.domain.common.users import Role
from csp_desktop.services.ports.minutes import RecordKind
from csp_desktop.services.ports.updates import UpdateKind
from csp_desktop.services.ports.work import Records


@dataclass(frozen=True)
class Ended:
    """A case that was closed, or a person who came off the list."""

    id: str
    reference: str  # empty for a case that never had one
    title: str
    on: date

    @property
    def name(self) -> str:
        """The reference, or what people call it."""
        return self.reference or self.title

    @property
    def full_title(self) -> str:
        """'SN-2026-000900, Wagtail Mews: noise'"""
        return f"{self.reference}, {self.title}" if self.reference else self.title


@dataclass(frozen=True)
class Subject:
    """The record a file is about; how one is called and found, how long kept after it ended, and who erases it."""

    kind: type[Any]
    word: str  # 'case', 'person'
    called: Callable[[Any], str]
    of_reference: Callable[[Records, str], Sequence[Any]]
    wording: Wording
    readers: tuple[Role, ...]  # who may look through all of them; empty: everybody
    while_running: str  # why not while a meeting runs; empty: then too
    deciding: tuple[Role, ...]  # who erases
    ended: Callable[[Records], list[Ended]]
    not_ended: str  # the sentence for one that is still open
    belonging: Callable[[Records, Any], list[Any]]  # itself last, so that all about it is still known when it goes
    before_erasing: Callable[[Records, Any], None]
    names: Mapping[type[Any], str]  # what is erased, as the certificate counts it
    record: RecordKind  # how the minutes of its meetings are drawn up
    updates: UpdateKind  # what officers are asked before a meeting
    by_period: Mapping[type[Any], RecordKept]  # kinds of this file alone, see services.cases.record_kinds
    without_period: Mapping[type[Any], str]  # and why those have none
    private: bool = False  # the file of the private rough-sleeping meeting

    def counted(self, belonging: Sequence[Any]) -> tuple[tuple[str, int], ...]:
        """For the certificate: what was erased, and how many."""
        counts = [(words, sum(type(record) is kind for record in belonging)) for kind, words in self.names.items()]
        return tuple((words, count) for words, count in counts if count)
