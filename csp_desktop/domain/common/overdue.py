"""What is overdue, by how many days, and the words for it: one rule for every list, page and paper."""

from datetime import date

from csp_desktop.domain.common.days import days_words


def days_overdue(due: date | None, today: date) -> int:
    """How many calendar days have passed since a day something was due; 0 on that day, before it, and without one."""
    return max(0, (today - due).days) if due else 0


def overdue_words(days: int) -> str:
    """'3 days overdue'; empty for what is not."""
    return f"{days_words(days)} overdue" if days > 0 else ""


def late_words(days: int) -> str:
    """'2 days late', of what was done after its day."""
    return f"{days_words(days)} late"


def countdown_words(due: date, today: date) -> str:
    """'11 days', 'today', '3 days overdue': the figure beside what it counts to."""
    return overdue_words(days_overdue(due, today)) or ("today" if due == today else days_words((due - today).days))


def due_words(due: date, today: date) -> str:
    """'in 11 days', 'today', '3 days overdue'."""
    return f"in {countdown_words(due, today)}" if due > today else countdown_words(due, today)


def ago_words(day: date, today: date) -> str:
    """'3 days ago', 'today': how long since something was done."""
    return f"{days_words((today - day).days)} ago" if day < today else "today"
