"""Here printing and searching are proved, so everything is printed and searched anew."""

import pytest


@pytest.fixture(scope="module", autouse=True)
def anew(made_anew: None) -> None:
    """Nothing is taken from what another test had made."""
