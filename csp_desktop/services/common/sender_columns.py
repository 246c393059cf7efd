"""What was said of a sender's columns, kept in the file and found again by the headings."""

from collections.abc import Sequence

from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.sender_columns import SenderColumns, in_common, nearest
from csp_desktop.services.common.import_columns import ChosenColumns, ColumnMapping, DayOrder, Letters
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session


def remembered(session: Session, kind: str, headings: Sequence[str]) -> tuple[SenderColumns, bool] | None:
    """The sender whose list has these headings, and whether they are exactly theirs; None where nobody's is near."""
    with session.work.reading() as records:
        found = nearest(records.find(SenderColumns, kind=kind), headings)
    return (found, in_common((theirs for theirs, _ in found.columns), headings) == 1) if found else None


def said_by(sender: SenderColumns) -> ChosenColumns:
    """What is remembered, as it is said of a file."""
    return ChosenColumns(
        dict(sender.columns),
        sender.sheet,
        DayOrder(sender.order) if sender.order else None,
        Letters(sender.letters) if sender.letters else None,
    )


def remember(session: Session, records: Records, kind: str, sender: str, mapping: ColumnMapping) -> None:
    """Keep what the columns of a list are under its sender's name; what was kept under it before gives way. Within the
    step that takes the list in."""
    name = " ".join(sender.split())
    if not name:
        return
    known = next((one for one in records.find(SenderColumns, kind=kind) if one.sender == name), None)
    order = mapping.order.value if mapping.order is DayOrder.MONTH_FIRST else ""
    made = SenderColumns(
        known.id if known else new_id(),
        kind,
        name,
        tuple((column.heading, column.field) for column in mapping.columns),
        mapping.sheet,
        order,
        mapping.letters.value if mapping.letters else "",
        session.today,
        session.user_name,
    )
    if known is None or (known.columns, known.sheet, known.order, known.letters) != (
        made.columns,
        made.sheet,
        made.order,
        made.letters,
    ):
        records.save(made)


def senders(session: Session, kind: str) -> tuple[str, ...]:
    """Whose lists of this kind are known, the latest first."""
    with session.work.reading() as records:
        found = sorted(records.find(SenderColumns, kind=kind), key=lambda one: one.on, reverse=True)
    return tuple(one.sender for one in found)
