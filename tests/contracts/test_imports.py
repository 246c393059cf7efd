"""What imports what: no circle anywhere, imports for the type checker alone included."""

from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest


def circle_in(package: str) -> list[str]:
    """The modules of one circle of imports, the first of them last again; nothing where there is none."""
    graph = grimp.build_graph(package, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as found:
        return list(found.args[1])
    return []


def test_no_module_imports_itself_by_way_of_others() -> None:
    assert circle_in("csp_desktop") == []


def test_a_circle_through_an_import_for_the_type_checker_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "of_two_minds"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "one.py").write_text("from of_two_minds import two\n")
    (package / "two.py").write_text("import typing\nif typing.TYPE_CHECKING:\n    from of_two_minds import one\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert set(circle_in("of_two_minds")) == {"of_two_minds.one", "of_two_minds.two"}
