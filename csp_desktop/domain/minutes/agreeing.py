"""Minutes agreed as a correct record at the next meeting: what is kept of it, and what the new paper says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from csp_desktop.domain.common.days import dated_day, paper_day
from csp_desktop.domain.common.overdue import late_words
from csp_desktop.domain.minutes.protection import protection_of
from csp_desktop.domain.minutes.versions import MinutesState

TITLE = "Minutes of the last meeting"
NO_EARLIER = "There is no earlier meeting, so there are no minutes to agree."


@dataclass(frozen=True)
class AgreedMinutes:
    """One version of the minutes of `of_meeting_id` was agreed as a correct record at the meeting `meeting_id`. What
    that meeting put right in them stands beside it as remarks."""

    held_with_meeting: ClassVar[bool] = True

    id: str
    meeting_id: str
    of_meeting_id: str
    version: int
    at: datetime
    by: str


@dataclass(frozen=True)
class Brought:
    """The minutes of an earlier meeting as they are brought before the next one. `version` is the one approved last, 0
    where none was; `state` how the record stands, `corrected_since` whether it was put right after that version.
    `late` counts the days by which they were circulated after their day. `kept_before`: of a meeting held before this
    program, so that only their text is here."""

    on: date
    version: int
    state: MinutesState
    circulated_on: date | None = None
    late: int = 0
    corrected_since: bool = False
    agreed: bool = False  # at this meeting
    corrections: tuple[str, ...] = ()  # asked for at this meeting, in its words
    wrongly: tuple[str, ...] = ()  # decisions recorded wrongly and put right, each with its reason
    kept_before: bool = False

    @property
    def name(self) -> str:
        """'The minutes of Thursday 26 November 2026 (version 1)'"""
        version = f" (version {self.version})" if self.version and not self.kept_before else ""
        return f"The minutes of {paper_day(self.on)}{version}"

    @property
    def may_be_agreed(self) -> bool:
        """Only what was approved is agreed."""
        return self.version > 0


def standing_words(one: Brought) -> str:
    """How they stand, as the item shows it: 'approved, not circulated', 'circulated Tue 8 Dec 2026'"""
    if one.kept_before:
        return "of a meeting before this program; their text is kept here"
    if not one.version:
        return "checked, not approved" if one.state is MinutesState.CHECKED else "a draft, not approved"
    if one.circulated_on is None:
        words = "approved, not circulated"
    else:
        words = f"circulated {dated_day(one.circulated_on)}"
        words += f", {late_words(one.late)}" if one.late else ""
    return f"{words}; corrected since, which is not approved" if one.corrected_since else words


def minuted(one: Brought) -> tuple[str, ...]:
    """What the paper of the new meeting says of them, a sentence or more each; what is marked has one of its own, so
    that it can be left out alone."""
    marked = [words.strip().rstrip(".") for words in one.corrections if protection_of(words)]
    asked = "; ".join(words.strip().rstrip(".") for words in one.corrections if not protection_of(words))
    if one.agreed and asked:
        said = [f"{one.name} were agreed as a correct record, with these corrections: {asked}."]
    elif one.agreed:
        said = [f"{one.name} were agreed as a correct record."]
    elif not one.version:
        said = [f"{one.name} were not agreed: they are {standing_words(one)}."]
    else:
        said = [f"{one.name} were not agreed at this meeting."]
    if asked and not one.agreed:
        said.append(f"These corrections were asked for: {asked}.")
    said += [f"A correction was asked for: {words}." for words in marked]
    if one.version and one.circulated_on is None and not one.kept_before:
        said.append("They were approved and had not been circulated.")
    elif one.late:
        said.append(f"They were circulated {late_words(one.late)}.")
    said += [f"Recorded wrongly at first, and corrected in them: {words}" for words in one.wrongly]
    return tuple(said)


def all_minuted(brought: Sequence[Brought]) -> tuple[str, ...]:
    """The same of everything brought before one meeting."""
    return tuple(words for one in brought for words in minuted(one)) or (NO_EARLIER,)
