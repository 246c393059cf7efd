"""What the pages of the session are given besides: what came over from the group's meeting, and the sitting."""

from dataclasses import dataclass, field
from functools import partial

from csp_desktop.gui.private.private_table import PrivateTable
from csp_desktop.gui.private.registry import PRIVATE
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.program import Program
from csp_desktop.gui.window.registry import WindowKind


@dataclass(frozen=True)
class PrivatePageContext(PageContext):
    """A page's surroundings in the private window."""

    kind: WindowKind = PRIVATE
    table: PrivateTable = field(kw_only=True)


def give_table(program: Program, table: PrivateTable) -> None:
    """The pages get it, and a lock takes the sitting away from it."""
    program.make_context = partial(PrivatePageContext, table=table)
    program.at_lock.append(table.forget_sitting)
