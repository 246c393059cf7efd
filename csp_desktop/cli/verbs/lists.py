"""Taking lists over: cases, members, people sleeping rough, open actions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from csp_desktop.domain.common.days import dated_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.meeting import earlier_minutes
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.exchange.mapping.files import read_mapping, require_named, write_mapping
from csp_desktop.services.cases import case_import
from csp_desktop.services.cases.import_questions import (
    NEVER_CHANGES,
    OLDER,
    TAKE,
    Alike,
    alike_words,
    changed_key,
    vanished_words,
)
from csp_desktop.services.common.import_columns import ChosenColumns, ColumnMapping, ColumnsUnclear
from csp_desktop.services.common.import_rows import ImportWarning, OnlyText, rows_refused
from csp_desktop.services.meeting import action_import, agenda
from csp_desktop.services.meeting.earlier_minutes import keep_earlier
from csp_desktop.services.people import member_import, people
from csp_desktop.services.private import people_import
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class Columns:
    """What is said of the columns of a file: a mapping file to read, and one to write."""

    map: Path | None = None
    map_out: Path | None = None

    def read(self, read: Callable[..., Any], file: Path) -> Any:
        """The file as read by it. Raises Refused, with what to do about it where a column is not clear."""
        chosen = read_mapping(self.map) if self.map else None
        try:
            parsed = read(file, chosen=chosen)
        except ColumnsUnclear as unclear:
            if self.map and chosen:
                require_named(self.map, chosen, unclear.mapping)
            words = "To say which column is which, add --map-out FILE, correct that file, and import with --map FILE."
            if self.map_out:
                write_mapping(self.map_out, unclear.mapping)
                words = f"What was guessed is saved in {self.map_out}. Correct it and import with --map."
            raise Refused(f"{unclear.sentence} {words}") from None
        if self.map and chosen:
            require_named(self.map, chosen, parsed.mapping)
        if self.map_out:
            write_mapping(self.map_out, parsed.mapping)
        return replace(parsed, warnings=(*parsed.warnings, *_guessed_letters(parsed.mapping, chosen)))


def import_cases(
    session: Session,
    file: Path,
    as_of: date | None,
    *,
    dry_run: bool,
    columns: Columns = Columns(),  # noqa: B008 - it cannot be changed
    alike: Alike = Alike.ASKED,
    take_changed: bool = False,
) -> dict[str, Any]:
    """Import an export, with `take_changed` also initials and creation dates that change on many cases at once:
    `{"new", "changed", "unchanged", "refused": [{"line", "column", "value", "reason"}], "as_of", "older", "vanished":
    [reference], "looks_like": [{"line", "reference", "known", "why"}], "warnings": [{"line", "column", "value",
    "why"}], "mapping": {theirs: ours}, "left_out": [{"sheet", "line", "why"}]}`."""
    parsed = columns.read(session.papers.read_cases, file)
    answers = {changed_key(name): TAKE for name in NEVER_CHANGES} if take_changed else {}
    preview = case_import.preview_cases(session, parsed, as_of, alike, answers)
    _require_rows(parsed.name, preview.rows or preview.looks_like, preview.refused, "case")
    if not dry_run:
        with session.work.step(f"import of {parsed.name}"):
            case_import.import_cases(session, parsed, as_of, alike, answers)
            agenda.bring_walk_up_to_date(session)
    return {
        "new": preview.new,
        "changed": preview.changed,
        "unchanged": preview.unchanged,
        "refused": _refusals(preview.refused),
        "as_of": preview.as_of.isoformat(),
        "older": preview.older,
        "vanished": [case.reference for case in preview.vanished],
        "looks_like": [
            {"line": one.line, "reference": one.reference, "known": one.known, "why": one.why}
            for one in preview.looks_like
        ],
        **_told_of_file(parsed),
        "warnings": _warnings(preview.warnings),
        "sentences": _case_sentences(file.name, preview, alike, dry_run=dry_run),
    }


def _case_sentences(name: str, preview: case_import.ImportPreview, alike: Alike, *, dry_run: bool) -> list[str]:
    done = "would be imported" if dry_run else "imported"
    return [
        f"{name}, as of {dated_day(preview.as_of)}: {preview.new} new, {preview.changed} changed, "
        f"{preview.unchanged} unchanged cases {done}; {count_of(len(preview.refused), 'row', 'rows')} refused.",
        *filter(None, [OLDER if preview.older else "", preview.nothing_new]),
        *(f"Line {one.line}, {one.column}: {one.reason}" for one in preview.refused),
        *_question_words(preview, alike),
        *(warning.sentence for warning in preview.warnings),
        *_left_out_words(preview.left_out),
    ]


def _question_words(preview: case_import.ImportPreview, alike: Alike) -> list[str]:
    """What is asked, each with how to answer it."""
    told = alike_words(preview.looks_like)
    if told and alike is Alike.ASKED:
        rows = count_of(len(told), "row was", "rows were")
        told.append(
            f"{rows} left out for this. Add --alike same where they are the known cases, --alike new where they are "
            "new ones."
        )
    if any(
        question.key in map(changed_key, NEVER_CHANGES) and not question.is_answered for question in preview.questions
    ):
        told.append("Values that change on many cases at once were not imported. Add --take-changed to import them.")
    return [*told, *filter(None, [vanished_words(preview.vanished)])]


def import_members(
    session: Session,
    file: Path,
    *,
    dry_run: bool,
    columns: Columns = Columns(),  # noqa: B008 - it cannot be changed
    alike: Alike = Alike.ASKED,
    kinds: Mapping[str, AgencyKind] = MappingProxyType({}),
    with_asked: bool = False,
) -> dict[str, Any]:
    """Import the member list: the same as for cases, `kinds` those of agencies that are new; `with_asked` also the
    rows whose name is likely somebody's on the list."""
    parsed = columns.read(session.papers.read_members, file)
    if with_asked:
        parsed = replace(parsed, others=frozenset(row.line for row in parsed.rows))
    answers = {**_for_all(alike), **{member_import.kind_key(name): kind.value for name, kind in kinds.items()}}
    preview = member_import.preview_members(session, parsed, answers)
    held_back = (*preview.refused, *preview.waiting)
    _require_rows(parsed.name, preview.taken or preview.asked, held_back, "person")
    if not dry_run:
        member_import.import_members(session, parsed, answers)
    return _told_of_people(file, parsed, preview, dry_run=dry_run)


