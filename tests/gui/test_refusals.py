"""Every field a service refuses by name is known to the form that calls it: no refusal looks for its field in vain."""

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import csp_desktop.domain
import csp_desktop.services
from csp_desktop._built.ui_cases import Ui_Cases
from csp_desktop._built.ui_new_passphrase import Ui_NewPassphrase
from csp_desktop._built.ui_people import Ui_People
from csp_desktop._built.ui_prepare import Ui_Prepare
from csp_desktop._built.ui_private_agenda import Ui_PrivateAgenda
from csp_desktop._built.ui_private_register import Ui_PrivateRegister
from csp_desktop._built.ui_sign_in import Ui_SignIn
from csp_desktop._built.ui_users import Ui_Users
from csp_desktop.domain.common.users import Role
from csp_desktop.gui.cases.cases_new import NewCasePanel
from csp_desktop.gui.file.user_panels import AddingSide, OwnPassphrase, PersonSide
from csp_desktop.gui.file.user_paper import PaperSide
from csp_desktop.gui.file.users import UsersPage
from csp_desktop.gui.meeting.prepare_form import MeetingForm
from csp_desktop.gui.meeting.sign_in_people import Newcomer
from csp_desktop.gui.people.people import ProtocolPanel
from csp_desktop.gui.people.person import AgencyForm, PersonForm
from csp_desktop.gui.private.agenda import WhenForm
from csp_desktop.gui.private.register_member import MemberForm
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.window.context import Desk
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.services.cases import case_entry
from csp_desktop.services.file import users
from csp_desktop.services.meeting import agenda, sign_in
from csp_desktop.services.people import people
from csp_desktop.services.ports.passphrases import Estimate, Weakness
from csp_desktop.services.private import agenda as private_agenda
from csp_desktop.services.private import register
from tests.support.fakes import fake_session
from tests.support.pages import desk_of
from tests.support.private_session import private_session
from tests.support.refusals import Function, fields_raised, reached, refusing

Made = Callable[[Any, Desk, QWidget], FieldErrors]
GROUP, PRIVATE = fake_session, private_session


class Slots:
    """The ways into a file nobody opens."""

    roles = managers = (Role.CHAIR, Role.MINUTE_TAKER, Role.ADMINISTRATOR, Role.NEW_HOPE_LEAD)
    me, folder = "me", None

    def made_of_words(self) -> str:
        """A passphrase to offer."""
        return "five words"

    def estimate(self, passphrase: str, known: Sequence[str]) -> Estimate:
        """Every one is weak."""
        return Estimate(0, Weakness.SHORT)


def nothing() -> None:
    """Nobody needs to know."""


def parts(form: type[Any]) -> tuple[Any, QWidget]:
    """A form's widgets, and the page they stand on."""
    page, ui = QWidget(), form()
    ui.setupUi(page)
    return ui, page


FORMS: dict[str, tuple[type[Any], Callable[[], Any], Made, Sequence[Function]]] = {
    "case entered by hand": (
        Ui_Cases,
        GROUP,
        lambda ui, desk, page: NewCasePanel(ui, desk.session, page).errors,
        [case_entry.enter_case],
    ),
    "person": (
        Ui_People,
        GROUP,
        lambda ui, desk, page: PersonForm(ui, desk, page).errors,
        [people.save_member, people.read_protocol],
    ),
    "person's protocol": (
        Ui_People,
        GROUP,
        lambda ui, desk, page: PersonForm(ui, desk, page).protocol_errors,
        [people.read_protocol, people.set_isp],
    ),
    "agency": (Ui_People, GROUP, lambda ui, desk, page: AgencyForm(ui, desk, page).errors, [people.save_agency]),
    "protocol of many": (
        Ui_People,
        GROUP,
        lambda ui, desk, page: ProtocolPanel(ui, desk, dict, page).errors,
        [people.read_protocol, people.set_isp],
    ),
    "plan of a meeting": (
        Ui_Prepare,
        GROUP,
        lambda ui, desk, page: MeetingForm(ui, desk.session, nothing).errors,
        [agenda.plan_meeting, agenda.change_meeting],
    ),
    "newcomer at sign-in": (
        Ui_SignIn,
        GROUP,
        lambda ui, desk, page: Newcomer(ui, desk.session, page).errors,
        [sign_in.add_person],
    ),
    "user let in": (
        Ui_Users,
        GROUP,
        lambda ui, desk, page: AddingSide(ui, desk, cast(Any, Slots()), page).errors,
        [users.add_user],
    ),
    "fresh passphrase": (
        Ui_Users,
        GROUP,
        lambda ui, desk, page: PersonSide(ui, desk, cast(Any, Slots()), page).fresh_errors,
        [users.readmit],
    ),
    "roles of a user": (
        Ui_Users,
        GROUP,
        lambda ui, desk, page: PersonSide(ui, desk, cast(Any, Slots()), page).roles_errors,
        [users.change_roles],
    ),
    "own passphrase": (
        Ui_NewPassphrase,
        GROUP,
        lambda ui, desk, page: OwnPassphrase(ui, desk, nothing, page).errors,
        [users.change_own_passphrase],
    ),
    "own name": (
        Ui_Users,
        GROUP,
        lambda ui, desk, page: UsersPage(desk).name_errors,
        [users.change_own_name],
    ),
    "recovery key proved": (
        Ui_Users,
        GROUP,
        lambda ui, desk, page: PaperSide(ui, desk, cast(Any, Slots()), Ask(), page).prove_errors,
        [users.prove_paper],
    ),
    "recovery key put in force": (
        Ui_Users,
        GROUP,
        lambda ui, desk, page: PaperSide(ui, desk, cast(Any, Slots()), Ask(), page).sheet_errors,
        [users.put_paper_in_force],
    ),
    "plan of a private session": (
        Ui_PrivateAgenda,
        PRIVATE,
        lambda ui, desk, page: WhenForm(ui, desk.session, nothing).errors,
        [private_agenda.plan],
    ),
    "member of the private register": (
        Ui_PrivateRegister,
        PRIVATE,
        lambda ui, desk, page: MemberForm(ui, desk, page).errors,
        [register.save_member],
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_field_a_service_refuses_is_known_to_its_form(qtbot: QtBot, name: str) -> None:
    form, session, made, functions = FORMS[name]
    desk = desk_of(replace(session(), users=Slots()))
    ui, page = parts(form)
    qtbot.addWidget(page)
    raised = fields_raised(*functions)
    assert raised, "this form's services refuse no field by name"
    assert raised - made(ui, desk, page).names == set()


def test_no_function_refuses_a_field_that_no_form_is_held_to() -> None:
    held = reached(*(function for *_, functions in FORMS.values() for function in functions))
    modules = [
        importlib.import_module(found.name)
        for package in (csp_desktop.domain, csp_desktop.services)
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]
    loose = {one for module in modules for one in refusing(module)} - held
    assert {f"{one.__module__}.{one.__qualname__}" for one in loose} == set()
