"""A form's fields by name, so that a refusal finds the one it is about."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.message_bar import InlineBar

Place = tuple[FieldError, QWidget | None]  # the label that says it, and the field it is said of


class FieldErrors:
    """`places` by the names services refuse with; fields may share a label. What is about none of them is said at
    `otherwise`: the form's own place, or the page's bar.
    """

    def __init__(self, places: Mapping[str, Place], otherwise: Place | InlineBar) -> None:
        self._places, self._otherwise = dict(places), otherwise

    @property
    def names(self) -> frozenset[str]:
        """The fields known here."""
        return frozenset(self._places)

    def show(self, refusal: Refused, *, focus: bool = True) -> None:
        """The sentence at its field alone, and with `focus` the caret there."""
        self.clear()
        field_name = refusal.field if isinstance(refusal, FieldRefused) else ""
        place = self._places.get(field_name, self._otherwise)
        if isinstance(place, InlineBar):
            place.say(refusal.sentence, tone=Tone.HIGH, undo="")
            return
        error, field = place
        error.set_error(refusal.sentence, field)
        if field is not None and focus:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Nothing is wrong any more."""
        places = list(self._places.values())
        if not isinstance(self._otherwise, InlineBar):
            places.append(self._otherwise)
        for error, field in places:
            error.clear(field)


class AskedOnce:
    """A doubt about what stands in a field is told at it; whoever presses once more, with the same in it, is sure."""

    def __init__(self, field: str, again: str) -> None:
        self._field, self._again, self._about = field, again, ""

    def require(self, doubt: str, about: str) -> None:
        """Raises FieldRefused with the doubt, if there is one, and what to do, the first time it is about this."""
        is_known, self._about = about == self._about, about if doubt else ""
        if doubt and not is_known:
            raise FieldRefused(self._field, f"{doubt} {self._again}")
