"""pytest, run in a folder of its own with the plugin of this product."""

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

INSTALLED = any(each.name == "mastery-policies" for each in entry_points(group="pytest11"))
"""Whether the environment was installed since the plugin has an entry point; else it is named."""


def run_pytest(folder: Path, *options: str, python: str = sys.executable) -> tuple[int, str]:
    """Run pytest in a folder; return its status and what it prints."""
    words = [python, "-B", "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:cov", *options]
    if not INSTALLED:
        words += ["-p", "ledger.pytest_plugin"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr
