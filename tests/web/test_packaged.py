"""Whatever the pages need is in the package that is installed."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_file_of_the_pages_is_installed() -> None:
    """Templates, styles, the script and the translations are named as data of the package."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = settings["tool"]["setuptools"]["package-data"]["web"]
    packaged = {path for pattern in patterns for path in (ROOT / "web").glob(pattern) if path.is_file()}
    needed = {path for path in (ROOT / "web").rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")}

    assert needed - packaged == set()
