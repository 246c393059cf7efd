"""Ctrl+Z on a page: the last step is taken back, or the bar says why it cannot be."""

from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.message_bar import InlineBar
from csp_desktop.gui.window.context import Desk, Kind


def take_back(desk: Desk, bar: InlineBar, *told: Kind) -> bool:
    """Undo the last step, say what it was, and tell the other pages what changed. False when it was refused."""
    try:
        step = desk.session.work.undo()
    except Refused as refusal:
        bar.say(refusal.sentence, tone=Tone.HIGH, undo="")
        return False
    words = f"Undone: {step.words}." if step is not None else "There is nothing to undo."
    bar.say(words, tone=Tone.NEUTRAL, undo="")
    desk.changes.tell(*told)
    return True
