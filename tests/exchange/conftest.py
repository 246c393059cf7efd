"""Here reading is proved, so everything is read anew."""

import pytest


@pytest.fixture(scope="module", autouse=True)
def anew(made_anew: None) -> None:
    """Nothing is taken from what another test had made."""
