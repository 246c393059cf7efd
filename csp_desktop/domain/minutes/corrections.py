"""Corrections put into the frozen facts of a paper: pure, on JSON's own values, the same for both meetings.

A part of the facts is a table of fields with an `id`; one action stands in several lists under the same id and is put
right in all of them.
"""

import json
from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

from csp_desktop.domain.minutes.versions import Correction, CorrectionKind

Facts = dict[str, Any]


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
                if correction.field in part:
                    part[correction.field] = json.loads(correction.after)
        case CorrectionKind.ADD:
            for whole in parts(facts, correction.meeting_id):
                whole[correction.field].append(json.loads(correction.after))
        case CorrectionKind.REMOVE:
            for whole in parts(facts, correction.meeting_id):
                kept = [one for one in whole[correction.field] if one.get("id") != correction.part_id]
                whole[correction.field] = kept


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
    """A field of a part as JSON, as a correction keeps it. Raises KeyError where there is none."""
    for part in parts(facts, part_id):
        if field in part:
            return json.dumps(part[field], ensure_ascii=False, sort_keys=True)
    raise KeyError(field)
