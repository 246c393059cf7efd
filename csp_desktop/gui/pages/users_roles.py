"""Roles as check boxes, each with what it allows: for somebody who has some, and for somebody who is to get them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QCheckBox, QLabel

from csp_desktop.gui.pages.users_words import notes_for
from csp_desktop.gui.theme import current
from csp_desktop.services.keeping_users import ROLE_WORDS
from csp_desktop.services.session import Role

Box = tuple[QCheckBox, QLabel]


class RoleBoxes(QObject):
    """The first boxes get the file's roles, the others are hidden. `changed` after each click of a person."""

    def __init__(
        self, boxes: Sequence[Box], roles: tuple[Role, ...], changed: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._boxes = dict(zip(roles, boxes, strict=False))
        for box, note in boxes[len(roles) :]:
            box.hide()
            note.hide()
        for role, (box, note) in self._boxes.items():
            words = notes_for(role, roles)
            box.setText(f"{ROLE_WORDS[role]}")
            box.setAccessibleDescription(words)
            note.setText(words)
            note.setContentsMargins(current().px(26), 0, 0, 0)
            box.clicked.connect(lambda _=False: changed())

    def show(self, held: Sequence[Role], *, editable: bool = True) -> None:
        """Tick these."""
        for role, (box, _) in self._boxes.items():
            box.setChecked(role in held)
            box.setEnabled(editable)

    def chosen(self) -> tuple[Role, ...]:
        """What is ticked."""
        return tuple(role for role, (box, _) in self._boxes.items() if box.isChecked())
