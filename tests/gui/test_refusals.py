"""Every field a service refuses by name is known to the form that calls it: no refusal looks for its field in vain."""

import ast
import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import csp_desktop
import csp_desktop.domain
import csp_desktop.services
from csp_desktop._built.ui_bring_in import Ui_BringIn
from csp_desktop._built.ui_case_referrals import Ui_CaseReferrals
from csp_desktop._built.ui_cases import Ui_Cases
from csp_desktop._built.ui_closing import Ui_Closing
from csp_desktop._built.ui_first_start import Ui_FirstStart
from csp_desktop._built.ui_import_actions import Ui_ImportActions
from csp_desktop._built.ui_issues import Ui_Issues
from csp_desktop._built.ui_management_plan import Ui_ManagementPlan
from csp_desktop._built.ui_new_passphrase import Ui_NewPassphrase
from csp_desktop._built.ui_owned_things import Ui_OwnedThings
from csp_desktop._built.ui_partner_referrals import Ui_PartnerReferrals
from csp_desktop._built.ui_people import Ui_People
from csp_desktop._built.ui_prepare import Ui_Prepare
from csp_desktop._built.ui_private_agenda import Ui_PrivateAgenda
from csp_desktop._built.ui_private_people import Ui_PrivatePeople
from csp_desktop._built.ui_private_person import Ui_PrivatePerson
from csp_desktop._built.ui_private_register import Ui_PrivateRegister
from csp_desktop._built.ui_private_room import Ui_PrivateRoom
from csp_desktop._built.ui_professionals_calls import Ui_ProfessionalsCalls
from csp_desktop._built.ui_recover import Ui_Recover
from csp_desktop._built.ui_retention import Ui_Retention
from csp_desktop._built.ui_safekeeping import Ui_Safekeeping
from csp_desktop._built.ui_sign_in import Ui_SignIn
from csp_desktop._built.ui_users import Ui_Users
from csp_desktop.domain.common.fields import Field
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting import agenda as agenda_rules
from csp_desktop.domain.meeting import held_on_paper as held_on_paper_rules
from csp_desktop.domain.meeting import issues as issue_rules
from csp_desktop.domain.people import settings
from csp_desktop.domain.people.member_fields import PERSON, MemberField, section
from csp_desktop.domain.private import settings as private_settings
from csp_desktop.gui.cases.case_referrals import CaseReferralsPage
from csp_desktop.gui.cases.management_plan import ManagementPlanPage
from csp_desktop.gui.cases.new_case import NewCasePanel
from csp_desktop.gui.cases.partner_referrals import PartnerReferralsPage, ReferralForm
from csp_desktop.gui.cases.retention_cases import RetentionCase
from csp_desktop.gui.cases.retention_records import RecordsPart
from csp_desktop.gui.file.backups import SafekeepingPage
from csp_desktop.gui.file.bring_in import BringInPage
from csp_desktop.gui.file.first_start import FirstStartPage
from csp_desktop.gui.file.user_panels import AddingSide, OwnPassphrase, PersonSide
from csp_desktop.gui.file.users import PaperSide, UsersPage
from csp_desktop.gui.lock.unlock_cards import RecoverCard
from csp_desktop.gui.meeting.closing import ClosingPage
from csp_desktop.gui.meeting.import_actions import ImportActionsPage
from csp_desktop.gui.meeting.issue_form import IssueForm
from csp_desktop.gui.meeting.prepare_form import MeetingForm
from csp_desktop.gui.meeting.professionals_calls import ProfessionalsCallsPage
from csp_desktop.gui.meeting.sign_in_people import Apologies, CopySecret, Newcomer
from csp_desktop.gui.people.owned_things import OwnedThingsPage
from csp_desktop.gui.people.people import ProtocolPanel
from csp_desktop.gui.people.person import AgencyForm, PersonForm
from csp_desktop.gui.private.people import PrivatePeoplePage
from csp_desktop.gui.private.person_facts import SeenPart, WorkersCard
from csp_desktop.gui.private.register import MemberForm
from csp_desktop.gui.private.room import PrivateRoomPage
from csp_desktop.gui.private.signing import ArrivalView
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.gui.window.when_form import WhenForm
from csp_desktop.services.cases import (
    case_entry,
    case_links,
    case_plans,
    incoming_referrals,
    record_periods,
    referrals,
    retention,
)
from csp_desktop.services.file import backups, handover, passphrases, unlock, users
from csp_desktop.services.meeting import (
    agenda,
    agenda_items,
    agreed_by_mail,
    closing,
    earlier_minutes,
    held_on_paper,
    joining,
    professionals,
    sign_in,
    triage,
    walk_order,
)
from csp_desktop.services.meeting import issues as issue_services
from csp_desktop.services.minutes import agreeing, circulation, copy_passphrases, corrections, remarks, review
from csp_desktop.services.people import handing_on, people
from csp_desktop.services.people.settings import change_settings
from csp_desktop.services.ports.passphrases import Estimate, Weakness
from csp_desktop.services.private import agenda as private_agenda
from csp_desktop.services.private import people as private_people
from csp_desktop.services.private import register, room, room_changes
from csp_desktop.services.private.settings import change_private_settings
from tests.support.fakes import fake_session
from tests.support.pages import desk_of, private_desk_of
from tests.support.private_session import private_session
from tests.support.refusals import Function, fields_raised, reached, refusing

