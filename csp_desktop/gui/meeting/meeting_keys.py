"""The keys of a meeting that runs, the group's and the private one: each page calls them by its own words."""

from csp_desktop.gui.widgets.answer_panel import ANSWERS
from csp_desktop.gui.widgets.outcome_bar import choice_key
from csp_desktop.gui.widgets.reason_field import REASONS
from csp_desktop.gui.window.actions import BACK, FIND, GO_ON, HELP, HIDE, TO_RAIL, TO_SIDE, Action

TO_NOTE = Action("minute", ("F2", "Ctrl+M"), "_to_note", strip="minute")
NEW_ACTION = Action("new action", (*TO_SIDE.keys, "Ctrl+J"), "_to_side", strip="action")
TO_LIST = Action("case list", (*TO_RAIL.keys, "Ctrl+G"), "_to_rail", strip="cases")
READ_BACK = Action("read back and continue", GO_ON.keys, "_go_on", strip="read back")
FORWARD = Action("next case", ("Alt+Right",), "_step", 1, strip="next, previous")
BACKWARD = Action("previous case", ("Alt+Left",), "_step", -1, strip="next, previous")
LAST_TIME = Action("last time's actions", ("Ctrl+T",), "_to_last")
ARRIVAL = Action("late arrival", ("F6", "Ctrl+P"), "_arrive", strip="late arrival")
LEAVING = Action("someone leaves", ("Shift+F6",), "_leave", strip="someone leaves")
IN_THE_ROOM = Action("who is here: leaving, coming back, Teams, chair and minutes", ("F7",), "_change_room", "people")
ADD_CASE = Action("add a case to the meeting: new, reopened or requested", ("Ctrl+N",), "_change_room", "case")
ADD_ITEM = Action("add an item to the agenda, or rename one", ("Ctrl+Shift+N",), "_change_room", "item")
PALETTE = FIND.called("find anything or any command", "", "_open_palette")
LAST_TIMES = (*(answer.called(f"last time's action: {answer.label}") for answer in ANSWERS), *REASONS)
READING_BACK = (BACK, READ_BACK.short("accept and continue"), HIDE, HELP)


def outcome_key(number: int, label: str, outcome: object) -> Action:
    """The key of an outcome is its number."""
    return Action(f"outcome: {label}", (choice_key(number),), "_choose_outcome", outcome, strip="outcome")
