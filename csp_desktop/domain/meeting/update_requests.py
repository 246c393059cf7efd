"""Requests for updates: before the meeting each officer with open actions is asked how they stand, and their reply is
read line by line. What is not understood is left to a person.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from csp_desktop.domain.common.day_phrases import read_day
from csp_desktop.domain.common.days import paper_day
from csp_desktop.domain.common.deadlines import working_day_on_or_before
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.meeting.actions import Answer

ASK_DAYS_BEFORE = 7
_ANSWER = "Answer:"


@dataclass(frozen=True)
class UpdateRequest:
    """One officer was asked for updates before a meeting. `times`: how often."""

    id: str
    meeting_id: str
    officer_id: str
    at: datetime
    by: str
    times: int = 1


@dataclass(frozen=True)
class Asked:
    """One open action in a request: reference only, never a name or a title."""

    label: str
    what: str
    reference: str
    due: date | None
    times: str = ""


@dataclass(frozen=True)
class ReadAnswer:
    """What a reply says of one action. `problem` says what is missing; then it is not taken over."""

    label: str
    answer: Answer | None
    reason: str = ""
    due: date | None = None
    problem: str = ""


def request_text(name: str, asked: Sequence[Asked], on: date, answer_by: date, sender: str) -> str:
    """The words of a request, one action a paragraph with the four answers under it."""
    count = count_of(len(asked), "action is progressing", "actions are progressing")
    lines = [
        f"Dear {name},",
        "",
        (
            f"Before the meeting of {paper_day(on)} please tell us how your {count}. Please reply by "
            f"{paper_day(answer_by)}."
        ),
        (
            "Under each action write: done; carry forward, with the new date; not done, and why; or no "
            "longer possible, and what changed."
        ),
    ]
    for one in asked:
        due = f"due {paper_day(one.due)}" if one.due else "no date set"
        lines += ["", f"{one.label}  {one.what}", "    " + ", ".join(filter(None, (one.reference, due, one.times)))]
        lines += [f"    {_ANSWER}"]
    return "\n".join([*lines, "", "Thank you.", sender, ""])


def ask_from(on: date, holidays: AbstractSet[date] = frozenset()) -> date:
    """From which day on officers are asked before a meeting: a week before it, or the working day before that."""
    return working_day_on_or_before(on - timedelta(days=ASK_DAYS_BEFORE), holidays)


def read_reply(text: str, labels: Sequence[str], today: date) -> tuple[ReadAnswer, ...]:
    """The answers in a reply to a request, in its order: each after its action's label, whether it is quoted or not."""
    plain = "\n".join(re.sub(r"^[>\s]+", "", line) for line in text.splitlines())
    places = sorted(
        (found.start(), label) for label in labels for found in [re.search(re.escape(label), plain)] if found
    )
    if not places:
        return ()
    ends = [start for start, _ in places[1:]] + [len(plain)]
    return tuple(
        _read(label, plain[start + len(label) : end], today) for (start, label), end in zip(places, ends, strict=True)
    )


def _read(label: str, part: str, today: date) -> ReadAnswer:
    """What stands after 'Answer:', up to an empty line; without that word the last line."""
    said = part.split(_ANSWER, 1)[1] if _ANSWER in part else part.strip().rpartition("\n")[2]
    said = " ".join(said.strip().split("\n\n")[0].split())
    low = said.casefold()
    if re.match(r"not (yet )?done\b", low):
        return _reasoned(label, Answer.NOT_DONE, re.sub(r"^not (yet )?done", "", said, flags=re.IGNORECASE))
    if low.startswith("no longer possible"):
        return _reasoned(label, Answer.NO_LONGER_POSSIBLE, said[len("no longer possible") :])
    if re.match(r"(done|yes)\b", low):
        return ReadAnswer(label, Answer.DONE)
    carried = re.match(r"carr(y|ied|ies) (on|forward)( to| until| till)?", low)
    if carried:
        due = read_day(said[carried.end() :].strip(" ,.:"), today)
        return ReadAnswer(
            label, Answer.CARRY_ON, due=due, problem="" if due else "No date was found: enter it by hand."
        )
    return ReadAnswer(label, None, problem="Not recognised: enter it by hand." if said else "No reply found.")


def _reasoned(label: str, answer: Answer, rest: str) -> ReadAnswer:
    reason = rest.strip(" ,.:;–-")
    reason = re.sub(r"^because ", "", reason, flags=re.IGNORECASE)
    return ReadAnswer(label, answer, reason, problem="" if reason else "No reason was given: enter it by hand.")
