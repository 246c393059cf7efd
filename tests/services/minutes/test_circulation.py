"""To each what they may have: listed before anything is written, proved on the finished file, given by a person."""

import ctypes
import email
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from email.policy import default
from html import unescape
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csp_desktop.documents.absence import Search
from csp_desktop.domain.common.aliases import unheard
from csp_desktop.domain.common.errors import FieldRefused, NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.actions import Answer
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.minutes.circulation import Circulated, CopyPassphrase, CopyRecord, CopyState, How, ToldHow
from csp_desktop.domain.minutes.rights import READY, Recipient, Rights, RightsRow
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.domain.people.agencies import Agency, Member, PaperForm
from csp_desktop.services.meeting.actions import answer_action
from csp_desktop.services.minutes import circulation, copies, copy_passphrases, rights, versions
from csp_desktop.services.minutes.circulation import circulation_list
from csp_desktop.services.minutes.corrections import correct, correctable
from csp_desktop.services.people.people import set_copy_form, set_secure_mail
from csp_desktop.services.session import Remembered
from tests.support.copies import OWN_WORDS, PAPERS, POLICE_WORDS, SOURCE_WORDS, approved_meeting, maker
from tests.support.held_meeting import NOVEMBER

EVERYBODY = {"hana", "stefan", "dan", "aisha", "ewa", "ravi", "ruth", "sean", "tom"}
PARTS = ("paper", "new_words", "warn_of", "make_key", "sign", "weigh")  # that a maker of copies is put together from
RECORDERS, POLICE, AWAY = {"hana", "ruth"}, {"dan", "aisha"}, {"sean", "tom"}


@pytest.fixture
def session() -> Any:
    return approved_meeting()


def rows(session: Any) -> dict[str, Any]:
    return {row.member_id: row for row in circulation_list(session, NOVEMBER).rows}


def passphrase(session: Any, member_id: str) -> str:
    with session.work.reading() as records:
        return copy_passphrases.words_of(records, records.find(CopyPassphrase, member_id=member_id)[0])


def written(session: Any, folder: Path, **more: Any) -> dict[str, Any]:
    made = copies.write_copies(session, NOVEMBER, folder, **more)
    assert made.failed == ()
    return {one.record.member_id: one for one in made.written}


def text_of(session: Any, one: Any) -> str:
    with pdfium.PdfDocument(one.files[0], password=passphrase(session, one.record.member_id)) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_the_list_shows_who_gets_what_and_why_before_anything_is_written(session: Any) -> None:
    now = circulation_list(session, NOVEMBER)
    assert set(rows(session)) == EVERYBODY
    assert rows(session)["hana"].why == "chair" and rows(session)["hana"].rights is Rights.WHOLE
    assert rows(session)["dan"].why == "member, present"
    assert (rows(session)["tom"].rights, rows(session)["tom"].why) == (Rights.OWN_AGENCY, "everyone else")
    assert [one.name for one in now.refused] == [] or all(one.why for one in now.refused)
    with session.work.reading() as records:
        assert records.find(CopyRecord) == []


def test_no_rights_no_copy_refused_with_the_reason() -> None:
    session = approved_meeting(table="")
    table = rights.propose_rights(session, (RightsRow(Rights.WHOLE, agency_id="police"),))
    rights.approve_rights(session, table.id)
    now = circulation_list(session, NOVEMBER)
    assert {row.member_id for row in now.rows} == {"dan", "aisha"}
    assert {one.why for one in now.refused} == {"no rights: no row of the table of rights applies to them"}


def test_whoever_joined_after_the_meeting_gets_no_copy_and_the_list_says_why(session: Any) -> None:
    with session.work.step("a new colleague") as records:
        records.save(replace(records.get(Member, "ewa"), id="since", name="Grace Obi"))
    now = circulation_list(session, NOVEMBER)
    assert "since" not in {row.member_id for row in now.rows}
    (refused,) = [one for one in now.refused if one.member_id == "since"]
    assert refused.why == "joined the group after this meeting"


