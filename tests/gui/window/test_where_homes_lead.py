"""Whatever a home offers leads to a page of its own window: a kind nobody gave a look is found here."""

from collections.abc import Iterable, Mapping
from enum import Enum

import pytest

from csp_desktop.domain.cases.clocks import PromiseKind
from csp_desktop.gui.file import file_home
from csp_desktop.gui.home import home
from csp_desktop.gui.private import home as private_home
from csp_desktop.gui.private.registry import PRIVATE
from csp_desktop.gui.style import icons
from csp_desktop.gui.widgets.home_work import FILE_NEEDS, NeedLook, StepLook
from csp_desktop.gui.window.registry import GROUP, IT_SUPPORT, WindowKind
from csp_desktop.services.file.file_home import FileNeed, FileStep
from csp_desktop.services.home.home import Step
from csp_desktop.services.home.home_needs import NeedKind
from csp_desktop.services.private.home import PrivateNeed, PrivateStep


@pytest.mark.parametrize(
    ("window", "looks", "kinds"),
    [
        (GROUP, home.NEEDS, (*NeedKind, *PromiseKind)),
        (GROUP, home.STEPS, Step),
        (
            PRIVATE,
            private_home.NEEDS,
            (
                *PrivateNeed,
                *FILE_NEEDS,
                NeedKind.CORRECT_MINUTES,
                NeedKind.REMARKS,
                NeedKind.CONFIRM_MAIL,
                NeedKind.UPDATES,
            ),
        ),
        (PRIVATE, private_home.STEPS, PrivateStep),
        (IT_SUPPORT, file_home.NEEDS, (*FileNeed, *FILE_NEEDS)),
        (IT_SUPPORT, file_home.STEPS, FileStep),
    ],
    ids=["needs", "steps", "private needs", "private steps", "needs of the file", "steps of the file"],
)
def test_every_kind_has_an_icon_and_leads_to_a_page(
    window: WindowKind, looks: Mapping[Enum, NeedLook | StepLook], kinds: Iterable[Enum]
) -> None:
    assert set(looks) == set(kinds)
    stems = {page.stem for page in window.pages}
    assert [kind for kind, look in looks.items() if look.stem not in stems] == []
    assert [kind for kind, look in looks.items() if not icons.exists(look.icon)] == []
