"""The verifier by itself: copied elsewhere, without the program that made the bundle."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.audit.bundle.support import Auditor, Signed, run

FOLDER = Path(__file__).parents[3] / "ledger" / "audit" / "verifier"
WITHOUT_THE_LEDGER = (
    "import runpy, sys; sys.modules['ledger'] = None; runpy.run_module('verifier', run_name='__main__')"
)


def copied(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Copy the verifier's folder, and run it there in a Python that knows no `ledger`."""
    if not (folder / "verifier").exists():
        shutil.copytree(FOLDER, folder / "verifier", ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "-c", WITHOUT_THE_LEDGER, *words]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, check=False)


def test_the_folder_runs_where_it_is_copied(school: Signed, tmp_path: Path) -> None:
    """Integrity and completeness need nothing of ours; replay says that it was not done, and why."""
    (tmp_path / "bundle.zip").write_bytes(school.bundle())
    (tmp_path / "policy").write_text(school.trust)
    words = ("bundle.zip", "--trust", "policy")
    all_, two = copied(tmp_path, *words), copied(tmp_path, *words, "--ask", "integrity", "--ask", "completeness")

    assert (1, "") == (all_.returncode, all_.stderr)
    assert "integrity: holds\n" in all_.stdout
    assert "completeness: holds\n" in all_.stdout
    assert "replay: not done\n  no copy of Mastery Ledger that can decide is installed" in all_.stdout
    assert (0, False) == (two.returncode, "replay" in two.stdout)


def test_the_module_runs_with_the_ledger(school: Signed, tmp_path: Path) -> None:
    """`python -m ledger.audit.verifier` answers all three questions, in text."""
    (tmp_path / "bundle.zip").write_bytes(school.bundle())
    (tmp_path / "policy").write_text(school.trust)
    command = [sys.executable, "-m", "ledger.audit.verifier", "bundle.zip", "--trust", "policy"]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (0, "") == (found.returncode, found.stderr)
    assert found.stdout.startswith("bundle ")
    assert "\n  learner: 1 learner, " in found.stdout
    assert "\nreplay: holds\n" in found.stdout


def test_what_cannot_be_read_ends_with_2(school: Signed, tmp_path: Path, auditor: Auditor) -> None:
    """A file that is not there, a policy that is none, and a file that is no bundle are refused in a sentence."""
    (tmp_path / "policy").write_text(school.trust)

    assert run(str(tmp_path / "none.zip"), "--trust", str(tmp_path / "policy")).status == 2
    assert auditor.says(b"PK").refused == "this is not a ZIP file; a bundle is one, made by `mastery bundle`"

    auditor.trust = "quorum none\n"

    assert auditor.says(school.bundle()).refused.startswith("policy: names no log")