def import_people(
    session: Session,
    file: Path,
    *,
    dry_run: bool,
    columns: Columns = Columns(),  # noqa: B008 - it cannot be changed
    alike: Alike = Alike.ASKED,
) -> dict[str, Any]:
    """Import people sleeping rough into the private file: the same as for cases."""
    assert session.papers.read_people is not None
    parsed = columns.read(session.papers.read_people, file)
    preview = people_import.preview_people(session, parsed, _for_all(alike))
    _require_rows(parsed.name, preview.taken, (*preview.refused, *preview.waiting), "person")
    if not dry_run:
        people_import.import_people(session, parsed, _for_all(alike))
    return _told_of_people(file, parsed, preview, dry_run=dry_run)


def import_actions(
    session: Session,
    file: Path,
    held_on: date | None,
    *,
    dry_run: bool,
    columns: Columns = Columns(),  # noqa: B008 - it cannot be changed
    alike: Alike = Alike.ASKED,
    officers: Mapping[str, str] = MappingProxyType({}),
    keeps_minutes: bool = False,
) -> dict[str, Any]:
    """Import open actions kept elsewhere: the same keys as for cases, nothing of which changes or vanishes. `officers`:
    who is meant by a name of the list, as the list of people has them; an empty name leaves the rows out. `held_on`:
    the day of the meeting they were agreed at; `keeps_minutes`: the text of the document is kept as its minutes, alone
    where it has no table. Raises Refused for a document without one that is not to be kept."""
    assert session.papers.read_actions is not None
    try:
        parsed = columns.read(session.papers.read_actions, file)
    except OnlyText as text:
        if not keeps_minutes:
            raise Refused(f"{text.sentence} Add --keep-minutes to keep its text as the last minutes.") from None
        return _keep_text(session, text, held_on or text.named_day, dry_run=dry_run)
    answers = {action_import.officer_key(said): _member_id(session, name) for said, name in officers.items()}
    if alike is Alike.SAME:
        asked = action_import.preview_actions(session, parsed, held_on, answers).looks_like
        answers |= {action_import.case_key(one.reference): action_import.SAME for one in asked}
    preview = action_import.preview_actions(session, parsed, held_on, answers)
    held_back = action_import.held_back(preview)
    _require_rows(parsed.name, preview.new or preview.unchanged, held_back, "open action")
    if not dry_run:
        action_import.import_actions(session, parsed, held_on, answers, keeps_minutes=keeps_minutes)
    return _told_of_actions(file, parsed, preview, dry_run=dry_run)


