"""Who may do what with the whole file: in the group's file, and in the private one."""

from pathlib import Path

import pytest

from csp_desktop.bootstrap.bundle_import import FolderBundleImport
from csp_desktop.bootstrap.partnership import Founder, create_partnership, open_partnership
from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.services.file import backups, handover
from csp_desktop.services.session import Session
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.header import VaultKind
from tests.support.partnerships import CHAIR, MINUTE_TAKER, SECOND, Ticking, quiet

PRIVATE = VaultKind.ROUGH_SLEEPING
LEAD = Founder("Imogen Hale", "New Hope", AgencyKind.SUPPORT, "Lead", "lantern orchard", (Role.NEW_HOPE_LEAD,))
DEPUTY = Founder("Sunil Rao", "New Hope", AgencyKind.SUPPORT, "Deputy", "copper meadow", (Role.NEW_HOPE_DEPUTY,))
GUEST = Founder("Imogen Hale", "New Hope", AgencyKind.SUPPORT, "Lead", "paper harbour", (Role.NEW_HOPE_LEAD,))


def allowed(session: Session, stick: Path) -> set[str]:
    """What a session may do with the file; the last of it gives the file away."""
    done: set[str] = set()
    newest = sorted(stick.glob("*.cspbackup"))
    for name, act in (
        ("back up", lambda: backups.back_up(session, quiet, stick)),
        ("restore", lambda: backups.prepare_restore(session, newest[-1], session.user_name, "wrong", quiet)),
        ("hand over", lambda: handover.hand_over(session, stick, "Jo's laptop", quiet)),
    ):
        try:
            act()
        except NotAllowed:
            continue
        except Refused:
            pass  # only whoever may go back is asked for the passphrase
        done.add(name)
    return done


def made(folder: Path, people: list[Founder], clock: Ticking, kind: VaultKind, stick: Path) -> None:
    partnership, _ = create_partnership(folder, people, Cost.quick(), clock, with_recovery=False, kind=kind)
    with partnership:
        backups.back_up(partnership.session, quiet, stick)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (CHAIR, {"back up", "restore", "hand over"}),
        (SECOND, {"back up", "restore", "hand over"}),
        (MINUTE_TAKER, {"back up"}),
        (GUEST, set()),
    ],
)
def test_in_the_group_s_file_chair_and_administrator_keep_the_whole(
    folder: Path, stick: Path, clock: Ticking, who: Founder, may: set[str]
) -> None:
    made(folder, [CHAIR, SECOND, MINUTE_TAKER, GUEST], clock, VaultKind.CPG, stick)
    with open_partnership(folder, who.name, who.passphrase, clock) as partnership:
        assert allowed(partnership.session, stick) == may


@pytest.mark.parametrize(("who", "may"), [(LEAD, {"back up", "restore", "hand over"}), (DEPUTY, {"back up"})])
def test_in_the_private_file_its_lead_does(
    folder: Path, stick: Path, clock: Ticking, who: Founder, may: set[str]
) -> None:
    made(folder, [LEAD, DEPUTY], clock, PRIVATE, stick)
    with open_partnership(folder, who.name, who.passphrase, clock, kind=PRIVATE) as partnership:
        assert allowed(partnership.session, stick) == may


def test_where_nothing_is_open_the_same_people_decide(folder: Path, stick: Path, clock: Ticking) -> None:
    made(folder, [LEAD, DEPUTY], clock, PRIVATE, stick)
    (backup,) = stick.glob("*.cspbackup")
    private = FolderBundleImport(clock, None, "office", kinds=(PRIVATE,))
    with pytest.raises(NotAllowed, match="Only the New Hope lead can do this"):
        handover.bring_in(private, folder, backup, DEPUTY.name, DEPUTY.passphrase, quiet)
    handover.bring_in(private, folder, backup, LEAD.name, LEAD.passphrase, quiet)
    made(folder, [CHAIR, GUEST], clock, VaultKind.CPG, stick)
    (backup,) = (file for file in stick.glob("*.cspbackup") if file != backup)
    group = FolderBundleImport(clock, None, "office", kinds=(VaultKind.CPG,))
    with pytest.raises(NotAllowed, match="Only the chair or an administrator"):
        handover.bring_in(group, folder, backup, GUEST.name, GUEST.passphrase, quiet)
