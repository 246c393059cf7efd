"""Recipients' copies are written: printed and searched once for each share, named, bound with the person's own actions,
locked, searched as a finished file, and saved with a mail draft; one that fails in anything is not written.
"""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from csp_desktop.domain.common.aliases import Progress, unheard
from csp_desktop.domain.common.days import paper_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.mail import Attachment, Mail, MailKind, Sender, file_name, papers_mail
from csp_desktop.domain.common.mail import subject as mail_subject
from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.domain.minutes.circulation import CopyRecord, CopyState, How, too_common
from csp_desktop.domain.minutes.paper_parts import Words
from csp_desktop.domain.minutes.personal_text import Text
from csp_desktop.domain.minutes.printable import HEAD
from csp_desktop.domain.minutes.searched import is_short, searched
from csp_desktop.domain.people.agencies import Member, PaperForm
from csp_desktop.domain.people.settings import paper_name
from csp_desktop.saving import NotSaved, save
from csp_desktop.services.minutes.circulation import (
    CirculationList,
    Listed,
    RefusedRow,
    copy_record,
    latest,
    listed_in,
    source_in,
)
from csp_desktop.services.minutes.copy_passphrases import copy_maker, ensured_in
from csp_desktop.services.minutes.letters import Told, lacking, of_action_list, of_minutes, require_all
from csp_desktop.services.minutes.versions import copy_of_version, printed_version
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.copies import CopyModel
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

NO_PROOF = "the withheld text could not be found even in the whole minutes, so its absence cannot be checked"
FOUND = "text withheld from this person was found in the finished file"


@dataclass(frozen=True)
class Written:
    """One copy that was written, with the files it became."""

    record: CopyRecord
    files: tuple[Path, ...]


@dataclass(frozen=True)
class CopiesWritten:
    """What came of it: the copies, and those that failed, with why. `searched` counts the finished files in which all
    that is withheld was looked for and not found."""

    written: tuple[Written, ...]
    failed: tuple[RefusedRow, ...]
    searched: int


def folder_warning(session: Session, folder: Path) -> str:
    """Why copies written to a folder may leave this computer; empty where nothing says so."""
    return copy_maker(session).folder_warning(folder.absolute())


def edition_of(minutes: Any, copy_number: int, named: str) -> str:
    """'Approved, version 1, copy 7 for Joy Okafor, Community Mental Health Team': at the foot of every page."""
    return f"{minutes.edition}, copy {copy_number} for {named}"


def copy_pdf(session: Session, meeting_id: str, member_id: str, progress: Progress = unheard) -> bytes:
    """One person's copy as it would be written, before it is locked; the same bytes each time. Raises Refused for
    somebody who gets none."""
    with session.work.reading() as records:
        _, listed = listed_in(session, records, meeting_id)
    one = next((one for one in listed if one.row.member_id == member_id), None)
    if one is None:
        raise Refused("This person gets no copy: they have no rights, or are not on the list.")
    return _Making(session, b"", one.row.form.as_pdf).parts(one, progress).file(session)


def write_copies(
    session: Session,
    meeting_id: str,
    folder: Path,
    progress: Progress = unheard,
    members: Collection[str] | None = None,
    *,
    allow_missing: bool = False,
) -> CopiesWritten:
    """Write the copies of the version approved last, each with its mail draft, into a folder; by default all that are
    not written, given, recalled or left out. `progress` may raise to stop between two copies: those before it are
    written and noted. Raises Refused where nothing may go out, and, with nothing written, where some characters cannot
    be printed and that is not allowed."""
    session.require_recorder()
    with session.work.reading() as records:
        now, listed = listed_in(session, records, meeting_id)
    if now.refusal:
        raise Refused(now.refusal)
    chosen = _chosen(now, listed, members)
    if not allow_missing:
        require_all(_lacking(session, chosen))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    making = {form: _making(session, now, form) for form in {one.row.form for one in chosen}}
    written, failed = [], []
    for number, one in enumerate(chosen):
        person = one.row.person
        progress(number, len(chosen), f"Copy {one.row.copy_number} for {person.name}")
        try:
            written.append(_write(session, now, one, folder, making[one.row.form]))
        except _Failed as failure:
            failed.append(RefusedRow(person.member_id, person.name, person.agency, str(failure)))
    progress(len(chosen), len(chosen), "Done")
    return CopiesWritten(tuple(written), tuple(failed), sum(one.searched for one in making.values()))


