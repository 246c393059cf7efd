"""The files shipped inside the package: clause texts, sample, help. Copied in by the build from `resources/`."""

import json
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from csp_desktop.domain.meeting.confidentiality import ClauseKind


def shipped(*parts: str) -> Traversable:
    """A shipped file or folder."""
    return files("csp_desktop._built").joinpath("data", *parts)


def clause_texts() -> dict[ClauseKind, str]:
    """The wordings shipped, ours and illustrative until a chair confirms them."""
    found = {}
    for kind in ClauseKind:
        file = shipped("clauses", f"{kind.name.lower()}.txt")
        if file.is_file():
            found[kind] = file.read_text(encoding="utf-8")
    return found


def shipped_case_matrix() -> str:
    """The risk matrix of the group's cases as shipped: illustrative, as its text says."""
    return shipped("matrices", "anti-social-behaviour.json").read_text(encoding="utf-8")


def shipped_matrix() -> str:
    """The risk matrix of the private meeting as shipped: illustrative, as its text says."""
    return shipped("matrices", "rough-sleeping.json").read_text(encoding="utf-8")


def sample_data() -> dict[str, Any]:
    """The invented partnership the sample is made from."""
    content: dict[str, Any] = json.loads(shipped("sample", "partnership.json").read_text(encoding="utf-8"))
    return content


def private_sample_data() -> dict[str, Any]:
    """The invented people of the sample's private file."""
    content: dict[str, Any] = json.loads(shipped("sample", "rough-sleeping.json").read_text(encoding="utf-8"))
    return content
