"""A section of minutes as a row: both meetings' pages list them alike."""

from collections.abc import Mapping

from csp_desktop.domain.minutes.paper_parts import Section
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.entry import Entry

Counts = Mapping[str, tuple[int, int]]  # by section: corrections made, remarks that wait


def section_entry(section: Section, page: int, is_failing: bool, counts: Counts) -> Entry:
    """Its title and page; how often it was put right, and an amber sign where a check fails or a remark waits."""
    made, waiting = counts.get(section.id, (0, 0))
    title = section.title if section.level == 1 else f"    {section.title}"
    told = [f"correct {'once' if made == 1 else f'{made} times'}"] if made else []
    told += ["check failed"] if is_failing else []
    told += ["1 comment waiting" if waiting == 1 else f"{waiting} comments waiting"] if waiting else []
    asks = is_failing or waiting > 0
    return Entry(
        section.id,
        title,
        caption=str(page + 1),
        caption_icon="circle-alert" if asks else "",
        tone=Tone.MEDIUM if asks else Tone.NEUTRAL,
        pill=str(made) if made else "",
        pill_tone=Tone.ACCENT,
        told=", ".join(told),
    )