def lacking_letters(session: Session, meeting_id: str, members: Collection[str] | None = None) -> tuple[str, ...]:
    """What cannot be printed of these copies, by default of all that are written next: whose copy, where, which
    characters. Nothing where no copy may go out."""
    with session.work.reading() as records:
        now, listed = listed_in(session, records, meeting_id)
    due = {row.member_id for row in now.to_write} if members is None else members
    return () if now.refusal else _lacking(session, [one for one in listed if one.row.member_id in due])


def _lacking(session: Session, chosen: Sequence[Listed]) -> tuple[str, ...]:
    """Each share is looked through once, whoever has it."""
    basis = [(one.row.copy_number, one.row.person.named, one.model.minutes, one.model.own) for one in chosen]

    def look() -> tuple[str, ...]:
        shares: dict[Any, list[Listed]] = {}
        for one in chosen:
            shares.setdefault(one.model.minutes, []).append(one)
        found = []
        for minutes, theirs in shares.items():
            others = f" and {len(theirs) - 1} more" if len(theirs) > 1 else ""
            whose = f"Copy for {theirs[0].row.person.name}{others}"
            found.append((whose, of_minutes(session, minutes)[1]))
        return lacking(session, [*(told for one in chosen for told in _own_texts(one)), *found])

    return session.remembered.answer("letters of the copies", basis, look)


def _own_texts(one: Listed) -> Iterator[Told]:
    """What a copy has of its own: the name at its foot, and the person's actions."""
    whose, edition = (
        f"Copy for {one.row.person.name}",
        edition_of(one.model.minutes, one.row.copy_number, one.row.person.named),
    )
    yield whose, (Text(edition, "Edition", HEAD, "Foot of every page"),)
    if one.model.own is not None:
        yield whose, of_action_list(replace(one.model.own, copy=edition))[1]


def _making(session: Session, now: CirculationList, form: PaperForm) -> "_Making":
    """What makes the copies of one form, with the whole minutes in the same form to prove against."""
    if form is PaperForm.PDF:
        return _Making(session, printed_version(session, now.meeting_id, now.version), form)
    making = _Making(session, b"", form)
    making.whole = making.printed(copy_of_version(session, now.meeting_id, now.version))
    return making


def recall_note(session: Session, meeting_id: str, member_id: str) -> bytes:
    """The draft of a mail that asks for a recalled copy back. Raises Refused where none was recalled, or where the
    person has no mail address."""
    session.require_recorder()
    with session.work.reading() as records:
        copy = latest(session, records, meeting_id).get(member_id)
        if copy is None or copy.recalled_at is None:
            raise Refused("This copy is not recalled. Recall it first, with a reason.")
        settings, on = settings_in(records), records.get(Meeting, meeting_id).on
        member = records.get(Member, member_id)
    writer = session.papers.mail_draft
    assert writer is not None, "both files are given every writer"
    partnership = paper_name(settings.town, settings.partnership)
    paragraphs = (
        f"Dear {copy.name},",
        (
            f"Copy {copy.copy_number} of the papers of {paper_day(on)} is recalled. Please delete it and "
            "every copy of it, shred any printout, and reply to this email when this is done."
        ),
        f"{session.user_name}\n{partnership}",
    )
    return writer(Mail(copy.name, member.mail, mail_subject(MailKind.MINUTES, on), paragraphs, session.now()))


def _chosen(now: CirculationList, listed: Sequence[Listed], members: Collection[str] | None) -> list[Listed]:
    if members is None:
        due = {row.member_id for row in now.to_write}
        return [one for one in listed if one.row.member_id in due]
    found = [one for one in listed if one.row.member_id in members]
    for one in found:
        if one.row.problem or one.row.state is CopyState.LEFT_OUT:
            why = one.row.problem or "was left out"
            raise Refused(f"{one.row.person.name} {why}, so no copy can be saved.")
    return found


