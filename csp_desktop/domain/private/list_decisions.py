"""What was said of a person sleeping rough whom a list does not name."""

from dataclasses import dataclass

from csp_desktop.domain.people.list_decisions import ListDecision


@dataclass(frozen=True)
class PersonDecision(ListDecision):
    """Nobody comes off the list by one: only that they stay, or that it was part of all, is ever said."""

    person_id: str
