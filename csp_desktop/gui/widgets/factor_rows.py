"""The rows of a matrix's factors, as both meetings score them: under what they do, else under the matrix's groups."""

from collections.abc import Iterable, Mapping

from csp_desktop.domain.cases.risk_matrix import Factor, Matrix, Nature
from csp_desktop.gui.widgets.factor_table import FactorHead, FactorLine, FactorRow

NATURES = {
    Nature.MOTIVATING: ("Motivating", "what drives it"),
    Nature.AGGRAVATING: ("Aggravating", "what makes it worse"),
}
Answered = Mapping[str, str]  # factor key → option key


def factor_rows(matrix: Matrix, answers: Answered, then: Answered, tasks: Answered | None = None) -> list[FactorRow]:
    """Every factor with today's and last time's answer, numbered; `tasks` says in words who has an open one, by
    factor; None where factors have no tasks."""
    rows: list[FactorRow] = []
    number = 0
    natures = all(factor.nature is not None for factor in matrix.factors)
    groups = list(NATURES) if natures else list(dict.fromkeys(factor.group for factor in matrix.factors))
    for group in groups:
        mine = [one for one in matrix.factors if (one.nature if natures else one.group) == group]
        title, about = NATURES[group] if isinstance(group, Nature) else (group, "")
        if mine:
            rows.append(FactorHead(title, about, points_words(mine, answers)))
        for factor in mine:
            number += 1
            answer, before = answers.get(factor.key, ""), then.get(factor.key, "")
            rows.append(
                FactorLine(number, factor, answer, before, None if tasks is None else tasks.get(factor.key, ""))
            )
    return rows


def points_words(factors: Iterable[Factor], answers: Answered) -> str:
    """'16 of 30', or '16 to 22 of 30' while something is unanswered."""
    low = high = most = 0
    for factor in factors:
        given = factor.option(answers.get(factor.key, ""))
        low += given.points if given else 0
        high += given.points if given else factor.most
        most += factor.most
    return f"{low if low == high else f'{low} to {high}'} of {most}"
