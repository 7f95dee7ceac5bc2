"""The layout and its one-way imports, read from the source with ast."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("data", "printing", "ui")
SOURCES = [*sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py")), ROOT / "main.py"]

# A layer may import itself and those to its left.
LAYERS = ("base", "rules", "rows", "exchange", "day", "printing", "ui", "main")
MODULE_LAYERS = {
    "data.errors": "base",
    "data.i18n": "base",
    "data.rehearsal": "day",
    "data.rehearsal_steps": "day",
    "main": "main",
}
PREFIX_LAYERS = {
    "data.rules": "rules",
    "data.exchange": "exchange",
    "data": "rows",
    "printing": "printing",
    "ui": "ui",
}
THIRD_PARTY = {
    "base": set(),
    "rules": {"ortools"},
    "rows": {"peewee", "pypinyin", "chinese_calendar"},
    "exchange": {"python_calamine", "openpyxl", "pypinyin", "PIL"},
    "day": set(),
    "printing": {"reportlab", "qrcode", "fontTools", "pypdfium2"},
    "ui": {"PySide6", "shiboken6", "pypdfium2"},
    "main": set(),
}


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def layer_of(module: str) -> str | None:
    if module in MODULE_LAYERS:
        return MODULE_LAYERS[module]
    for prefix in sorted(PREFIX_LAYERS, key=len, reverse=True):
        if module == prefix or module.startswith(prefix + "."):
            return PREFIX_LAYERS[prefix]
    return None


MODULES = {module_name(path): path for path in SOURCES}


def imports(path: Path) -> set[str]:
    """Modules that a file imports, also inside of functions; `from a import b` gives a.b where that is a module."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                found.add(full if full in MODULES else node.module)
    return found


IMPORTS = {module: imports(path) for module, path in MODULES.items()}


@pytest.mark.parametrize("module", MODULES)
def test_imports_run_one_way(module: str) -> None:
    layer = layer_of(module)
    assert layer
    for imported in IMPORTS[module]:
        target = layer_of(imported)
        if target:
            assert LAYERS.index(target) <= LAYERS.index(layer), f"{module} imports {imported}"
    if layer == "rules":
        assert not {name for name in IMPORTS[module] if layer_of(name) == "base"}, "rules speak in codes, not in words"


@pytest.mark.parametrize("module", MODULES)
def test_libraries_stay_where_they_belong(module: str) -> None:
    import sys

    layer = layer_of(module)
    outside = {name.split(".")[0] for name in IMPORTS[module]} - set(sys.stdlib_module_names) - {*PACKAGES, "main"}
    assert outside <= THIRD_PARTY[layer or ""]
    if "ortools" in outside:
        assert module.startswith("data.rules.rotation")


def test_no_circles() -> None:
    graph = {module: {name for name in found if name in MODULES} for module, found in IMPORTS.items()}
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " -> ".join((*path[path.index(module) :], module))
        if module not in done:
            for name in graph[module]:
                visit(name, (*path, module))
            done.add(module)

    for module in graph:
        visit(module, ())


def test_screens_hold_snapshots() -> None:
    for module, found in IMPORTS.items():
        if layer_of(module) in ("ui", "printing", "exchange", "main"):
            assert not {"data.audit", "peewee"} & found, module
            assert not {name for name in found if name.startswith("data.models")}, module


def test_queries_only_read() -> None:
    for module, found in IMPORTS.items():
        if module.startswith("data.queries"):
            assert not {name for name in found if name.startswith("data.actions")}, module
            assert ".write(" not in MODULES[module].read_text(encoding="utf-8"), module


def test_only_main_builds_the_app() -> None:
    assert [module for module, found in IMPORTS.items() if "ui.app" in found] == ["main"]


def test_actions_change_rows_through_the_door() -> None:
    """Nothing but the store's Writing may call peewee's own writers, or a change would miss the audit log."""
    writers = {"save", "create", "insert", "insert_many", "update", "delete", "delete_instance", "replace", "execute"}
    for module, path in MODULES.items():
        if not module.startswith(("data.actions", "data.queries")):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            owner = node.func.value
            name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
            if node.func.attr in writers and name[:1].isupper():
                pytest.fail(f"{module}:{node.lineno} calls {name}.{node.func.attr}")


@pytest.mark.parametrize("path", SOURCES, ids=module_name)
def test_files_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500
