"""Connects the widgets that are made anew for each person with what can be done."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from csp_desktop.gui.pages.live_keys import OwnUndo
from csp_desktop.gui.pages.live_typing import Typing
from csp_desktop.gui.pages.private_live_doing import PrivateDoing
from csp_desktop.gui.pages.private_live_person import PersonView
from csp_desktop.gui.pages.private_live_side import ActionsSide
from csp_desktop.gui.pages.private_live_typed import Typed

Refuse = Callable[[str], None]


class Wiring(QObject):
    """`refuse` is where a refusal is told unless the field it belongs to tells it."""

    def __init__(self, doing: PrivateDoing, typing: Typing, typed: Typed, own_undo: OwnUndo, refuse: Refuse) -> None:
        super().__init__(doing)
        self._doing, self._typing, self._typed, self._own_undo = doing, typing, typed, own_undo
        self._refuse = refuse
        doing.refused.connect(refuse)

    def person(self, view: PersonView) -> None:
        """A person's note, last actions, offers and outcomes."""
        doing, offers, answers, outcomes = self._doing, view.beside.offers, view.beside.answers, view.outcomes
        view.note.edited.connect(self._typed.note)
        view.note.edit_ended.connect(lambda _text: doing.end_typing())
        doing.did.connect(view.note.seal)
        view.saved.retry_asked.connect(self._typing.flush)
        answers.answered.connect(
            lambda key, answer, why, due: self._at(answers.refuse, lambda: doing.answer(key, answer, why, due))
        )
        offers.typed.connect(self._typed.offer)
        offers.offered.connect(lambda what: self._at(offers.refuse, lambda: doing.offer(what)))
        offers.answered.connect(doing.answer_offer)
        outcomes.typed.connect(self._typed.reason)
        outcomes.reason_left.connect(lambda words: doing.say(reason=words))
        outcomes.day_given.connect(lambda day: doing.say(see_again=day))
        outcomes.again_asked.connect(doing.take_up_again)
        self._own_undo.watch(view.note, outcomes.reason_edit, outcomes.day_edit, offers.line, answers.field)

    def actions(self, side: ActionsSide) -> None:
        """The column of actions."""
        side.change_asked.connect(lambda action_id: self._take_up(side, action_id))
        side.removal_asked.connect(self._doing.remove)
        side.line.agreed.connect(lambda said: self._agree(side, said))
        side.line.changed.connect(lambda action_id, change: self._change_action(side, action_id, change))
        side.line.kept = self._typed.line
        self._own_undo.watch(side.entry.line)

    def _at(self, refuse: Refuse, do: Callable[[], object]) -> None:
        self._doing.refused.disconnect(self._refuse)
        self._doing.refused.connect(refuse)
        do()
        self._doing.refused.disconnect(refuse)
        self._doing.refused.connect(self._refuse)

    def _agree(self, side: ActionsSide, said: object) -> None:
        if self._doing.agree(said):  # type: ignore[arg-type]
            self._empty_line(side)

    def _change_action(self, side: ActionsSide, action_id: str, change: object) -> None:
        if self._doing.change(action_id, change):  # type: ignore[arg-type]
            self._empty_line(side)

    def _empty_line(self, side: ActionsSide) -> None:
        doing = self._doing
        if doing.person is not None and doing.sitting is not None:
            doing.sitting.drop_line()
        side.line.clear()

    def _take_up(self, side: ActionsSide, action_id: str) -> None:
        for row in self._doing.agreed:
            if row.action.id == action_id:
                side.line.change(row)