def _keep_text(session: Session, text: OnlyText, on: date | None, *, dry_run: bool) -> dict[str, Any]:
    """Of a document without a table: nothing but its text."""
    lines, kept = "\n".join(text.prose), f"{text.name}: {count_of(len(text.prose), 'line', 'lines')}"
    if dry_run:
        earlier_minutes.checked(lines, on, session.today)
    else:
        kept = f"{text.name}: {keep_earlier(session, lines, on, text.name).words}"
    nothing: dict[str, Any] = dict.fromkeys(("refused", "vanished", "looks_like", "warnings", "left_out"), [])
    done = "would be kept" if dry_run else "kept"
    return {
        "new": 0,
        "changed": 0,
        "unchanged": 0,
        "mapping": {},
        **nothing,
        "held_on": on.isoformat() if on else None,
        "sentences": [f"{kept}; {done}. It has no table, so no action was imported."],
    }


def _told_of_actions(
    file: Path, parsed: Any, preview: action_import.ActionsPreview, *, dry_run: bool
) -> dict[str, Any]:
    done, refused = "would be imported" if dry_run else "imported", _refusals(action_import.held_back(preview))
    counts = action_import.preview_words(preview)
    return {
        "new": preview.new,
        "changed": 0,
        "unchanged": preview.unchanged,
        "refused": refused,
        "held_on": preview.held_on.isoformat() if preview.held_on else None,
        "vanished": [],
        "looks_like": [
            {"line": one.line, "reference": one.reference, "known": one.known, "why": one.why}
            for one in preview.looks_like
        ],
        **_told_of_file(parsed),
        "warnings": _warnings(parsed.warnings),
        "sentences": [
            f"{file.name}: {counts.rstrip('.')}; {preview.new} {done}.",
            *(f"Line {r['line']}, {r['column']}: {r['reason']}" for r in refused),
            *(["Say who is meant with --officer 'NAME=PERSON'."] if preview.questions else []),
            *(warning.sentence for warning in parsed.warnings),
            *_left_out_words(parsed.left_out),
        ],
    }


def _member_id(session: Session, name: str) -> str:
    """The one person of this name on the list; empty: leave the rows out. Raises Refused for nobody."""
    if not name:
        return action_import.OUT
    found = [row.member.id for row in people.people(session) if row.member.name.casefold() == name.casefold()]
    if len(found) != 1:
        raise Refused(f"“{name}” is {'nobody' if not found else 'more than one person'} on the list of people.")
    return found[0]


def _for_all(alike: Alike) -> dict[str, str]:
    """What is answered of everybody who looks like somebody known."""
    return {} if alike is Alike.ASKED else {member_import.ALL_ALIKE: alike.value}


