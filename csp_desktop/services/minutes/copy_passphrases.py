"""The passphrase that opens a person's copies: one for each, kept until it is changed, told once and never by mail."""

import json
from collections.abc import Sequence
from dataclasses import replace

from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.minutes.circulation import CopyPassphrase, ToldHow
from csp_desktop.domain.people.agencies import Agency, Member
from csp_desktop.domain.people.settings import paper_name
from csp_desktop.services.file.passphrases import LEAST_GUESSES, known_in
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.copies import CopyMaker, Slip
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

PASSPHRASE, AGAIN = "passphrase", "again"  # the fields of a form
SHORTEST = 14  # letters of one that a person chose


def copy_maker(session: Session) -> CopyMaker:
    """What makes copies: both files are given it."""
    assert session.papers.copies is not None, "both files are given what makes copies"
    return session.papers.copies


def passphrase_of(records: Records, member_id: str) -> CopyPassphrase | None:
    """The record of somebody's passphrase, if one was made."""
    return next(iter(records.find(CopyPassphrase, member_id=member_id)), None)


def passphrases_in(records: Records) -> dict[str, CopyPassphrase]:
    """Every record of one, by whose it is."""
    return {one.member_id: one for one in records.find(CopyPassphrase)}


def words_of(records: Records, kept: CopyPassphrase) -> str:
    """The passphrase itself."""
    words: str = json.loads(records.document(kept.sha256))["passphrase"]
    return words


def ensured_in(session: Session, records: Records, member_id: str) -> tuple[CopyPassphrase, str]:
    """Somebody's passphrase, made now where they had none."""
    kept = passphrase_of(records, member_id)
    if kept is not None:
        return kept, words_of(records, kept)
    words = copy_maker(session).new_passphrase()
    return _keep(session, records, member_id, words), words


def _keep(session: Session, records: Records, member_id: str, words: str) -> CopyPassphrase:
    before = passphrase_of(records, member_id)
    content = json.dumps({"passphrase": words, "made": new_id()}, ensure_ascii=False).encode()
    record_id = before.id if before else new_id()
    kept = CopyPassphrase(record_id, member_id, records.keep_document(content), session.now(), session.user_name)
    records.save(kept)
    records.drop_unnamed_documents()
    return kept


def tell_passphrase(session: Session, member_id: str, how: ToldHow) -> str:
    """The passphrase to be told to somebody now, in this way; that it was told is noted. It is made where they had
    none."""
    session.require_recorder()
    with session.work.step("giving a passphrase", undoable=False) as records:
        kept, words = ensured_in(session, records, member_id)
        records.save(replace(kept, told_at=session.now(), told_by=session.user_name, told_how=how))
    return words


def new_passphrase(session: Session, member_id: str) -> None:
    """Somebody gets another passphrase, to be told; copies given before keep the one they had."""
    session.require_recorder()
    with session.work.step("a new passphrase for someone's copies", undoable=False) as records:
        records.get(Member, member_id)
        _keep(session, records, member_id, copy_maker(session).new_passphrase())


def chosen_passphrase(session: Session, member_id: str) -> CopyPassphrase | None:
    """Whether somebody has a passphrase for their copies, and how they were told it; never the words."""
    with session.work.reading() as records:
        return passphrase_of(records, member_id)


def set_passphrase(session: Session, member_id: str, words: str, again: str) -> CopyPassphrase:
    """Somebody chose their own as they signed in, so they know it; copies given before keep the one they had. Raises
    FieldRefused for one that is too short or too easy to guess, or was not typed the same twice."""
    session.require_recorder()
    said = " ".join(words.split())
    if len(said) < SHORTEST:
        raise FieldRefused(
            PASSPHRASE, f"A passphrase for copies needs at least {SHORTEST} characters. Use four or five plain words."
        )
    with session.work.step("a passphrase chosen at sign-in", undoable=False) as records:
        known = known_in(records, records.get(Member, member_id).name)
        found = copy_maker(session).estimate(said, known)
        if found.guesses < LEAST_GUESSES:
            raise FieldRefused(
                PASSPHRASE,
                f"This passphrase is too easy to guess. {found.weakness.value} Take five plain words that have nothing "
                "to do with you or your work.",
            )
        if said != " ".join(again.split()):
            raise FieldRefused(AGAIN, "The two passphrases differ. Type the same one twice.")
        kept = _keep(session, records, member_id, said)
        told = replace(kept, told_at=session.now(), told_by=session.user_name, told_how=ToldHow.SIGN_IN)
        records.save(told)
    return told


def print_slips(session: Session, member_ids: Sequence[str]) -> bytes:
    """A slip for each person with their own passphrase, as one PDF to print, cut and hand over. The pages are in memory
    alone, and nobody counts as told before `note_slips`."""
    session.require_recorder()
    slips = []
    with session.work.step("slips with passphrases", undoable=False) as records:
        settings, homes = settings_in(records), {one.id: one.name for one in records.find(Agency)}
        for member_id in member_ids:
            member = records.get(Member, member_id)
            _, words = ensured_in(session, records, member_id)
            slips.append(Slip(member.name, homes.get(member.agency_id, ""), words))
        partnership = paper_name(settings.town, settings.partnership)
        return copy_maker(session).slips(partnership, slips)


def note_slips(session: Session, member_ids: Sequence[str]) -> None:
    """The slips of these people are saved: each counts as told so. Raises Refused for somebody without a
    passphrase."""
    session.require_recorder()
    with session.work.step("passphrases given on slips", undoable=False) as records:
        for member_id in member_ids:
            kept = passphrase_of(records, member_id)
            if kept is None:
                raise Refused("Save the slips first; then they can be recorded as given.")
            records.save(replace(kept, told_at=session.now(), told_by=session.user_name, told_how=ToldHow.SLIP))
