"""The build hook: a wheel and an editable install both carry the compiled forms."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """Compiles forms and resources before hatchling gathers the files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before each build, the editable one included."""
        if self.target_name == "wheel":
            runpy.run_path(str(Path(self.root, "packaging", "build_forms.py")))["build"](Path(self.root))