Made = Callable[[Any, PageContext, QWidget], Any]
GROUP, PRIVATE = fake_session, private_session


class Slots:
    """The ways into a file nobody opens."""

    roles = managers = (Role.CHAIR, Role.MINUTE_TAKER, Role.ADMINISTRATOR, Role.NEW_HOPE_LEAD)
    me, folder = "me", None

    def receiving_code(self, folder: Path, *, wanted: bool) -> str:
        """No other laptop hands anything over."""
        return ""

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


class Form(NamedTuple):
    """A part of a page on its compiled form, what it calls, and the attribute that knows its fields."""

    ui: type[Any]
    session: Callable[[], Any]
    made: Made
    calls: Sequence[Function]
    errors: str = "errors"


PROGRAM = Path(csp_desktop.__file__).parent
SLOTS: Any = Slots()
HERE = Path("here")

FORMS = {
    "case entered by hand": Form(
        Ui_Cases, GROUP, lambda ui, desk, page: NewCasePanel(ui, desk.session, page), [case_entry.enter_case]
    ),
    "person": Form(
        Ui_People, GROUP, lambda ui, desk, page: PersonForm(ui, desk, page), [people.save_member, people.read_protocol]
    ),
    "person's protocol": Form(
        Ui_People,
        GROUP,
        lambda ui, desk, page: PersonForm(ui, desk, page),
        [people.read_protocol, people.set_isp],
        "protocol_errors",
    ),
    "agency": Form(Ui_People, GROUP, lambda ui, desk, page: AgencyForm(ui, desk, page), [people.save_agency]),
    "protocol of many": Form(
        Ui_People,
        GROUP,
        lambda ui, desk, page: ProtocolPanel(ui, desk, dict, page),
        [people.read_protocol, people.set_isp],
    ),
    "plan of a meeting": Form(
        Ui_Prepare,
        GROUP,
        lambda ui, desk, page: MeetingForm(ui, desk.session, nothing),
        [agenda.plan_meeting, agenda.change_meeting],
    ),
    "newcomer at sign-in": Form(
        Ui_SignIn, GROUP, lambda ui, desk, page: Newcomer(ui, desk.session, page), [sign_in.add_person]
    ),
    "apologies recorded": Form(
        Ui_SignIn, GROUP, lambda ui, desk, page: Apologies(ui, desk.session, page), [sign_in.record_apology]
    ),
    "passphrase at sign-in": Form(
        Ui_SignIn,
        GROUP,
        lambda ui, desk, page: CopySecret(ui, desk.session, page),
        [copy_passphrases.set_passphrase],
    ),
    "user let in": Form(Ui_Users, GROUP, lambda ui, desk, page: AddingSide(ui, desk, SLOTS, page), [users.add_user]),
    "fresh passphrase": Form(
        Ui_Users, GROUP, lambda ui, desk, page: PersonSide(ui, desk, SLOTS, page), [users.readmit], "fresh_errors"
    ),
    "roles of a user": Form(
        Ui_Users, GROUP, lambda ui, desk, page: PersonSide(ui, desk, SLOTS, page), [users.change_roles], "roles_errors"
    ),
    "own passphrase": Form(
        Ui_NewPassphrase,
        GROUP,
        lambda ui, desk, page: OwnPassphrase(ui, desk, nothing, page),
        [users.change_own_passphrase],
    ),
    "own name": Form(Ui_Users, GROUP, lambda ui, desk, page: UsersPage(desk), [users.change_own_name], "name_errors"),
    "recovery key proved": Form(
        Ui_Users,
        GROUP,
        lambda ui, desk, page: PaperSide(ui, desk, SLOTS, Ask(), page),
        [users.prove_paper],
        "prove_errors",
    ),
    "recovery key put in force": Form(
        Ui_Users,
        GROUP,
        lambda ui, desk, page: PaperSide(ui, desk, SLOTS, Ask(), page),
        [users.put_paper_in_force],
        "sheet_errors",
    ),
    "plan of a private session": Form(
        Ui_PrivateAgenda,
        PRIVATE,
        lambda ui, desk, page: WhenForm(ui, desk.session, lambda when: None, nothing),
        [private_agenda.plan],
    ),
    "private meeting, somebody joins": Form(
        Ui_PrivateRoom,
        PRIVATE,
        lambda ui, desk, page: PrivateRoomPage(private_desk_of(desk.session)),
        [room.join],
        "join_errors",
    ),
    "private meeting, somebody comes late": Form(
        Ui_PrivateRoom, PRIVATE, lambda ui, desk, page: ArrivalView(page), [room.join], "join_errors"
    ),
    "somebody new sleeping rough": Form(
        Ui_PrivatePeople, PRIVATE, lambda ui, desk, page: PrivatePeoplePage(desk), [private_people.add]
    ),
    "worker involved": Form(
        Ui_PrivatePerson, PRIVATE, lambda ui, desk, page: WorkersCard(desk, page), [private_people.involve]
    ),
    "sighting": Form(
        Ui_PrivatePerson, PRIVATE, lambda ui, desk, page: SeenPart(ui, desk, page), [private_people.note_sighting]
    ),
    "referral to make": Form(
        Ui_CaseReferrals,
        GROUP,
        lambda ui, desk, page: CaseReferralsPage(desk),
        [referrals.refer, referrals.note_not_needed],
        "_new_errors",
    ),
    "referral to end": Form(
        Ui_CaseReferrals,
        GROUP,
        lambda ui, desk, page: CaseReferralsPage(desk),
        [referrals.answer, referrals.withdraw, referrals.hand_over, referrals.hand_over_paper],
        "_errors",
    ),
    "plan of a case": Form(
        Ui_ManagementPlan,
        GROUP,
        lambda ui, desk, page: ManagementPlanPage(desk),
        [case_plans.save_plan],
        "_plan_errors",
    ),
    "step of a plan to add": Form(
        Ui_ManagementPlan, GROUP, lambda ui, desk, page: ManagementPlanPage(desk), [case_plans.add_step], "_new_errors"
    ),
    "step of a plan in hand": Form(
        Ui_ManagementPlan,
        GROUP,
        lambda ui, desk, page: ManagementPlanPage(desk),
        [case_plans.change_step, case_plans.end_step],
        "_errors",
    ),
    "professionals' meeting": Form(
        Ui_ProfessionalsCalls,
        GROUP,
        lambda ui, desk, page: ProfessionalsCallsPage(desk),
        [professionals.call, professionals.report_back],
    ),
    "things handed on": Form(Ui_OwnedThings, GROUP, lambda ui, desk, page: OwnedThingsPage(desk), [handing_on.hand_on]),
    "referral from a partner": Form(
        Ui_PartnerReferrals,
        GROUP,
        lambda ui, desk, page: ReferralForm(ui, desk.session, page),
        [incoming_referrals.enter],
    ),
    "what becomes of a referral from a partner": Form(
        Ui_PartnerReferrals,
        GROUP,
        lambda ui, desk, page: PartnerReferralsPage(desk),
        [
            incoming_referrals.acknowledge,
            incoming_referrals.tell_referrer,
            triage.make_new_case,
            triage.join_case,
            triage.make_new_issue,
            triage.join_issue,
            triage.decline,
        ],
        "_errors",
    ),
    "closing of a meeting": Form(Ui_Closing, GROUP, lambda ui, desk, page: ClosingPage(desk), [closing.close_meeting]),
    "minutes held before the program": Form(
        Ui_ImportActions, GROUP, lambda ui, desk, page: ImportActionsPage(desk), [earlier_minutes.keep_earlier]
    ),
    "legal hold": Form(
        Ui_Retention,
        GROUP,
        lambda ui, desk, page: RetentionCase(ui, desk, page),
        [retention.keep_longer],
        "hold_errors",
    ),
    "erasing": Form(
        Ui_Retention, GROUP, lambda ui, desk, page: RetentionCase(ui, desk, page), [retention.erase], "erase_errors"
    ),
    "records past their period kept": Form(
        Ui_Retention,
        GROUP,
        lambda ui, desk, page: RecordsPart(ui, desk, page),
        [record_periods.keep_records],
        "keep_errors",
    ),
    "records past their period deleted": Form(
        Ui_Retention,
        GROUP,
        lambda ui, desk, page: RecordsPart(ui, desk, page),
        [record_periods.delete_records],
        "delete_errors",
    ),
    "first start, who": Form(
        Ui_FirstStart,
        GROUP,
        lambda ui, desk, page: FirstStartPage(SLOTS, desk.tasks, Ask(), HERE),
        [unlock.first_person],
        "person_errors",
    ),
    "first start, passphrase": Form(
        Ui_FirstStart,
        GROUP,
        lambda ui, desk, page: FirstStartPage(SLOTS, desk.tasks, Ask(), HERE),
        [passphrases.refuse_passphrase],
        "passphrase_errors",
    ),
    "recovery at the unlock": Form(
        Ui_Recover, GROUP, lambda ui, desk, page: RecoverCard(page), [unlock.unlock_with_recovery]
    ),
    "backup or hand-over brought in": Form(
        Ui_BringIn,
        GROUP,
        lambda ui, desk, page: BringInPage(SLOTS, desk.tasks, Ask(), HERE, ""),
        [handover.bring_in],
        "bring_errors",
    ),
    "file taken back": Form(
        Ui_BringIn,
        GROUP,
        lambda ui, desk, page: BringInPage(SLOTS, desk.tasks, Ask(), HERE, ""),
        [handover.take_back],
        "take_errors",
    ),
    "backup tried or gone back to": Form(
        Ui_Safekeeping,
        GROUP,
        lambda ui, desk, page: SafekeepingPage(desk),
        [backups.try_backup, backups.prepare_restore],
        "try_errors",
    ),
    "file handed over": Form(
        Ui_Safekeeping, GROUP, lambda ui, desk, page: SafekeepingPage(desk), [handover.hand_over], "pass_errors"
    ),
    "member of the private register": Form(
        Ui_PrivateRegister, PRIVATE, lambda ui, desk, page: MemberForm(ui, desk, page), [register.save_member]
    ),
}

