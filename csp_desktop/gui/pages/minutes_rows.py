"""The words of the minutes page: sections with their pages, checks of the paper and of the printed pages."""

from collections.abc import Sequence

from csp_desktop.domain.minutes import Minutes
from csp_desktop.domain.minutes_checks import MinutesCheck
from csp_desktop.domain.minutes_layout import Section, sections
from csp_desktop.gui.pdf_pages import Mark, PdfPages
from csp_desktop.gui.theme import Tone
from csp_desktop.gui.widgets.entry import Entry


def section_entries(minutes: Minutes, pages: PdfPages, checks: Sequence[MinutesCheck]) -> list[Entry]:
    """Every section with the page it begins on; those a check fails in are marked."""
    failing = {check.section_id for check in checks if not check.passed}
    found = []
    for section, mark in _placed(minutes, pages):
        marked = section.id in failing
        title = section.title if section.level == 1 else f"    {section.title}"
        caption = str(mark.page + 1)
        found.append(Entry(section.id, title, caption=caption, pill="check" if marked else "", pill_tone=Tone.MEDIUM))
    return found


def _placed(minutes: Minutes, pages: PdfPages) -> list[tuple[Section, Mark]]:
    """The bookmarks stand in the order of the sections: one for each."""
    return list(zip(sections(minutes), pages.marks(), strict=False))


def check_rows(
    minutes: Minutes, pages: PdfPages, checks: Sequence[MinutesCheck]
) -> tuple[list[tuple[MinutesCheck, Tone]], list[str]]:
    """What failed with its tone, and the words of what passed."""
    checks = [*checks, *_printed_checks(minutes, pages)]
    failed = [(check, Tone.HIGH if "case" in check.section_id else Tone.MEDIUM) for check in checks if not check.passed]
    return failed, [check.words for check in checks if check.passed]


def _printed_checks(minutes: Minutes, pages: PdfPages) -> list[MinutesCheck]:
    unmarked = pages.unmarked(minutes.marking)
    return [MinutesCheck(not unmarked, "Marked on every page", f"Not on page {_numbers(unmarked)}")]


def _numbers(pages: list[int]) -> str:
    return ", ".join(str(page) for page in pages[:5]) + (" and more" if len(pages) > 5 else "")


def file_name(minutes: Minutes) -> str:
    """No name of a person, no reference: day, kind and edition."""
    return f"CPG minutes {minutes.on:%Y-%m-%d} {minutes.edition.lower()}.pdf"
