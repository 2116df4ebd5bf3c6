"""Plugins named by where they lie rather than by what is installed: drafts, tried before they are packaged."""

import importlib.util
import sys
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from ledger.errors import UnknownName
from ledger.policy.kit.importing import imported

GROUP = "ledger.policies"
"""The entry-point group of policy plugins."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A plugin in a folder or a file; `name` is the path as it was given."""

    name: str

    def load(self) -> Any:
        """Import it; raise `UnknownName` with a sentence where there is none."""
        path = Path(self.name)
        if path.suffix == ".py" and path.is_file():
            return _imported_file(path)
        if (path / "pyproject.toml").is_file():
            return _imported(path, _target(path / "pyproject.toml"))
        if (path / "__init__.py").is_file():
            return _imported(path.resolve().parent, path.resolve().name)
        raise UnknownName(
            f"{self.name} is no plugin: name a folder with a pyproject.toml or an __init__.py in it, or a file "
            "that ends in .py"
        )


def drafts(wanted: Collection[str]) -> Iterator[Draft]:
    """Yield the plugins that are named by a path: what has a slash in it, or ends in .py."""
    for name in wanted:
        if "/" in name or name.startswith(".") or name.endswith(".py"):
            yield Draft(name)


def _target(described: Path) -> str:
    project = tomllib.loads(described.read_text(encoding="utf-8")).get("project", {})
    targets = list(project.get("entry-points", {}).get(GROUP, {}).values())
    if len(targets) != 1:
        raise UnknownName(f'{described} names {len(targets)} plugins in [project.entry-points."{GROUP}"], not one')
    return str(targets[0])


def _imported(folder: Path, name: str) -> ModuleType:
    try:
        return imported(folder, name)
    except ValueError as error:
        raise UnknownName(f"{error}.") from None


def _imported_file(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise UnknownName(f"{path} cannot be read as Python")
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(path.stem, module)
    spec.loader.exec_module(module)
    return module