AT_ONE_PLACE: dict[Function, str] = {
    walk_order.propose_to_defer: "the reason asked for under the agenda",
    agenda_rules.item_title: "the title of an item in hand",
    agenda_items.change_item: "who presents an item in hand",
    room_changes.add_new_person: "the name typed for who is added",
    issue_rules.checked: "the field of an issue that was left",
    issue_services.close_issue: "the reason asked for",
    issue_services.note_between: "the note asked for",
    issue_services.make_action: "the action asked for, its day beside it",
    issue_services.make_case: "under the issue, for its fields become the case's",
    users.prove_own: "the passphrase of an approval",
    corrections.correct: "the reason under the decision put right",
    corrections.add_attendee: "the name of who was missed",
    corrections.add_apology: "the name of who sent apologies",
    held_on_paper_rules.time_on_paper: "the time of the sheets, above a meeting held on paper",
    held_on_paper.say_kept: "where the sheets are kept",
    held_on_paper.say_reader: "who read back",
    agreeing.ask_correction: "the correction requested at the meeting",
    joining.join_case: "under the case that joins the meeting",
    case_links.link_cases: "under the case that is linked",
    case_links.unlink_cases: "under the reason for unlinking",
    case_entry.reopen: "under the reason for reopening a case",
    case_entry.mark_review_told: "under the day and the name of who told the victim",
    agreed_by_mail.note_decision: "under the decision noted from an email",
    remarks.note_remark: "under the comment and whose it is",
    remarks.send_for_checking: "under the day and whom it was sent to",
    remarks.decline: "the reason asked for",
    review.send_back: "the note asked for",
    circulation.leave_out: "the reason asked for",
    circulation.recall: "the reason asked for",
}  # what asks for one thing at a time tells every refusal there


