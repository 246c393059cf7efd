"""A damaged file is read or refused with a sentence: no traceback, never half of it, none of its words in an error."""

import re
import tracemalloc
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from csp_desktop.bootstrap.partnership import Partnership, create_partnership
from csp_desktop.cli.verbs import lists
from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.people.agencies import Member
from csp_desktop.domain.private.people import RoughSleeper
from csp_desktop.exchange.members import read_members
from csp_desktop.exchange.private.rough_sleepers import read_people
from csp_desktop.exchange.reading.reader import read_book
from csp_desktop.exchange.reading.table import MOST_UNPACKED
from csp_desktop.exchange.safety_net import read_cases
from csp_desktop.services.session import Session
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.header import VaultKind
from tests.scenarios.test_private_file import LEADER
from tests.support.attack import ATTACK, count
from tests.support.damage import (
    CASES_BOOK,
    PERSONAL,
    Damaged,
    archive_of,
    damaged_csvs,
    damaged_workbooks,
    good_csvs,
    good_workbooks,
    parts_of,
)
from tests.support.partnerships import CHAIR

READERS: dict[str, Callable[..., Any]] = {"cases": read_cases, "members": read_members, "people": read_people}
KEPT: dict[str, type] = {"cases": Case, "members": Member, "people": RoughSleeper}
Attack = tuple[str, Callable[[int], Iterator[Damaged]]]
MOST_MEMORY = 60_000_000  # bytes
FAR = (
    '<c r="XFD1048576"><v>1</v></c>',
    '<c r="A1048576"><v>1</v></c>',
    '<c r="XFD60"><v>1</v></c>',
    '<c r="A999999999"><v>1</v></c>',
)
ATTACKS: list[Attack] = [("workbooks", damaged_workbooks), ("csvs", damaged_csvs)]


def now() -> datetime:
    return datetime(2026, 11, 26, 16, 12, tzinfo=UTC)


@dataclass
class Files:
    """The group's file and the private one."""

    group: Partnership
    private: Partnership
    place: Path

    def session(self, of: str) -> Session:
        return (self.private if of == "people" else self.group).session

    def take_in(self, damaged: Damaged) -> dict[str, Any]:
        """As the command line does, from a file on the disk."""
        file = self.place / damaged.name
        file.write_bytes(damaged.content)
        session = self.session(damaged.of)
        if damaged.of == "cases":
            return lists.import_cases(session, file, None, dry_run=False)
        take = lists.import_members if damaged.of == "members" else lists.import_people
        return take(session, file, dry_run=False)

    def state(self, of: str) -> tuple[object, list[object]]:
        """Where the journal stands, and every record of the kind."""
        session = self.session(of)
        with session.work.reading() as records:
            return session.work.head(), sorted(records.find(KEPT[of]), key=lambda record: str(record.id))


@pytest.fixture
def files(tmp_path: Path) -> Iterator[Files]:
    folder = tmp_path / "partnership"
    with ExitStack() as opened:
        group, _ = create_partnership(folder, [CHAIR], Cost.quick(), now, with_recovery=False)
        opened.enter_context(group)
        private, _ = create_partnership(
            folder, [LEADER], Cost.quick(), now, with_recovery=False, kind=VaultKind.ROUGH_SLEEPING
        )
        opened.enter_context(private)
        yield Files(group, private, tmp_path)


def sentence_of(damaged: Damaged) -> str:
    """What is said instead of reading it; nothing when it is read."""
    try:
        READERS[damaged.of](damaged.content, damaged.name)
    except Refused as refused:
        return refused.sentence
    return ""


@pytest.mark.parametrize("good", [good_csvs(), good_workbooks()], ids=["csv", "xlsx"])
def test_before_they_are_damaged_all_of_them_are_read_whole(good: dict[str, bytes]) -> None:
    read = {of: READERS[of](content, "a list") for of, content in good.items()}
    assert {of: (len(file.rows), file.refused) for of, file in read.items()} == {
        "cases": (48, ()),
        "members": (3, ()),
        "people": (2, ()),
    }


