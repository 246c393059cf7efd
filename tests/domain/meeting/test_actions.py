"""An action's kind and its legal power."""

from dataclasses import replace
from datetime import date

from csp_desktop.domain.meeting.actions import Action, ActionKind, of_kind

SUPPORT = Action("a", "m", 1, "Visit", "dan", date(2026, 12, 3), date(2026, 11, 26))
ORDER = replace(SUPPORT, kind=ActionKind.INTERVENTION, power="Closure order")


def test_naming_a_legal_power_makes_an_action_an_intervention():
    after = of_kind(SUPPORT, power="  closure   order ")
    assert (after.kind, after.power) == (ActionKind.INTERVENTION, "closure order")


def test_an_action_of_another_kind_has_no_legal_power():
    assert of_kind(ORDER, ActionKind.SUPPORT) == SUPPORT
    assert of_kind(ORDER, ActionKind.INFORMATION, "Injunction").power == ""


def test_an_intervention_may_use_no_power():
    assert of_kind(ORDER, power="") == replace(ORDER, power="")
    assert of_kind(SUPPORT, ActionKind.INTERVENTION) == replace(SUPPORT, kind=ActionKind.INTERVENTION)


def test_what_is_not_given_stays():
    assert of_kind(ORDER) == ORDER
    assert of_kind(SUPPORT) == SUPPORT
