"""Importing a rule from where it lies, installed or not."""

import importlib
import sys
from pathlib import Path
from types import ModuleType


def imported(folder: Path, name: str) -> ModuleType:
    """Import a module or package by its name below a folder.

    The folder is put at the head of the import path. Raises `ValueError` with a sentence where a
    module of this name was imported from somewhere else before.
    """
    place = str(folder.resolve())
    if place not in sys.path:
        sys.path.insert(0, place)
    importlib.invalidate_caches()
    module = importlib.import_module(name)
    found = Path(module.__file__ or "").resolve()
    if Path(place) not in found.parents:
        raise ValueError(f"{name} is imported from {found} already: two packages of this name are in each other's way")
    return module


def named(file: Path) -> tuple[Path, str]:
    """Return the folder a module's package lies in, and the module's full name: of every folder with an __init__.py."""
    folder, names = file.resolve().parent, [file.stem]
    while (folder / "__init__.py").is_file():
        names.insert(0, folder.name)
        folder = folder.parent
    return folder, ".".join(names)