def test_a_copy_in_a_name_of_two_people_or_of_nobody_is_pointed_out(session: Any) -> None:
    with session.work.step("names", undoable=False, of_held=True) as records:
        records.save(replace(records.get(Member, "ewa"), id="second", name="EWA ŁUKASIK"))
        for name, member_id in (("Duty Officer", "nobody"), ("Ewa Łukasik", "second")):
            member = replace(records.get(Member, "aisha"), id=member_id, name=name, mail=f"{member_id}@example.org")
            records.save(member)
            row = records.get(Attendance, "row-aisha")
            records.save(replace(row, id=f"row-{member_id}", member_id=member_id, name=name))
    found = rows(session)
    assert any("does not look like a person’s name" in words for words in found["nobody"].warnings)
    for member_id in ("ewa", "second"):
        assert any("Two people on this list are called" in words for words in found[member_id].warnings)
    assert not found["dan"].warnings


def test_without_an_approved_table_nothing_is_circulated(tmp_path: Path) -> None:
    session = approved_meeting(table="")
    table = rights.propose_ready_set(session, READY[0].name)
    with pytest.raises(Refused, match="No table of rights is approved"):
        copies.write_copies(session, NOVEMBER, tmp_path)
    with pytest.raises(NotAllowed):
        rights.approve_rights(replace(session, roles=frozenset({Role.MINUTE_TAKER})), table.id)
    assert list(tmp_path.iterdir()) == []


def test_minutes_nobody_approved_are_listed_and_not_written(tmp_path: Path) -> None:
    session = approved_meeting()
    note = next(p.part_id for p in correctable(session, NOVEMBER) if p.fact.field == "note" and p.case_id)
    correct(session, NOVEMBER, note, "note", "Otherwise")
    assert circulation_list(session, NOVEMBER).version == 1  # the version approved last still goes out
    assert circulation_list(session, NOVEMBER).refusal == ""


def test_a_table_once_approved_stays_and_the_next_takes_its_place(session: Any) -> None:
    second = rights.propose_ready_set(session, READY[2].name)
    assert rights.rights_table(session).proposed == second
    rights.approve_rights(session, second.id)
    now = rights.rights_table(session)
    assert now.current is not None and now.current.number == 2 and len(now.every) == 2
    with pytest.raises(Refused, match="already been approved"):
        rights.approve_rights(session, second.id)
    with pytest.raises(Refused, match="An approved table cannot be changed"):
        rights.take_back_proposal(session, second.id)


def test_each_gets_a_locked_copy_in_their_name_and_a_neutral_mail_draft(session: Any, tmp_path: Path) -> None:
    made = written(session, tmp_path)
    assert set(made) == EVERYBODY
    numbers = {one.record.copy_number for one in made.values()}
    assert len(numbers) == len(made) and min(numbers) == 2
    for one in made.values():
        named = f"copy {one.record.copy_number} for {one.record.name}, {one.record.agency}"
        with pdfium.PdfDocument(one.files[0], password=passphrase(session, one.record.member_id)) as document:
            assert all(named in page.get_textpage().get_text_range().replace("\r\n", " ") for page in document)
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(one.files[0])
        assert all(path.stat().st_mode & 0o777 == 0o600 for path in one.files)
    mail = email.message_from_bytes(made["dan"].files[1].read_bytes(), policy=default)
    (attached,) = mail.iter_attachments()
    assert (
        mail["X-Unsent"] == "1"
        and mail["Subject"] == "Papers, Thursday 26 November 2026"
        and "dan@example.org" in mail["To"]
    )
    assert attached.get_content() == made["dan"].files[0].read_bytes()
    assert passphrase(session, "dan") not in mail.as_string()
    assert [path.suffix for path in made["ravi"].files] == [".pdf"] and made["ravi"].record.how is How.HAND
    assert {path.name for one in made.values() for path in one.files} == {path.name for path in tmp_path.iterdir()}


def test_their_own_actions_come_first(session: Any, tmp_path: Path) -> None:
    text = text_of(session, written(session, tmp_path)["dan"])
    assert text.index("Serve the notice") < text.index("Minutes of the")
    assert text.index("Actions of PS Dan Holt") < text.index("Minutes of the")


