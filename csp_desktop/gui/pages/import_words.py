"""The words of the import page: its counts, lists and where the proposed day comes from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from csp_desktop.domain.days import long_day
from csp_desktop.services.importing import ImportPreview, Kind
from csp_desktop.services.papers_in import CaseFile

HEADS = {False: ("Reference", "Case", "What changes"), True: ("Line", "Column", "Value", "Why it is refused")}


@dataclass(frozen=True)
class Chip:
    """One of the four lists of a preview."""

    text: str
    kind: Kind | None
    count: Callable[[ImportPreview], int]

    @property
    def refused(self) -> bool:
        """Whether it lists what is wrong."""
        return self.kind is None


CHIPS = (
    Chip("New", Kind.NEW, lambda p: p.new),
    Chip("Changed", Kind.CHANGED, lambda p: p.changed),
    Chip("Unchanged", Kind.UNCHANGED, lambda p: p.unchanged),
    Chip("Refused", None, lambda p: len(p.refused)),
)


def chip_text(chip: Chip, preview: ImportPreview) -> str:
    """'New  20'"""
    return f"{chip.text}  {chip.count(preview)}"


def rows_of(chip: Chip, preview: ImportPreview) -> list[tuple[str, ...]]:
    """The rows of one list."""
    if chip.kind is None:
        return [(str(r.line), r.column, r.value, r.reason) for r in preview.refused]
    return [(r.reference, r.title, r.words) for r in preview.rows if r.kind is chip.kind]


def counts_words(preview: ImportPreview) -> str:
    """'20 new, 25 changed, 3 unchanged. 2 rows refused; they do not go in.'"""
    said = f"{preview.new} new, {preview.changed} changed, {preview.unchanged} unchanged."
    refused = len(preview.refused)
    if refused:
        said += f" {refused} {'row is' if refused == 1 else 'rows are'} refused and will not go in."
    return f"{said} {preview.nothing_new}".strip()


def day_words(parsed: CaseFile, own: date | None) -> str:
    """Where the as-of day comes from."""
    if own is not None:
        return f"Set by hand to {long_day(own)}."
    if parsed.named_day:
        return "From the file's name."
    if parsed.named_month:
        return "The latest date in the file of the month in its name. Change it if the export was made later."
    return "The latest date in the file. Change it if the export was made later."
