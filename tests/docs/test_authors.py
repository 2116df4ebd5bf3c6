"""docs/authors: the guide is walked, the references are what the code says, every link leads somewhere."""

import re
import sys
from pathlib import Path

import pytest

import ledger.policy
from ledger.cli.reference import commands
from ledger.cli.root import main
from ledger.facts import reference_page
from ledger.facts.methods import METHOD_NAMES
from ledger.policy import reference
from ledger.policy.cases import anchors
from tests.docs.walking import steps, take

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "authors"
GUIDE = (FOLDER / "guide.md").read_text(encoding="utf-8")


def test_the_guide_can_be_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file of the guide written and every command typed in turn, each prints what the page shows."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    for name in ("MASTERY_HOME", "MASTERY_LEDGER", "MASTERY_PLUGINS"):
        monkeypatch.delenv(name, raising=False)

    assert [] == [wrong for step in steps(GUIDE) if (wrong := take(step))]


def test_the_guide_goes_from_law_to_adoption() -> None:
    """The walk makes a draft, writes its files, tries, explains and shows it, and adopts it."""
    every = list(steps(GUIDE))
    typed = [step.text for step in every if not step.file]
    endings = {Path(step.file).name.partition(".")[2] for step in every if step.file}

    assert {"md", "toml", "py", "cases.toml"} == endings
    for words in ("policies new", "--coverage", "--mutate", "policies explain", "policies show", "adopt", "record"):
        assert any(words in command for command in typed), words


def test_the_words_are_current() -> None:
    """The page of words is what `python -m ledger.policy.reference` writes."""
    page = (ROOT / reference.PAGE).read_text(encoding="utf-8")

    assert reference.reference() == page, "run: python -m ledger.policy.reference"


def test_every_word_is_on_the_page() -> None:
    """Whatever `ledger.policy` offers to authors has a place on the page of words."""
    page = reference.reference()
    names = {name for name in ledger.policy.__all__ if not re.search(rf"\b{name}\b", page)}

    assert set() == names


def test_the_facts_are_current() -> None:
    """The page of facts is what `python -m ledger.facts.reference_page` writes."""
    page = (ROOT / reference_page.PAGE).read_text(encoding="utf-8")

    assert reference_page.reference() == page, "run: python -m ledger.facts.reference_page"


def test_every_method_is_on_the_page() -> None:
    """Each fact method this release knows has a heading of its own."""
    headings = set(re.findall(r"^## (\S+)$", reference_page.reference(), re.MULTILINE))

    assert set(METHOD_NAMES) == headings


def test_every_link_leads_somewhere() -> None:
    """Each file the pages point to exists, and so does each heading within a page."""
    for page in FOLDER.glob("*.md"):
        text = page.read_text(encoding="utf-8")
        headings = anchors(text)
        files = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)

        assert [] == [link for link in files if not (FOLDER / link).exists()]
        assert [] == [link for link in re.findall(r"\]\(#([^)]+)\)", text) if link not in headings]


def test_commands_of_the_guide_are_commands() -> None:
    """Every `mastery policies` command the guide speaks of is one."""
    known = {path[2] for path, _ in commands(main, ("mastery",)) if path[:2] == ("mastery", "policies") and path[2:]}

    assert set(re.findall(r"mastery policies (\w+)", GUIDE)) <= known
