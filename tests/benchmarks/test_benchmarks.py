"""The benchmarks run; how long anything takes is never a test."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from csp_desktop.documents.minutes import minutes_paper
from csp_desktop.documents.paper import Paper
from csp_desktop.domain.minutes.paper_parts import Grid, Section, Words
from tests.benchmarks.__main__ import main, put_in
from tests.benchmarks.pairs import Figures, in_pairs
from tests.benchmarks.tempo.keyboard import Beats
from tests.benchmarks.tempo.rows import row
from tests.benchmarks.typesetters import as_html, as_typst
from tests.documents.minutes_models import minutes

BEGIN, END = "<!-- figures:begin -->", "<!-- figures:end -->"
pytestmark = pytest.mark.usefixtures("made_anew")  # what is measured is done
SAME = "the same, beside memory that is not locked"


def test_a_row_tells_both_sides_their_ratio_and_the_goal() -> None:
    row = Figures("unlock", (0.2, 0.3, 0.2), (0.1, 0.1, 0.1), 1.3).line()
    assert row == "| unlock | 200 | 300 | 100 | 100 | 2.00 | ≤ 1.3 | 3 |"


def test_ours_and_the_floor_take_turns_at_who_begins() -> None:
    seen: list[str] = []

    def once(name: str, seconds: float) -> Any:
        def taken() -> float:
            seen.append(name)
            return seconds

        return taken

    figures = in_pairs("", once("ours", 2.0), once("floor", 1.0), pairs=4, warm_up=0)
    assert seen == ["floor", "ours", "ours", "floor"] * 2
    assert figures.ratio == 2.0


def test_the_table_is_put_between_its_marks_and_nothing_else_is_touched(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    put_in(readme, ["new", "table"])
    assert readme.read_text(encoding="utf-8") == f"before\n{BEGIN}\nnew\ntable\n{END}\nafter\n"


def test_the_tempo_has_its_own_place_in_the_readme(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    marks = ("<!-- tempo:begin -->", "<!-- tempo:end -->")
    readme.write_text(f"{BEGIN}\nfigures\n{END}\n{marks[0]}\nold\n{marks[1]}\n", encoding="utf-8")
    put_in(readme, ["new"], "tempo")
    assert readme.read_text("utf-8") == f"{BEGIN}\nfigures\n{END}\n{marks[0]}\nnew\n{marks[1]}\n"


def test_a_step_tells_its_keys_its_seconds_and_how_far_it_is_behind_them() -> None:
    once, again = Beats(3, 1, 0, 0.5, [0.01, 0.02, 0.2]), Beats(3, 1, 2, 1.5, [0.01, 0.02, 0.02])
    assert row("a case", [once, again]).line() == "| a case | 2 | 3 | 1 | 1 | 1.0 | 20 | 200 |"


def test_keys_of_a_step_are_those_of_the_step_around_it_too() -> None:
    around = Beats(1, 1, 0, 0.0, [0.1])
    around.add(Beats(2, 1, 1, 0.0, [0.2, 0.3]))
    assert around == Beats(3, 2, 1, 0.0, [0.1, 0.2, 0.3])


def test_the_benchmarks_of_typing_and_walking_run(capsys: Any, qapp: Any) -> None:
    assert main(["--quick", "typing", "walking"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" | ")[0].strip("| ") for line in lines[-4:]] == [
        "typed burst → committed",
        SAME,
        "next case → painted, 4 months in the file",
        SAME,
    ]


def test_the_benchmark_of_guarding_runs(capsys: Any) -> None:
    assert main(["--quick", "guarding"]) == 0
    rows = [line.split(" | ")[0].strip("| ") for line in capsys.readouterr().out.splitlines()[-5:]]
    assert rows[:3] == [
        "unlock, beside its derivation alone",
        "unlock: header and slot, beside the derivation alone",
        "unlock: file opened, set and asked once",
    ]
    assert rows[3].startswith("backup of") and rows[4].startswith("taking out a user")


def _html_headings(source: str) -> list[str]:
    return [unescape(text) for text in re.findall(r"<h[23]>([^<]*)</h[23]>", source)]


def _typst_headings(source: str) -> list[str]:
    found = re.findall(r'^#heading\(level: [12], "((?:[^"\\]|\\.)*)"\)$', source, re.MULTILINE)
    return [re.sub(r"\\(.)", r"\1", text) for text in found]


@pytest.mark.parametrize(("convert", "headings"), [(as_html, _html_headings), (as_typst, _typst_headings)])
def test_the_minutes_for_other_typesetters_hold_every_heading(
    convert: Callable[[Paper], str], headings: Callable[[str], list[str]]
) -> None:
    paper = minutes_paper(minutes(6, 4))
    assert len(paper.sections) > 6
    assert headings(convert(paper)) == [section.title for section in paper.sections]


@pytest.mark.parametrize(
    ("convert", "escaped"),
    [(as_html, r"A &lt;b&gt; &amp; &quot;#c&quot; \ *"), (as_typst, r'"A <b> & \"#c\" \\ *"')],
)
def test_no_word_of_the_minutes_is_markup_to_other_typesetters(convert: Callable[[Paper], str], escaped: str) -> None:
    odd = r'A <b> & "#c" \ *'
    blocks = (Words(odd, odd), Grid(odd, (odd,), ((odd,),), (1,)))
    section = Section("odd", "", 1, odd, blocks)
    paper = replace(minutes_paper(minutes(1, 1)), title=odd, opening=(Words(odd, odd),), sections=(section,))
    source = convert(paper)
    assert source.count(escaped) >= 8  # title, opening, heading, paragraph, header, cell
    assert odd not in source