def _require_rows(name: str, rows: Any, refused: Any, what: str) -> None:
    """Where no row can go in nothing is written, not even that somebody tried. Raises Refused, with the reasons."""
    if rows:
        return
    if not refused:
        raise Refused(f"{name} has headings, but no {what} in it. Nothing was imported.")
    reasons = " ".join(f"Line {one.line}, {one.column}: {one.reason}" for one in refused[:3])
    raise Refused(f"No row of {name} can be imported: all {rows_refused(refused)} are refused. {reasons}")


def _told_of_file(parsed: Any) -> dict[str, Any]:
    """What was made of the file: each of their headings that is read, and what was left out of it."""
    return {
        "mapping": {column.heading: column.field for column in parsed.mapping.columns if column.field},
        "left_out": [{"sheet": one.sheet, "line": one.line, "why": one.why} for one in parsed.left_out],
    }


def _warnings(warnings: Any) -> list[dict[str, Any]]:
    return [{"line": one.line, "column": one.column, "value": one.value, "why": one.why} for one in warnings]


def _guessed_letters(mapping: ColumnMapping, said: ChosenColumns | None) -> list[ImportWarning]:
    """Where nothing in a text says how its letters are written and nobody has said it: how they were read."""
    if mapping.letters is None or not mapping.odd_values or (said and said.letters):
        return []
    why = f"The file does not say which character set it uses. It was read as {mapping.letters.value}."
    why += " If these are wrong, add --map-out FILE, correct “letters” in it, and import with --map FILE."
    return [ImportWarning(None, "", "; ".join(mapping.odd_values), why)]


def _left_out_words(left_out: Any) -> list[str]:
    told = []
    for one in left_out:
        sheet, line = f"sheet “{one.sheet}”" if one.sheet else "", f"line {one.line}" if one.line else ""
        told.append(f"Left out, {', '.join(filter(None, (sheet, line)))}: {one.why}.")
    return told


def _told_of_people(file: Path, parsed: Any, preview: member_import.MembersPreview, *, dry_run: bool) -> dict[str, Any]:
    done = "would be imported" if dry_run else "imported"
    refused = _refusals(sorted((*preview.refused, *preview.waiting), key=lambda one: one.line))
    return {
        "new": preview.new,
        "changed": preview.changed,
        "unchanged": preview.unchanged,
        "refused": refused,
        "asked": [
            {"line": one.line, "name": one.name, "question": one.question, "imported": one.goes_in}
            for one in preview.asked
        ],
        "vanished": list(preview.vanished),
        "looks_like": [
            {"line": one.line, "reference": one.name, "known": one.known, "why": one.why} for one in preview.looks_like
        ],
        **_told_of_file(parsed),
        "warnings": _warnings(parsed.warnings),
        "sentences": [
            f"{file.name}: {preview.new} new, {preview.changed} changed, {preview.unchanged} unchanged people {done}; "
            f"{count_of(rows_refused((*preview.refused, *preview.waiting)), 'row', 'rows')} refused.",
            *(f"Line {r['line']}, {r['column']}: {r['reason']}" for r in refused),
            *_asked_words(preview),
            *_gone_words(preview.vanished),
            *(warning.sentence for warning in parsed.warnings),
            *_left_out_words(parsed.left_out),
        ],
    }


def _asked_words(preview: member_import.MembersPreview) -> list[str]:
    """Each name that is likely somebody's on the list, and how to answer."""
    told = [f"Line {one.line}, {one.name}: {one.question}" for one in preview.asked]
    open_ = sum(not one.goes_in for one in preview.asked)
    if open_:
        rows = count_of(open_, "row was", "rows were")
        told.append(f"{rows} left out for this. Add --with-asked to import them as new people.")
    return told


def _gone_words(vanished: Sequence[str]) -> list[str]:
    if not vanished:
        return []
    people = count_of(len(vanished), "known person is", "known people are")
    return [f"{people} not in this file: {', '.join(vanished[:10])}. Importing a list removes nobody."]


def _refusals(refused: Any) -> list[dict[str, Any]]:
    return [{"line": r.line, "column": r.column, "value": r.value, "reason": r.reason} for r in refused]