@pytest.mark.parametrize("name", FORMS)
def test_every_field_a_service_refuses_is_known_to_its_form(qtbot: QtBot, name: str) -> None:
    form = FORMS[name]
    desk = desk_of(replace(form.session(), users=Slots()))
    ui, page = parts(form.ui)
    qtbot.addWidget(page)
    made = form.made(ui, desk, page)
    if isinstance(made, QWidget) and made.parent() is None:  # a part goes with its page
        qtbot.addWidget(made)
    errors = getattr(made, form.errors)
    assert isinstance(errors, FieldErrors)
    raised = fields_raised(*form.calls)
    assert raised, "this form's services refuse no field by name"
    assert raised - errors.names == set()


@pytest.mark.parametrize(
    ("change", "fields"),
    [(change_settings, settings.FIELDS), (change_private_settings, private_settings.FIELDS)],
)
def test_every_setting_refused_is_a_row_of_the_table_the_page_is_laid_out_from(
    change: Function, fields: Sequence[Field]
) -> None:
    assert fields_raised(change) - {field.name for field in fields} == set()


@pytest.mark.parametrize(("name", "in_register"), [("person", False), ("member of the private register", True)])
def test_every_row_of_a_person_is_on_the_form_under_its_own_name(qtbot: QtBot, name: str, in_register: bool) -> None:
    form = FORMS[name]
    ui, page = parts(form.ui)
    qtbot.addWidget(page)
    errors = form.made(ui, desk_of(form.session()), page).errors
    asked = {row.name for row in section(PERSON, in_register=in_register)} - {MemberField.STANDING}  # never refused
    assert asked - errors.names == set()


