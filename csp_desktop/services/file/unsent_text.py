"""What stood half-typed in the fields of a screen when it was locked: kept in the encrypted file until the unlock.

Most fields keep what is typed by themselves, as a draft of their record. This is for the others: a search, a date of
which only the day is there yet, a form nobody has sent.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from csp_desktop.services.session import Session

FIELD = "texts"


@dataclass(frozen=True)
class HalfTyped:
    """Names the draft; no such record is ever kept."""

    id: str


def keep(session: Session, page: str, texts: Mapping[str, str]) -> None:
    """The texts by their fields; in place of those of the lock before."""
    forget(session)
    if texts:
        session.work.keep_draft(HalfTyped, page, FIELD, json.dumps(dict(texts), ensure_ascii=False))


def take_back(session: Session, page: str) -> dict[str, str]:
    """The texts kept of that page, once: they are forgotten, and so are those of any other."""
    draft = session.work.draft(HalfTyped, page, FIELD)
    forget(session)
    return dict(json.loads(draft.text)) if draft is not None else {}


def forget(session: Session) -> None:
    """Nothing half-typed is kept any more."""
    for draft in session.work.drafts():
        if draft.kind == HalfTyped.__name__:
            session.work.drop_draft(HalfTyped, draft.record_id, draft.field)
