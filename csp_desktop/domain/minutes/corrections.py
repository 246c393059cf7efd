"""Corrections put into the frozen facts of a paper: pure, on JSON's own values, the same for both meetings.

A part of the facts is a table of fields with an `id`; one action stands in several lists under the same id and is put
right in all of them.
"""

import json
from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

from csp_desktop.domain.meeting.signatures import NO_LONGER_HELD
from csp_desktop.domain.minutes.versions import Correction, CorrectionKind

Facts = dict[str, Any]
TOGETHER = "+"  # joins the names of fields that are put right together: an officer's name, agency and id


def corrected(facts: Facts, corrections: Iterable[Correction]) -> Facts:
    """The facts with every correction put in, in the order of their numbers; what is given stays as it is. One about a
    part that is no longer there, since it was lawfully erased, changes nothing."""
    after = deepcopy(facts)
    for correction in sorted(corrections, key=lambda one: one.number):
        _put_in(after, correction)
    return after


def _put_in(facts: Facts, correction: Correction) -> None:
    match correction.kind:
        case CorrectionKind.CHANGE:
            for part in parts(facts, correction.part_id):
                part.update(_changes(part, correction))
        case CorrectionKind.ADD:
            for whole in parts(facts, correction.meeting_id):
                whole[correction.field].append(json.loads(correction.after))
        case CorrectionKind.REMOVE:
            for whole in parts(facts, correction.meeting_id):
                kept = [one for one in whole[correction.field] if one.get("id") != correction.part_id]
                whole[correction.field] = kept


def _changes(part: Facts, correction: Correction) -> Facts:
    """Only what the part has: an action's line under a case may say less than the one in the officers' table."""
    names = correction.field.split(TOGETHER)
    after = json.loads(correction.after)
    values = after if len(names) > 1 else [after]
    return {name: value for name, value in zip(names, values, strict=True) if name in part}


def parts(facts: Any, part_id: str) -> Iterator[Facts]:
    """Every part of this id; the meeting's own id is that of the whole."""
    if isinstance(facts, dict):
        if part_id in (facts.get("id"), facts.get("meeting_id")):
            yield facts
        for inner in facts.values():
            yield from parts(inner, part_id)
    elif isinstance(facts, list):
        for inner in facts:
            yield from parts(inner, part_id)


def value_of(facts: Facts, part_id: str, field: str) -> str:
    """A field of a part, or several that change together, as JSON. Raises KeyError where there is none."""
    names = field.split(TOGETHER)
    for part in parts(facts, part_id):
        if all(name in part for name in names):
            values = [part[name] for name in names]
            return as_json(values if len(names) > 1 else values[0])
    raise KeyError(field)


def without_strokes(values: Any) -> Any:
    """Plain values, of facts or of a part of them, in which no signature is drawn any more; how each was given says so.
    Equal to what is given where none was drawn."""
    if isinstance(values, list):
        return [without_strokes(inner) for inner in values]
    if not isinstance(values, dict):
        return values
    left = {name: without_strokes(inner) for name, inner in values.items()}
    return {**left, "strokes": [], "signature": NO_LONGER_HELD} if left.get("strokes") else left


def as_json(value: Any) -> str:
    """A plain value as a correction keeps it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