class _Failed(Exception):
    """One copy cannot be written; nothing of it was."""


@dataclass(frozen=True)
class _Proved:
    """Pieces of what is withheld that are found in the whole minutes, at least one of each text; of `unsearched` texts
    every piece stands in any file."""

    pieces: tuple[str, ...]
    unsearched: int


@dataclass(frozen=True)
class _Parts:
    """The paper of a share, the line that names copy and recipient, and the cover with the person's own actions; of a
    Word file, which has all of it in one, nothing but that."""

    base: bytes
    edition: str
    cover: bytes
    form: PaperForm = PaperForm.PDF

    @property
    def sha256(self) -> str:
        """What tells a copy: one whose bytes differ with each locking is put together from the same."""
        each = (hashlib.sha256(part).digest() for part in (self.base, self.edition.encode(), self.cover))
        return hashlib.sha256(b"".join(each)).hexdigest()

    def file(self, session: Session, passphrase: str = "") -> bytes:
        """The copy."""
        if self.form.is_word:
            return self.base
        maker = copy_maker(session)
        return maker.named(self.base, self.edition, self.cover, passphrase, is_large=self.form.is_large)


@dataclass
class _Making:
    """Prints each share once in one form, and knows which withheld words the whole minutes have."""

    session: Session
    whole: bytes
    form: PaperForm
    searched: int = 0
    _bases: dict[Any, bytes] = field(default_factory=dict)
    _blank: dict[Any, bytes] = field(default_factory=dict)
    _proved: dict[tuple[tuple[str, ...], ...], _Proved] = field(default_factory=dict)
    _clean: set[tuple[Any, tuple[str, ...]]] = field(default_factory=set)

    def parts(self, one: Listed, progress: Progress = unheard) -> "_Parts":
        """What the copy in the person's name is put together from, with their own actions first."""
        maker, model, row, form = copy_maker(self.session), one.model, one.row, self.form
        edition = edition_of(model.minutes, row.copy_number, row.person.named)
        own = replace(model.own, copy=edition, edition=Words(edition, "Edition:")) if model.own is not None else None
        if form.is_word:
            minutes = replace(model.minutes, copy_number=row.copy_number, recipient=row.person.named)
            return _Parts(maker.word(minutes, own, is_large=form.is_large), edition, b"", form)
        cover = maker.cover(own, is_large=form.is_large) if own is not None else b""
        return _Parts(self._base(model, progress), edition, cover, form)

    def printed(self, minutes: Any, progress: Progress = unheard) -> bytes:
        """Minutes in the form these copies have."""
        maker, form = copy_maker(self.session), self.form
        if form.is_word:
            return maker.word(minutes, None, is_large=form.is_large)
        return maker.base(minutes, progress, is_large=form.is_large)

    def _base(self, model: CopyModel, progress: Progress = unheard) -> bytes:
        if model.minutes not in self._bases:
            self._bases[model.minutes] = self.printed(model.minutes, progress)
        return self._bases[model.minutes]

    def proved(self, model: CopyModel) -> _Proved:
        """What the copy is searched for, once the paper it is made of is found free of it. Raises _Failed where
        something withheld could not be found even where it stands, or where it is found."""
        if model.must_not not in self._proved:
            self._proved[model.must_not] = self._prove(model)
        found = self._proved[model.must_not]
        if (model.minutes, found.pieces) not in self._clean:
            self.require_absent(found.pieces, self._base(model))
            self._clean.add((model.minutes, found.pieces))
        return found

    def _prove(self, model: CopyModel) -> _Proved:
        every = [piece for pieces in model.must_not for piece in pieces]
        common = self._in_any_file(model, list(filter(is_short, every)))
        telling = [left for pieces in model.must_not if (left := set(pieces) - common)]
        found = copy_maker(self.session).found(every, self.whole) if every else frozenset()
        if not all(found & pieces for pieces in telling):
            raise _Failed(NO_PROOF)
        pieces = tuple(piece for piece in dict.fromkeys(every) if piece in found - common)
        return _Proved(pieces, model.unsearched + len(model.must_not) - len(telling))

    def _in_any_file(self, model: CopyModel, short: Sequence[str]) -> frozenset[str]:
        """Those that a file holds in which nothing is typed: words of the paper or of the file itself."""
        if not short:
            return frozenset()
        maker = copy_maker(self.session)
        if model.blank not in self._blank:
            self._blank[model.blank] = self.printed(model.blank)
        return maker.found(short, self._blank[model.blank])

    def require_absent(self, pieces: Sequence[str], file: bytes, name: str = "", passphrase: str = "") -> None:
        """Raise _Failed where one of them is in the file."""
        if pieces and copy_maker(self.session).found(pieces, file, name=name, passphrase=passphrase):
            raise _Failed(FOUND)


