"""Nothing grows past the size at which a reader holds it in mind."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for path in (ROOT / "src").rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted((ROOT / "src").rglob("*.html"))
SCRIPTS = sorted(path for path in (ROOT / "src").rglob("*.js") if "vendor" not in path.parts)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
EXEMPT = {"policy.py", "wording.py"}
MODULE, FUNCTION, VIEW, TEMPLATE, SCRIPT, TEST = 300, 40, 30, 150, 150, 400
FORBIDDEN = {"utils", "helpers", "common", "misc", "core", "services", "managers", "mixins", "base"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def lines(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def too_long(paths, ceiling):
    return [f"{path.relative_to(ROOT)}: {lines(path)} lines" for path in paths if lines(path) > ceiling]


def functions(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, FUNCTIONS)]


def test_modules():
    assert too_long([path for path in SOURCES if path.name not in EXEMPT], MODULE) == []


def test_templates_scripts_and_tests():
    assert too_long(TEMPLATES, TEMPLATE) == []
    assert too_long(SCRIPTS, SCRIPT) == []
    assert too_long(TESTS, TEST) == []


def test_functions():
    found = []
    for path in SOURCES:
        ceiling = VIEW if path.name == "views.py" or path.parent.name == "views" else FUNCTION
        for node in functions(path):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > ceiling:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {length} lines")
    assert found == []


def test_functions_are_annotated():
    found = []
    for path in SOURCES:
        for node in functions(path):
            given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            bare = [one.arg for one in given if one.annotation is None and one.arg not in ("self", "cls")]
            if bare or node.returns is None:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name} {bare}")
    assert found == []


def test_no_import_inside_a_function():
    found = [
        f"{path.relative_to(ROOT)}:{inner.lineno}"
        for path in SOURCES
        for node in functions(path)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert found == []


def test_no_forbidden_name():
    assert [path.relative_to(ROOT) for path in SOURCES if path.stem in FORBIDDEN] == []
    assert [path for path in (ROOT / "src").rglob("*") if path.is_dir() and path.name in FORBIDDEN] == []
    assert [path.name for path in SOURCES if path.stem.endswith(("_2", "_more"))] == []


@pytest.mark.parametrize("mark", ["# noqa", "# type: ignore", "# fmt: off"])
def test_each_suppression_has_its_reason(mark):
    found = []
    for path in SOURCES:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if mark in line and line.rsplit(mark, 1)[1].count("# ") < 1:
                found.append(f"{path.relative_to(ROOT)}:{number}")
    assert found == []