def test_withheld_text_is_nowhere_in_the_finished_files_nor_in_what_carries_them(session: Any, tmp_path: Path) -> None:
    made = written(session, tmp_path)
    everything = versions.printed_version(session, NOVEMBER, 1)
    may = {
        POLICE_WORDS: RECORDERS | POLICE,
        "A raid is planned for Tuesday": RECORDERS | POLICE,
        SOURCE_WORDS: RECORDERS,
        "SN-2026-0402": EVERYBODY - AWAY - {"stefan"},
        OWN_WORDS: EVERYBODY - AWAY,
    }
    for words, readers in may.items():
        pieces = tuple(" ".join(words.split()[at : at + 3]) for at in range(0, max(1, len(words.split()) - 2), 3))
        search = Search(pieces)
        search.prove(everything)
        for member_id, one in made.items():
            found = search.found_in(
                one.files[0].read_bytes(), name=one.files[0].name, passphrase=passphrase(session, member_id)
            )
            assert bool(found) == (member_id in readers), (words, member_id)
            for path in one.files[1:]:
                assert not any(piece.encode() in path.read_bytes() for piece in pieces)


def test_a_copy_that_cannot_be_proved_is_not_written_and_says_so(session: Any, tmp_path: Path) -> None:
    class Blind(type(maker())):  # type: ignore[misc]
        def found(self, words: Any, file: bytes, **more: Any) -> frozenset[str]:
            return frozenset()

    blind = Blind(*(getattr(PAPERS.copies, name) for name in PARTS))
    made = copies.write_copies(replace(session, papers=replace(PAPERS, copies=blind)), NOVEMBER, tmp_path)
    assert {one.record.member_id for one in made.written} == RECORDERS  # nothing is withheld from them
    assert {one.why for one in made.failed} == {copies.NO_PROOF}
    assert len(list(tmp_path.iterdir())) == 4


def test_words_that_slip_into_a_file_keep_it_from_being_written(session: Any, tmp_path: Path) -> None:
    for step in ("named", "base"):
        made = copies.write_copies(replace(session, papers=replace(PAPERS, copies=leaky(step))), NOVEMBER, tmp_path)
        assert {one.why for one in made.failed} == {copies.FOUND} and len(made.failed) == len(EVERYBODY) - 2
        assert {one.record.member_id for one in made.written} <= RECORDERS
    assert {who for who, row in rows(session).items() if row.record} == RECORDERS


def leaky(step: str) -> Any:
    """A maker that leaves withheld words in a file, at the paper all share or at the last."""

    class Leaking(type(maker())):  # type: ignore[misc]
        def base(self, minutes: Any, progress: Any, **more: Any) -> bytes:
            made = super().base(minutes, progress, **more)
            return leaked(made, "") if step == "base" else made

        def named(self, base: bytes, edition: str, cover: bytes, passphrase: str = "", **more: Any) -> bytes:
            made = super().named(base, edition, cover, passphrase, **more)
            return leaked(made, passphrase) if step == "named" else made

        def word(self, minutes: Any, own: Any, **more: Any) -> bytes:
            made = io.BytesIO(super().word(minutes, own, **more))
            if step == "word" and own is not None:
                with zipfile.ZipFile(made, "a") as parts:
                    parts.writestr("word/comments.xml", "".join(f"<w:t>{one}</w:t>" for one in SOURCE_WORDS))
            return made.getvalue()

    def leaked(file: bytes, passphrase: str) -> bytes:
        with pikepdf.open(io.BytesIO(file), password=passphrase) as pdf:
            pdf.docinfo.Keywords = SOURCE_WORDS
            out = io.BytesIO()
            pdf.save(out, encryption=pikepdf.Encryption(user=passphrase, owner="") if passphrase else False)
            return out.getvalue()

    return Leaking(*(getattr(PAPERS.copies, name) for name in PARTS))


COMMON = "[police only] Community Protection Warning\n[protect source] Document"


NEEDS = {"tom": PaperForm.LARGE_PRINT, "aisha": PaperForm.WORD, "dan": PaperForm.WORD_LARGE_PRINT}


def needing(session: Any, *, secure: bool) -> Any:
    """Tom needs large print, Aisha and Dan a Word file; `secure`: the mail of the police is safe."""
    for member_id, form in NEEDS.items():
        set_copy_form(session, member_id, form)
    set_secure_mail(session, "police", is_secure=secure)
    return session


