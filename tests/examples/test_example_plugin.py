"""The example plugin, built, installed into an environment of its own and found there by its entry point."""

import importlib.util
import json
import os
import shutil
import site
import subprocess
import sys
import venv
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pytest

from tests.policy.kit.pytester import run_pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "ledger-policies-example"
POLICY = "example-midland/course-challenge"
NEEDED = 77
"""The release of setuptools that the example's pyproject.toml asks for."""


@dataclass(frozen=True)
class Environment:
    """An environment with the product and the example in it; `source` is a copy of the example."""

    python: Path
    source: Path

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run this environment's Python, away from every source."""
        return subprocess.run(
            [self.python, *words], cwd=self.python.parent, capture_output=True, text=True, check=False
        )

    def mastery(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Type a command of the product."""
        return self.run("-c", "from ledger.cli import main; main(prog_name='mastery')", *words)


def builder() -> str:
    """Say why nothing can be built here without a network; nothing where it can."""
    if importlib.util.find_spec("pip") is None:
        return "pip is not installed here, so the example cannot be built without a network"
    try:
        release = metadata.version("setuptools")
    except metadata.PackageNotFoundError:
        release = "0"
    if int(release.partition(".")[0]) < NEEDED:
        return f"setuptools {NEEDED} is needed to build the example without a network; here is {release}"
    return ""


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Return an environment that sees the libraries of this one, and the example alone installed in it."""
    if why := builder():
        pytest.skip(why)
    folder = tmp_path_factory.mktemp("example")
    source = shutil.copytree(EXAMPLE, folder / "source", ignore=shutil.ignore_patterns("__pycache__"))
    pip(folder, "wheel", "--no-build-isolation", "--no-deps", "--wheel-dir", "wheels", str(source))
    (wheel,) = (folder / "wheels").glob("*.whl")
    home = folder / "environment"
    venv.EnvBuilder(with_pip=False, symlinks=True).create(home)
    python = home / "bin" / "python"
    (packages,) = home.glob("lib/python*/site-packages")
    seen = [f"import site; site.addsitedir({place!r})\n" for place in site.getsitepackages()]
    (packages / "libraries.pth").write_text("".join(seen))
    pip(folder, "--python", str(python), "install", "--no-deps", str(wheel))
    return Environment(python, source)


def pip(folder: Path, *words: str) -> None:
    """Run pip without a network; what it says of a failure is raised."""
    offline = {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    command = [sys.executable, "-m", "pip", "--quiet", *words]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, **offline}
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_example_is_found_by_its_entry_point(environment: Environment) -> None:
    """Installed, it is a plugin with a name; its files came along."""
    listed = environment.mastery("policies", "list", "--plugin", "example")
    where = environment.run("-c", "import ledger_policies_example as one; print(one.__file__)")

    assert f"{POLICY}@2020-07-01" in listed.stdout, listed.stderr
    assert Path(where.stdout.strip()).is_relative_to(environment.python.parents[1])


def test_the_example_is_not_there_unless_enabled(environment: Environment) -> None:
    """A plugin that is installed and not named gives no policy."""
    assert POLICY not in environment.mastery("policies", "list").stdout


def test_its_cases_run_where_it_is_installed(environment: Environment) -> None:
    """Its cases hold, try everything and notice every mistake."""
    done = environment.mastery("policies", "test", POLICY, "--plugin", "example", "--coverage", "--mutate", "--json")
    found = json.loads(done.stdout)

    assert (0, 15, [], []) == (done.returncode, found["cases"], found["failed"], found["problems"])
    assert [] == found["coverage"][0]["gaps"]
    assert [] == found["mutation"][0]["survivors"]


def test_its_own_tests_pass(environment: Environment) -> None:
    """Its cases and its tests in Python pass under pytest, with the options its README names."""
    options = ("--mastery-coverage", "--mastery-mutate")
    status, said = run_pytest(environment.source, *options, python=str(environment.python))

    assert (0, True) == (status, "19 passed" in said), said


def test_the_example_says_that_it_is_invented() -> None:
    """Nobody takes the example for law."""
    for name in ("README.md", "ledger_policies_example/law.md", "ledger_policies_example/course_challenge.toml"):
        assert "invented" in (EXAMPLE / name).read_text(encoding="utf-8").lower()