TOLD = {f"{name}.sentence" for name in ("refusal", "refused", "error", "why", "wrong")} | {"step.words", "last.words"}


def test_nothing_is_found_out_by_the_words_people_read() -> None:
    """A refusal names its field and a step has its kind; their words may be put better at any time."""
    for module in PROGRAM.rglob("*.py"):
        nodes = ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        compared = [part for node in nodes if isinstance(node, ast.Compare) for part in (node.left, *node.comparators)]
        assert TOLD.isdisjoint(map(ast.unparse, compared)), module


def test_a_field_of_an_issue_is_told_at_its_own_place(qtbot: QtBot) -> None:
    desk, (ui, page) = desk_of(GROUP()), parts(Ui_Issues)
    qtbot.addWidget(page)
    form = IssueForm(ui, desk.session, page)
    assert fields_raised(issue_rules.checked) - form.errors.names - form._lines.keys() == set()


def test_no_function_refuses_a_field_that_no_form_is_held_to() -> None:
    held = reached(change_settings, change_private_settings)
    held |= reached(*(function for form in FORMS.values() for function in form.calls), *AT_ONE_PLACE)
    modules = [
        importlib.import_module(found.name)
        for package in (csp_desktop.domain, csp_desktop.services)
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]
    loose = {one for module in modules for one in refusing(module)} - held
    assert {f"{one.__module__}.{one.__qualname__}" for one in loose} == set()
