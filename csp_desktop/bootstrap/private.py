"""The private file, its tables, papers and roles: apart, for with the group's file alone none of it loads."""

from dataclasses import replace

from csp_desktop.bootstrap.file_kind import FileKind
from csp_desktop.bootstrap.recipient_copies import RecipientCopies
from csp_desktop.documents.private.minutes import (
    print_private_minutes,
    print_private_minutes_word,
    private_minutes_paper,
)
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.confidentiality import ClauseKind
from csp_desktop.exchange.private.rough_sleepers import people_template, read_people
from csp_desktop.resources import shipped_matrix
from csp_desktop.services.ports.papers import Papers
from csp_desktop.services.private.own_ids import take_own_ids
from csp_desktop.services.private.scoring import keep_shipped_matrix
from csp_desktop.services.private.subject import PEOPLE
from csp_desktop.services.session import Session
from csp_desktop.store.private.tables import PRIVATE


def _papers(papers: Papers) -> Papers:
    assert isinstance(papers.copies, RecipientCopies)
    return replace(
        papers,
        read_people=read_people,
        people_template=people_template,
        shipped_matrix=shipped_matrix,
        print_private_minutes=print_private_minutes,
        print_private_minutes_word=print_private_minutes_word,
        copies=replace(papers.copies, paper=private_minutes_paper),
    )


def _begin(session: Session) -> None:
    keep_shipped_matrix(session, shipped_matrix())


PRIVATE_FILE = FileKind(
    PRIVATE,
    "rough_sleeping",
    (ClauseKind.PRIVATE,),
    PEOPLE,
    roles=(Role.NEW_HOPE_LEAD, Role.NEW_HOPE_DEPUTY),
    managers=(Role.NEW_HOPE_LEAD,),
    papers=_papers,
    begin=_begin,
    at_opening=take_own_ids,
)