def word_text(file: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        return unescape(re.sub("<[^>]*>", " ", parts.read("word/document.xml").decode()))


def test_each_gets_the_form_they_can_read(session: Any, tmp_path: Path) -> None:
    made = written(needing(session, secure=True), tmp_path)
    assert {who: one.record.form for who, one in made.items()} == dict.fromkeys(EVERYBODY, PaperForm.PDF) | NEEDS
    sizes = {}
    for who in ("tom", "sean"):
        with pdfium.PdfDocument(made[who].files[0], password=passphrase(session, who)) as document:
            letters = [one for one in document[0].get_objects() if one.type == pdfium.raw.FPDF_PAGEOBJ_TEXT]
            sizes[who] = max(
                pdfium.raw.FPDFTextObj_GetFontSize(one.raw, size := ctypes.c_float()) and size.value for one in letters
            )
    assert sizes["tom"] == pytest.approx(1.5 * sizes["sean"])
    for who in ("aisha", "dan"):
        draft = email.message_from_bytes(made[who].files[1].read_bytes(), policy=default)
        (attached,) = draft.iter_attachments()
        file = made[who].files[0].read_bytes()
        assert made[who].files[0].suffix == ".docx" and attached.get_content() == file
        assert attached.get_content_type().endswith("wordprocessingml.document")
        assert "passphrase" not in str(draft.get_body())
    told = word_text(made["dan"].files[0].read_bytes())
    assert told.index("Actions of PS Dan Holt") < told.index("Present") and POLICE_WORDS in told


def test_a_word_file_goes_only_where_mail_is_safe_else_the_pdf_goes_and_the_list_says_so(
    session: Any, tmp_path: Path
) -> None:
    now = rows(needing(session, secure=False))
    assert now["dan"].form is PaperForm.LARGE_PRINT and now["aisha"].form is PaperForm.PDF
    assert (
        "It cannot be locked, and their agency has no secure email: the large-print PDF is used."
        in now["dan"].warnings[-1]
    )
    made = written(session, tmp_path)
    assert made["dan"].files[0].suffix == ".pdf"
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(made["dan"].files[0])
    set_secure_mail(session, "police", is_secure=True)
    assert rows(session)["dan"].form is PaperForm.WORD_LARGE_PRINT and rows(session)["dan"].warnings == ()


def test_a_copy_that_is_written_and_not_given_is_written_anew_in_the_form_they_can_read(
    session: Any, tmp_path: Path
) -> None:
    written(session, tmp_path)
    set_copy_form(session, "tom", PaperForm.LARGE_PRINT)
    assert [row.member_id for row in circulation_list(session, NOVEMBER).to_write] == ["tom"]
    assert set(written(session, tmp_path)) == {"tom"}
    circulation.note_given(session, NOVEMBER, "tom")
    set_copy_form(session, "tom", PaperForm.PDF)
    assert circulation_list(session, NOVEMBER).to_write == ()  # they have theirs


def test_what_is_withheld_is_in_no_part_of_a_word_file_nor_in_large_print(session: Any, tmp_path: Path) -> None:
    made = written(needing(session, secure=True), tmp_path)
    search = Search((SOURCE_WORDS, OWN_WORDS))
    record = versions.copy_of_version(session, NOVEMBER, 1)
    search.prove(maker().word(record, None))  # both are found where they stand
    search.prove(maker().base(record, unheard, is_large=True))
    for who, withheld in (("dan", {SOURCE_WORDS}), ("aisha", {SOURCE_WORDS}), ("tom", {SOURCE_WORDS, POLICE_WORDS})):
        words = "" if who != "tom" else passphrase(session, who)
        file = made[who].files[0].read_bytes()
        assert (
            not {one.words for one in Search((SOURCE_WORDS, POLICE_WORDS)).found_in(file, passphrase=words)} & withheld
        )


def test_words_that_slip_into_a_word_file_keep_it_from_being_written(session: Any, tmp_path: Path) -> None:
    needing(session, secure=True)
    made = copies.write_copies(replace(session, papers=replace(PAPERS, copies=leaky("word"))), NOVEMBER, tmp_path)
    assert {(one.member_id, one.why) for one in made.failed} == {("dan", copies.FOUND), ("aisha", copies.FOUND)}
    assert len(made.written) == len(EVERYBODY) - 2


def test_withheld_words_that_rightly_stand_in_ones_own_copy_do_not_stop_it(tmp_path: Path) -> None:
    """The first is a power that others' actions name, the second stands in the make of every file."""
    session = approved_meeting(also=COMMON)
    made = written(session, tmp_path)
    assert set(made) == EVERYBODY
    words, file = passphrase(session, "ravi"), made["ravi"].files[0].read_bytes()
    assert Search(("Community Protection Warning",)).found_in(file, passphrase=words)
    assert made["ravi"].record.withheld[-1] == "2 passages not searched for: too common"
    assert made["dan"].record.withheld[-1] == "1 passage not searched for: too common"
    assert not any("too common" in words for who in RECORDERS for words in made[who].record.withheld)


def test_the_rest_of_a_common_passage_is_searched_for_all_the_same(tmp_path: Path) -> None:
    session = approved_meeting(also=COMMON)
    made = copies.write_copies(replace(session, papers=replace(PAPERS, copies=leaky("named"))), NOVEMBER, tmp_path)
    assert {one.why for one in made.failed} == {copies.FOUND} and len(made.failed) == len(EVERYBODY) - 2


def test_a_full_disk_leaves_nothing_of_a_copy(session: Any, tmp_path: Path) -> None:
    (tmp_path / "papers-2026-11-26-copy-02.eml").mkdir()
    made = copies.write_copies(session, NOVEMBER, tmp_path, members={"hana"})
    assert made.written == () and "could not be saved" in made.failed[0].why
    assert not (tmp_path / "papers-2026-11-26-copy-02.pdf").exists()
    assert rows(session)["hana"].record is None


def test_it_stops_between_two_copies_and_goes_on_later(session: Any, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, total: int, words: str) -> None:
        if done == 3:
            raise Stopped

    with pytest.raises(Stopped):
        copies.write_copies(session, NOVEMBER, tmp_path, stop)
    assert sum(row.state is CopyState.WRITTEN for row in rows(session).values()) == 3
    assert len(written(session, tmp_path)) == len(EVERYBODY) - 3


def test_an_agency_with_secure_mail_needs_no_passphrase(session: Any, tmp_path: Path) -> None:
    set_secure_mail(session, "police", is_secure=True)
    one = written(session, tmp_path, members={"dan"})["dan"]
    assert one.record.how is How.SECURE_MAIL
    pikepdf.open(one.files[0]).close()
    assert "passphrase" not in one.files[1].read_bytes().decode("ascii", "replace")


def test_a_passphrase_lasts_and_is_told_once(session: Any, tmp_path: Path) -> None:
    assert rows(session)["ewa"].state is CopyState.TELL_FIRST
    told = copy_passphrases.tell_passphrase(session, "ewa", ToldHow.PHONE)
    assert rows(session)["ewa"].state is CopyState.READY and rows(session)["ewa"].told_how is ToldHow.PHONE
    one = written(session, tmp_path, members={"ewa"})["ewa"]
    pikepdf.open(one.files[0], password=told).close()
    copy_passphrases.new_passphrase(session, "ewa")
    assert passphrase(session, "ewa") != told and rows(session)["ewa"].told_at is None


def test_a_slip_tells_each_their_own_and_nobody_else_theirs(session: Any) -> None:
    pdf = copy_passphrases.print_slips(session, ["ewa", "tom"])
    with pdfium.PdfDocument(pdf) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    assert all(words in " ".join(text.split()) for words in (passphrase(session, "ewa"), passphrase(session, "tom")))
    assert rows(session)["tom"].told_at is None, "a slip that is not saved tells nobody"
    copy_passphrases.note_slips(session, ["ewa", "tom"])
    assert rows(session)["tom"].told_how is ToldHow.SLIP
    with pytest.raises(Refused, match="Save the slips first"):
        copy_passphrases.note_slips(session, ["sean"])


def test_somebody_may_choose_their_own_at_sign_in_and_change_it(session: Any) -> None:
    words = "seven quiet otters swim at dawn"
    assert copy_passphrases.chosen_passphrase(session, "ewa") is None
    for typed, again, why in (
        ("short", "short", "at least 14"),
        ("Change Grow Live Ewa", "Change Grow Live Ewa", "too easy to guess"),
        ("aaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaa", "repeats itself"),
        (words, "seven quiet otters", "The two passphrases differ"),
    ):
        with pytest.raises(FieldRefused, match=why):
            copy_passphrases.set_passphrase(session, "ewa", typed, again)
    copy_passphrases.set_passphrase(session, "ewa", words, f" {words} ")
    assert rows(session)["ewa"].told_how is ToldHow.SIGN_IN and passphrase(session, "ewa") == words
    copy_passphrases.set_passphrase(session, "ewa", f"retry {words}", f"retry {words}")
    assert passphrase(session, "ewa") == f"retry {words}"
    with session.work.reading() as records:
        assert len(records.find(CopyPassphrase, member_id="ewa")) == 1


def test_given_is_confirmed_by_a_person_one_or_all_and_then_they_are_circulated(session: Any, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="No copy has been saved"):
        circulation.note_given(session, NOVEMBER, "ewa")
    written(session, tmp_path)
    assert circulation_list(session, NOVEMBER).state is MinutesState.APPROVED
    given = circulation.note_given(session, NOVEMBER, "ewa")
    assert (given.given_by, given.given_at) == (session.user_name, session.now())
    assert circulation.note_all_given(session, NOVEMBER) == len(EVERYBODY) - 1
    now = circulation_list(session, NOVEMBER)
    assert (now.state, now.circulated_at, now.given) == (MinutesState.CIRCULATED, session.now(), len(EVERYBODY))
    session.work.undo()
    assert circulation_list(session, NOVEMBER).state is MinutesState.APPROVED


class Counting(Remembered):
    """Counts what is worked out."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def answer(self, question: str, basis: Any, work_out: Any) -> Any:
        def counted() -> Any:
            self.times += question == "copies of the minutes"
            return work_out()

        return super().answer(question, basis, counted)


def test_a_step_with_one_copy_works_out_no_copy_again_and_other_rights_do(session: Any, tmp_path: Path) -> None:
    session = replace(session, remembered=Counting())
    written(session, tmp_path)
    circulation.note_given(session, NOVEMBER, "dan")
    circulation.leave_out(session, NOVEMBER, "ewa", "on leave")
    set_copy_form(session, "tom", PaperForm.LARGE_PRINT)
    before = rows(session)
    assert session.remembered.times == 1 and before["dan"].state is CopyState.GIVEN
    rights.approve_rights(session, rights.propose_ready_set(session, READY[2].name).id)
    assert rows(session)["dan"].rights is Rights.ACTIONS_ONLY and session.remembered.times == 2


def test_leaving_out_needs_a_reason_and_can_be_taken_back(session: Any, tmp_path: Path) -> None:
    with pytest.raises(FieldRefused, match="Say why"):
        circulation.leave_out(session, NOVEMBER, "tom", " ")
    circulation.leave_out(session, NOVEMBER, "tom", "on leave until January")
    written(session, tmp_path)
    circulation.note_all_given(session, NOVEMBER)
    assert circulation_list(session, NOVEMBER).state is MinutesState.CIRCULATED
    circulation.take_back_leaving_out(session, NOVEMBER, "tom")
    assert circulation_list(session, NOVEMBER).state is MinutesState.APPROVED
    assert rows(session)["tom"].state is CopyState.TELL_FIRST


def test_a_copy_is_recalled_with_a_reason_and_stays_in_the_register(session: Any, tmp_path: Path) -> None:
    written(session, tmp_path)
    circulation.note_all_given(session, NOVEMBER)
    circulation.recall(session, NOVEMBER, "ewa", "sent to an old address")
    with pytest.raises(Refused, match="already been recalled"):
        circulation.recall(session, NOVEMBER, "ewa", "again")
    note = email.message_from_bytes(copies.recall_note(session, NOVEMBER, "ewa"), policy=default)
    assert note["Subject"] == "Papers, Thursday 26 November 2026" and "is recalled" in note.get_content()
    with pytest.raises(Refused, match="not recalled"):
        copies.recall_note(session, NOVEMBER, "dan")
    (one,) = [one for one in circulation.register(session, NOVEMBER) if one.member_id == "ewa"]
    assert (one.state, one.recall_reason, one.version) == (CopyState.RECALLED, "sent to an old address", 1)


def test_of_two_records_of_one_instant_the_one_written_later_counts(session: Any, tmp_path: Path) -> None:
    written(session, tmp_path)
    for n in range(12):  # by chance it would be right every other time
        circulation.recall(session, NOVEMBER, "dan", f"the {n}th mistake")
        circulation.leave_out(session, NOVEMBER, "dan", "waits")
        assert rows(session)["dan"].state is CopyState.LEFT_OUT
        assert circulation.register(session, NOVEMBER)[0].left_out_reason == "waits"
        circulation.take_back_leaving_out(session, NOVEMBER, "dan")
        written(session, tmp_path, members=["dan"])
        assert rows(session)["dan"].state is CopyState.WRITTEN


def test_a_late_circulation_says_by_how_many_days(session: Any, tmp_path: Path) -> None:
    due = circulation_list(session, NOVEMBER).due
    assert due == date(2026, 12, 17)
    session.now.advance(days=(due - session.today).days + 3)
    assert circulation.late_words(circulation_list(session, NOVEMBER)) == "Late: 3 days after Thu 17 Dec 2026"


def test_numbers_stay_with_people_from_version_to_version(session: Any, tmp_path: Path) -> None:
    first = {key: one.record.copy_number for key, one in written(session, tmp_path).items()}
    note = next(p.part_id for p in correctable(session, NOVEMBER) if p.fact.field == "note" and p.case_id)
    correct(session, NOVEMBER, note, "note", "Otherwise")
    versions.check(session, NOVEMBER)
    versions.approve(session, NOVEMBER)
    now = rows(session)
    assert all(row.is_earlier for row in now.values())
    assert {key: one.record.copy_number for key, one in written(session, tmp_path / "2").items()} == first


def test_whoever_left_the_group_gets_no_copy_and_whoever_moved_is_told_of(session: Any, tmp_path: Path) -> None:
    with session.work.step("moves") as records:
        records.save(replace(records.get(Member, "ewa"), active=False))
        records.save(replace(records.get(Member, "dan"), agency_id="council"))
    assert "ewa" not in rows(session)
    assert rows(session)["dan"].warnings == (
        "Now belongs to Watford Borough Council; the copy is what Hertfordshire Constabulary may have.",
    )


def test_the_record_copy_is_sealed_and_its_pdf_stays_as_it_was(session: Any) -> None:
    sealed = versions.sealed_version(session, NOVEMBER, 1)
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        assert str(field.V.Reason) == "Approved minutes, version 1"
    assert versions.printed_version(session, NOVEMBER, 1) != sealed
    assert versions.sealed_version(session, NOVEMBER, 1) == sealed


def steps() -> Iterator[tuple[str, Any]]:
    def rename(session: Any) -> None:
        with session.work.step("renames") as records:
            for member in records.find(Member):
                records.save(replace(member, name=f"{member.name} of late", job_title="Other", mail="x@example.org"))

    def rename_agencies(session: Any) -> None:
        with session.work.step("renames") as records:
            for agency in records.find(Agency):
                records.save(replace(agency, name=f"{agency.name} Trust", short_name="T"))

    def import_cases(session: Any) -> None:
        from csp_desktop.domain.cases.cases import Case

        with session.work.step("import") as records:
            for case in records.find(Case):
                records.save(replace(case, initials="XX", lead_agency="Fire", total=1, reference=f"{case.reference}9"))

    def answer(session: Any) -> None:
        answer_action(session, "new-1", Answer.DONE)

    def carry(session: Any) -> None:
        answer_action(session, "new-2", Answer.CARRY_ON, due=session.today + timedelta(days=9), reason="waiting")

    def put_right(session: Any) -> None:
        place = next(p for p in correctable(session, NOVEMBER) if p.fact.field == "note" and p.case_id)
        correct(session, NOVEMBER, place.part_id, "note", f"{place.value} And more.")

    yield from (one for one in locals().items())


STEPS = dict(steps())


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(sorted(STEPS)), min_size=1, max_size=5, unique=True))
def test_whatever_changes_afterwards_a_copy_of_an_approved_version_is_the_same(named: list[str]) -> None:
    session = approved_meeting()
    before = {who: copies.copy_pdf(session, NOVEMBER, who) for who in ("tom", "stefan")}
    for name in named:
        STEPS[name](session)
    assert {who: copies.copy_pdf(session, NOVEMBER, who) for who in before} == before


def test_recipients_are_kept_as_they_stood_at_the_approval(session: Any) -> None:
    with session.work.reading() as records:
        kept = records.find(Recipient, meeting_id=NOVEMBER, version=1)
        assert {one.member_id for one in kept} >= EVERYBODY
        assert records.find(Circulated) == []
