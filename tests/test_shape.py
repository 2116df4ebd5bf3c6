"""How the text of this repository looks: short, documented, and free of what belongs elsewhere."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

ROOT = Path(__file__).parents[1]
LONGEST_MODULE, LONGEST_FUNCTION = 400, 50
"""Lines."""

PACKAGES = ("ledger", "policies", "web")
FOLDERS = (*PACKAGES, "tests", "benchmarks", "docs", "examples", ".ci")
AT_THE_TOP = ("README.md", "CHANGELOG.md", "pyproject.toml", "tox.ini", ".gitignore")
SOMEBODY_S_MACHINE = re.compile(r"(?<![\w.~/-])/(?:work|root|home/\w+|Users/\w+|tmp/plan)/")

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
Documented: TypeAlias = ast.Module | ast.ClassDef | Function


def sources(*folders: str) -> list[Path]:
    """Return the Python files of some folders."""
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def tree(path: Path) -> ast.Module:
    """Return a file as a syntax tree."""
    return ast.parse(path.read_text())


def place(path: Path, node: ast.AST) -> str:
    """Name a place in a file the way an editor opens it."""
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


def public(node: Documented) -> Iterator[Documented]:
    """Return a node and what it holds that others may use; dunders say themselves, overloads their types."""
    yield node
    for inner in node.body:
        if (
            isinstance(inner, ast.ClassDef | Function)
            and not inner.name.startswith("_")
            and not isinstance(node, Function)
            and "overload" not in {ast.unparse(decorator) for decorator in inner.decorator_list}
        ):
            yield from public(inner)


def test_modules_are_short() -> None:
    """No module has more lines than one person reads in one go."""
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources(*FOLDERS)
        if (lines := len(path.read_text().splitlines())) > LONGEST_MODULE
    }

    assert long == {}


def test_functions_are_short() -> None:
    """No function has more lines than fit on a screen."""
    long = {
        place(path, node): lines
        for path in sources(*FOLDERS)
        for node in ast.walk(tree(path))
        if isinstance(node, Function) and (lines := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    }

    assert long == {}


def test_everything_public_is_documented() -> None:
    """Every public module, class, function and method says what it is."""
    silent = [
        place(path, node)
        for path in sources(*PACKAGES)
        for node in public(tree(path))
        if ast.get_docstring(node) is None
    ]

    assert silent == []


def test_every_test_states_a_fact() -> None:
    """Every test function begins with a sentence that says what is so, not that it is tested."""
    silent = [
        place(path, node)
        for path in sources("tests")
        for node in ast.walk(tree(path))
        if isinstance(node, Function) and node.name.startswith("test_")
        if not (said := ast.get_docstring(node)) or said.lower().startswith("test")
    ]

    assert silent == []


@pytest.mark.parametrize("folder", ["ledger/policy", "ledger/facts", "ledger/domain", "policies"])
def test_numbers_are_exact(folder: str) -> None:
    """No rule, fact, event or policy holds a binary floating-point number."""
    inexact = [
        place(path, node)
        for path in sources(folder)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex)
    ]

    assert inexact == []


def test_no_machine_is_named() -> None:
    """No file names a folder of the machine on which somebody wrote it."""
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    named = [
        str(path.relative_to(ROOT))
        for path in [*files, *(ROOT / name for name in AT_THE_TOP)]
        if path.suffix != ".pyc"
        and not path.name.startswith(".coverage")
        and SOMEBODY_S_MACHINE.search(path.read_text(errors="ignore"))
    ]

    assert named == []