def _write(session: Session, now: CirculationList, one: Listed, folder: Path, making: _Making) -> Written:
    """One copy with its draft: made and searched in memory, then saved, then noted."""
    row, model = one.row, one.model
    proved = making.proved(model)
    with session.work.step("a copy of the minutes", undoable=False) as records:
        words = "" if row.how is How.SECURE_MAIL else ensured_in(session, records, row.member_id)[1]
        parts = making.parts(one)
        finished = parts.file(session, words)
        name = file_name(MailKind.MINUTES, model.minutes.on, row.copy_number, row.form.ending)
        making.require_absent(proved.pieces, finished, name, words)
        making.searched += 1
        draft = _draft(session, records, one, Attachment(name, finished), proved.pieces, words)
        files = _save(folder, name, finished, draft)
        record = replace(
            copy_record(session, now, row, model.held),
            withheld=(*model.withheld, *too_common(proved.unsearched)),
            written_at=session.now(),
            written_by=session.user_name,
            unlocked_sha256=parts.sha256,
            file_sha256=hashlib.sha256(finished).hexdigest(),
        )
        records.save(record)
        if row.person.id not in {one.id for one in source_in(session, records, now.meeting_id).kept}:
            records.save(row.person)
    return Written(record, files)


def _draft(
    session: Session, records: Records, one: Listed, attached: Attachment, pieces: Sequence[str], passphrase: str
) -> bytes:
    """The mail draft; empty for somebody who gets theirs by hand. Neither what is withheld nor the passphrase may be in
    it."""
    row = one.row
    if row.how is How.HAND:
        return b""
    writer = session.papers.mail_draft
    assert writer is not None, "both files are given every writer"
    settings = settings_in(records)
    sender = Sender(session.user_name, paper_name(settings.town, settings.partnership))
    to = (row.person.name, records.get(Member, row.member_id).mail)
    on: date = one.model.minutes.on
    mail = papers_mail(
        MailKind.MINUTES, to, on, sender, session.now(), (attached,), is_locked=row.how is not How.SECURE_MAIL
    )
    _require_neutral(mail, (*pieces, *([passphrase] if passphrase else [])))
    try:
        return writer(mail)
    except Refused as refusal:
        raise _Failed(refusal.sentence) from refusal


def _require_neutral(mail: Mail, pieces: Sequence[str]) -> None:
    said = searched("\n".join((mail.subject, *mail.paragraphs, *(one.name for one in mail.attachments))))
    if any(searched(piece) in said for piece in pieces):
        raise _Failed("text withheld from this person is in the email")


def _save(folder: Path, name: str, file: bytes, draft: bytes) -> tuple[Path, ...]:
    """Both files or neither."""
    wanted = [(folder / name, file)]
    if draft:
        wanted.append(((folder / name).with_suffix(".eml"), draft))
    saved: list[Path] = []
    try:
        for path, content in wanted:
            save(path, content)
            saved.append(path)
    except NotSaved as failure:
        for path in saved:
            path.unlink(missing_ok=True)
        raise _Failed(failure.sentence) from failure
    return tuple(saved)
