"""What would print as boxes or wrongly shaped, named before any paper is written: whose paper, where, which letters."""

from collections.abc import Iterable, Sequence
from typing import Any

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.papers import MeetingPaper
from csp_desktop.domain.minutes.action_list import ActionList, action_list
from csp_desktop.domain.minutes.paper_parts import Words
from csp_desktop.domain.minutes.personal_text import Text
from csp_desktop.domain.minutes.printable import paper_texts, unprintable
from csp_desktop.services.session import Session

MOST_NAMED = 10  # places in one refusal
Told = tuple[str, tuple[Text, ...]]  # what people call a paper, or whose it is, and its texts


class LettersMissing(Refused):
    """Some characters would print as boxes or wrongly shaped; a person may go on all the same."""


def of_minutes(session: Session, minutes: Any) -> Told:
    """The minutes of either meeting."""
    return "The minutes", session.subject.record.texts(minutes)


def of_meeting_paper(paper: MeetingPaper, whose: str = "") -> Told:
    """An agenda, an agency's paper, the paper set."""
    head = [paper.title, *([whose] if whose else [])]
    return whose or paper.title, paper_texts(head, paper.opening, paper.sections)


def of_action_list(listed: ActionList) -> Told:
    """One officer's or agency's own actions."""
    foot = Words(listed.copy, "Copy:")
    return f"List of {listed.whose}", paper_texts([listed.title], (*listed.opening, foot), action_list(listed))


def lacking(session: Session, papers: Iterable[Told]) -> tuple[str, ...]:
    """Each place with characters that cannot be printed, once a paper: 'Copy 3 for 王小, head of the paper, Edition: 王
    小 (Chinese, Japanese or Korean)'. The characters and no other word of a case."""
    missing = session.papers.missing_letters
    return tuple(
        dict.fromkeys(
            f"{whose}, {one.place}: {one.words}" for whose, texts in papers for one in unprintable(texts, missing)
        )
    )


def lacking_words(found: Sequence[str]) -> str:
    """What `lacking` found as a sentence, with what to do; empty where everything can be printed."""
    if not found:
        return ""
    more = f"; and {len(found) - MOST_NAMED} more places" if len(found) > MOST_NAMED else ""
    shown = "; ".join(found[:MOST_NAMED])
    return f"These characters cannot be printed: {shown}{more}. Write them in Latin letters."


def require_all(found: Sequence[str]) -> None:
    """Raise LettersMissing, naming each place, where something was found."""
    if found:
        raise LettersMissing(f"{lacking_words(found)} Nothing was saved.")


def require_letters(session: Session, papers: Iterable[Told], *, allow_missing: bool = False) -> None:
    """Raise LettersMissing where some characters of these papers would print as boxes and that is not allowed."""
    if not allow_missing:
        require_all(lacking(session, papers))