@pytest.mark.attack
@pytest.mark.parametrize(("what", "damage"), ATTACKS, ids=["workbooks", "csvs"])
def test_a_damaged_file_is_read_or_refused_with_a_sentence_that_names_it(
    what: str, damage: Callable[[int], Iterator[Damaged]], record_property: Callable[[str, object], None], capfd: Any
) -> None:
    told: Counter[str] = Counter()
    for damaged in damage(count(what)):
        sentence = sentence_of(damaged)
        told["refused" if sentence else "read"] += 1
        assert not sentence or (damaged.name in sentence and sentence.endswith(".")), (str(damaged), sentence)
        assert not any(word in sentence for word in PERSONAL), str(damaged)
    assert told["read"] and told["refused"], "damage that does something, and not always the worst"
    assert capfd.readouterr() == ("", ""), "nothing the library remarks is told"
    words = "damaged workbooks" if what == "workbooks" else "damaged CSVs"
    record_property(
        ATTACK, f"{told.total()} {words}: {told['refused']} refused with a sentence, {told['read']} read, no traceback"
    )


@pytest.mark.attack
@pytest.mark.parametrize(("what", "damage"), ATTACKS, ids=["workbooks", "csvs"])
def test_of_a_damaged_file_all_that_was_read_goes_in_or_nothing(
    what: str, damage: Callable[[int], Iterator[Damaged]], files: Files
) -> None:
    for damaged in damage(count(what)):
        before = files.state(damaged.of)
        try:
            told = files.take_in(damaged)
        except Refused as refused:
            assert not any(word in refused.sentence for word in PERSONAL), str(damaged)
            assert files.state(damaged.of) == before, f"{damaged}: {refused.sentence}"
            continue
        _, held = files.state(damaged.of)
        assert len(held) == len(before[1]) + told["new"], str(damaged)
    for partnership in (files.group, files.private):
        assert partnership.verify()["findings"] == []


@pytest.mark.parametrize("cell", FAR)
@pytest.mark.parametrize("claimed", ["A1:XFD1048576", "A1", ""])
def test_a_cell_far_outside_takes_no_memory_for_what_lies_between(cell: str, claimed: str) -> None:
    row = re.search(r"[A-Z](\d+)", cell)
    assert row is not None
    added = f'<row r="{row[1]}">{cell}</row></sheetData>'.encode()
    book = changed(claimed, lambda sheet: sheet.replace(b"</sheetData>", added))
    tracemalloc.start()
    try:
        with pytest.raises(Refused, match="far below the table|far to the right") as refused:
            read_cases(book, "cases.xlsx")
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()
    assert "cases.xlsx" in refused.value.sentence


@pytest.mark.parametrize("claimed", ["A1", "A1:B2", "A1:XFD1048576", "Z9:A1", ""])
def test_the_size_that_a_workbook_claims_is_not_believed(claimed: str) -> None:
    assert read_cases(changed(claimed), "cases.xlsx").rows == read_cases(CASES_BOOK).rows


def test_a_workbook_that_would_unpack_to_more_than_fits_is_refused_before_it_is_unpacked() -> None:
    parts = {**parts_of(CASES_BOOK.read_bytes()), "xl/media/picture.bin": bytes(MOST_UNPACKED)}
    with pytest.raises(Refused, match="too large once unpacked"):
        read_cases(archive_of(parts), "cases.xlsx")


def test_what_the_reading_library_remarks_reaches_nobody(capfd: Any) -> None:
    parts = parts_of(CASES_BOOK.read_bytes())
    sheet = next(name for name in parts if name.startswith("xl/worksheets/"))
    remark = b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    parts[sheet] = parts[sheet].replace(b"</worksheet>", remark)
    del parts["xl/styles.xml"]
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        read_book(archive_of(parts), "cases.xlsx")
    assert (seen, capfd.readouterr()) == ([], ("", ""))


def changed(claimed: str, change: Callable[[bytes], bytes] = lambda sheet: sheet) -> bytes:
    """The good workbook, claiming another size."""
    parts = parts_of(CASES_BOOK.read_bytes())
    name = next(name for name in parts if name.startswith("xl/worksheets/"))
    dimension = f'<dimension ref="{claimed}"/>'.encode() if claimed else b""
    parts[name] = change(re.sub(rb"<dimension[^>]*/>", dimension, parts[name]))
    return archive_of(parts)
