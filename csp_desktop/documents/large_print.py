"""What is set out otherwise in large print, whatever it is printed as."""

from csp_desktop.domain.minutes.paper_parts import Grid, Words

SCALE = 1.5  # 18 points for 12
MOST_COLUMNS = 4  # of a table; a wider one would break every word in large print


def is_too_wide(grid: Grid) -> bool:
    """Whether its rows become lines."""
    return len(grid.headers) > MOST_COLUMNS


def row_lines(grid: Grid) -> tuple[tuple[Words, ...], ...]:
    """Each row as lines led by the headers of their columns; what is empty has no line."""
    return tuple(
        tuple(Words(cell, f"{header}:") for header, cell in zip(grid.headers, row, strict=True) if cell.strip())
        for row in grid.rows
    )
