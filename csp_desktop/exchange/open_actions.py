"""Open actions that were kept in Word or Excel until now: who does what by when, and for which case."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from csp_desktop.domain.common.aliases import Progress, unheard
from csp_desktop.domain.common.folding import key_of, reference_in
from csp_desktop.domain.common.written_days import EARLIEST, written_day
from csp_desktop.exchange.mapping.fields import Fits, TableKind, TargetField, is_day, is_reference
from csp_desktop.exchange.mapping.tables import mapped, no_list
from csp_desktop.exchange.members import MEMBERS
from csp_desktop.exchange.named_columns import Gathering, Mistakes, day_in, template, texts_of
from csp_desktop.exchange.reading.reader import read_book
from csp_desktop.exchange.reading.table import Book, Cell
from csp_desktop.exchange.safety_net import EXPORT
from csp_desktop.services.common.import_columns import ChosenColumns, LeftOut
from csp_desktop.services.common.import_rows import ImportWarning, OnlyText, OpenActionFile, OpenActionLine, Refusal

OFFICER, WITH, ACTION, BY = "Officer", "With", "Action", "By"
CASE, AGREED, STATUS = "Case reference", "Agreed on", "Status"
COLUMNS = (OFFICER, WITH, ACTION, BY, CASE, AGREED, STATUS)
DAYS = (BY, AGREED)
_ALSO_CALLED: Mapping[str, tuple[str, ...]] = {
    OFFICER: ("owner", "action owner", "lead", "lead officer", "who", "by whom", "responsible", "assigned to", "name"),
    WITH: ("supported by", "others", "support from"),
    ACTION: ("actions", "what", "task", "description", "agreed action", "action required", "action agreed"),
    BY: ("due", "due date", "by when", "when", "deadline", "date due", "target date", "timescale", "complete by"),
    CASE: ("case", "reference", "safety net reference", "safety net", "sn reference", "sn ref", "case ref", "ref"),
    AGREED: ("agreed", "date agreed", "date set", "raised", "date raised", "meeting", "meeting date"),
    STATUS: ("state", "progress", "outcome", "update", "complete", "done", "rag"),
}
_FITS: Mapping[str, Fits] = {BY: is_day, AGREED: is_day, CASE: is_reference}
_GUIDE = (
    (OFFICER, "Whose action it is: a name, initials or an agency, as in the meeting. Required."),
    (WITH, "Who does it with them, if anyone."),
    (ACTION, "What is to be done. Required."),
    (BY, "The due date, day first, for example 12/11/2026. Leave empty if none was set."),
    (CASE, "The Safety Net reference, for example SN-2026-0123. Leave empty for an action of the whole group."),
    (AGREED, "The date of the meeting that agreed it. Leave empty for the last meeting."),
    (STATUS, "“Open”, or leave empty. Rows that are done or closed are not imported."),
)
ACTIONS = TableKind(
    "a list of actions",
    tuple(
        TargetField(
            column,
            _ALSO_CALLED[column],
            ("birth", "dob", "number", "no"),
            _FITS.get(column),
            strict=column in DAYS,
            needed=column in (OFFICER, ACTION),
            is_day=column in DAYS,
        )
        for column in COLUMNS
    ),
    ACTION,
    others=(MEMBERS, EXPORT),
)
_CLOSED = ("done", "closed", "complete", "cancelled", "canceled", "withdrawn", "discharged", "nolongerpossible", "nfa")
_OPEN = frozenset(map(key_of, ("", "open", "ongoing", "in progress", "outstanding", "pending", "overdue", "new")))
_OPEN_TOO = frozenset(map(key_of, ("not done", "not complete", "not completed", "not started", "carried forward")))
_FINISHED = frozenset(["y", "yes", "x", "✓", "100%"])  # in a column that asks whether it is
_FOR_GROUP = frozenset(map(key_of, ("none", "n/a", "na", "-", "group", "general", "all", "cpg", "no case")))
_FOLLOWING = frozenset(map(key_of, ("next meeting", "next cpg", "next month", "the next meeting", "next time")))
_LOOKED_AT = 20  # lines of a document in which the day of the meeting stands


def actions_template() -> bytes:
    """An empty workbook with every column, to be filled in and imported; its second sheet says what goes where."""
    return template(COLUMNS, _GUIDE, sheet="Actions")


def read_actions(
    source: Path | bytes | Book, name: str = "", chosen: ChosenColumns | None = None, progress: Progress = unheard
) -> OpenActionFile:
    """Read a list of actions. Those that are closed are left out and named. A row that is not in order is refused with
    its line, and column, value and reason of each of its mistakes. Raises Refused when the file as a whole is no such
    list, OnlyText for a document without a table, ColumnsUnclear when a person has to say what a column is."""
    letters = chosen.letters if chosen else None
    book = source if isinstance(source, Book) else read_book(source, name, progress, letters)
    named_day = day_in_text(book.prose[:_LOOKED_AT])
    if book.prose and not book.sheets:
        raise OnlyText(no_list(book, ACTIONS), book.name, book.prose, named_day)
    table = mapped(book, ACTIONS, chosen)
    finishes = {key_of(one.heading) for one in table.mapping.columns if one.field == STATUS} & {"complete", "done"}
    rows: list[OpenActionLine] = []
    refused: list[Refusal] = list(table.refused)
    left: list[LeftOut] = []
    warnings: list[ImportWarning] = []
    for line, cells in table.rows:
        try:
            row = _row(line, cells)
        except Mistakes as wrong:
            refused += [Refusal(line, mistake.column, mistake.value, mistake.reason) for mistake in wrong.each]
            continue
        if _is_closed(row.status, asks_whether_done=bool(finishes)):
            left.append(LeftOut(table.mapping.sheet, line, f"closed (“{row.status}”): {row.what[:80]}"))
            continue
        if key_of(row.status) not in _OPEN | _OPEN_TOO | {"n", "no"}:
            why = f"“{row.status[:60]}” says neither open nor closed. The action is taken as open."
            warnings.append(ImportWarning(line, STATUS, row.status, why))
        rows.append(row)
    refused.sort(key=lambda one: one.line)
    return OpenActionFile(
        book.name,
        tuple(rows),
        tuple(refused),
        (*table.warnings, *warnings),
        table.mapping,
        (*table.left_out, *left),
        book.prose,
        named_day,
    )


def day_in_text(lines: Sequence[str]) -> date | None:
    """The first day that stands in the lines of a document; None where none does."""
    for line in lines:
        words = line.replace("|", " ").replace(",", " ").split()
        for count in (4, 3, 2, 1):
            for start in range(len(words) - count + 1):
                day = written_day(" ".join(words[start : start + count]).strip(".:;()")).day_first
                if day is not None and day >= EARLIEST:
                    return day
    return None


def _is_closed(status: str, *, asks_whether_done: bool) -> bool:
    key = key_of(status)
    if asks_whether_done and status.strip().casefold() in _FINISHED:
        return True
    return key not in _OPEN_TOO and key.startswith(_CLOSED)


def _row(line: int, cells: Mapping[str, Cell]) -> OpenActionLine:
    row = Gathering()
    text = texts_of(cells, COLUMNS, row)
    for heading in (OFFICER, ACTION):
        if not text[heading] and not row.has(heading):
            row.note(heading, "", f"{heading} is missing.")
    follows = key_of(text[BY]) in _FOLLOWING
    if follows:
        text[BY] = ""
    days = {column: row.take(partial(day_in, cells, text, column)) for column in DAYS}
    reference = "" if key_of(text[CASE]) in _FOR_GROUP | {""} else reference_in(text[CASE])
    if text[CASE] and not reference and key_of(text[CASE]) not in _FOR_GROUP | {""}:
        row.note(
            CASE,
            text[CASE],
            "This is not a Safety Net reference such as SN-2026-047400. Leave it empty for an action of the group.",
        )
    row.finish()
    return OpenActionLine(
        line, text[OFFICER], text[WITH], text[ACTION], days[BY], reference, days[AGREED], text[STATUS], follows
    )
