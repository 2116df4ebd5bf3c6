"""README.md holds two commands, and what they lead to is there."""

import configparser
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^```console\n\$ (.*?)\n```$", README, re.MULTILINE)


def test_two_commands_do_it_all() -> None:
    """One command installs and runs the demo, one tests; nothing else is asked of a newcomer."""
    assert COMMANDS == [
        "python3 -m venv .venv && .venv/bin/pip install -e . && .venv/bin/mastery demo",
        ".venv/bin/pip install tox && .venv/bin/tox",
    ]


def test_the_machine_runs_the_newcomers_command() -> None:
    """.ci/run ends in the README's second command, whatever it installs before."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()

    assert [".venv/bin/pip install --quiet tox", "exec .venv/bin/tox"] == script[-2:]


def test_every_link_of_the_readme_leads_somewhere() -> None:
    """Each file the README points to exists."""
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_what_one_run_leaves_out_another_takes_up() -> None:
    """Each folder the counted tests leave out stands in another environment of tox, and nothing stands in two."""
    tox = configparser.ConfigParser(interpolation=None)
    tox.read(ROOT / "tox.ini", encoding="utf-8")
    left_out = re.findall(r"--ignore=(\S+)", tox["testenv:tests"]["commands"])
    taken_up = [
        word
        for name in ("untraced", "docs")
        for word in tox[f"testenv:{name}"]["commands"].split()
        if word.startswith("tests/")
    ]

    assert sorted(left_out) == sorted(taken_up)
    assert [path for path in taken_up if not (ROOT / path).exists()] == []
