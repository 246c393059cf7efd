"""Every version opens what earlier versions wrote: header, slots, recovery key, database, backup."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from csp_desktop.bootstrap.bundle_contents import engine_of, way_in
from csp_desktop.domain.common.aliases import unheard
from csp_desktop.store.checks import check_pages
from csp_desktop.store.engine import check_meta, reading
from csp_desktop.vault import bundle, handover, recovery, unlock
from csp_desktop.vault.bundle import Purpose
from csp_desktop.vault.container import OpenVault
from tests.support.partnerships import CHAIR, MINUTE_TAKER
from tests.support.stored_vaults import BACKUP, KNOWN, PAPER, STORED

VERSIONS = sorted(STORED.iterdir())
Opens = Callable[[Path], OpenVault]


def by_recovery(place: Path) -> OpenVault:
    """With the key on paper that lies beside it."""
    return unlock.open_with_recovery(place / "cpg", recovery.parse((place / PAPER).read_text(encoding="ascii")))


def is_whole(vault: OpenVault) -> bool:
    """Its records are all there, whatever has become of the tables since."""
    engine = engine_of(vault)
    try:
        check_meta(engine, vault.vault_id, vault.epoch, vault.generation)
        with reading(engine).connect() as connection:
            names = connection.execute(text("SELECT name FROM agencies")).scalars().all()
            return KNOWN in names and check_pages(connection) == []
    finally:
        engine.dispose()
        vault.close()


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.name)
@pytest.mark.parametrize(
    "opens",
    [
        lambda place: unlock.open_vault(place / "cpg", CHAIR.name, CHAIR.passphrase),
        lambda place: unlock.open_vault(place / "cpg", MINUTE_TAKER.name, MINUTE_TAKER.passphrase),
        by_recovery,
    ],
    ids=["chair", "minute-taker", "recovery key"],
)
def test_a_vault_of_an_earlier_version_opens(version: Path, opens: Opens, tmp_path: Path) -> None:
    place = Path(shutil.copytree(version, tmp_path / "copy"))
    assert is_whole(opens(place))


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.name)
def test_a_backup_of_an_earlier_version_opens(version: Path, tmp_path: Path) -> None:
    file = version / BACKUP
    assert bundle.read_label(file).purpose is Purpose.BACKUP
    paper = (version / PAPER).read_text(encoding="ascii")
    for name, secret in ((CHAIR.name, CHAIR.passphrase), ("anybody", paper)):
        into = tmp_path / name
        into.mkdir()
        with way_in(name, secret, None) as unlock:
            packed = handover.unpack(file, Purpose.BACKUP, into, name, unlock, unheard)
        assert is_whole(packed.vault)


def test_there_is_something_stored() -> None:
    assert VERSIONS
