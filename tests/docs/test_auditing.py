"""docs/auditing.md is run, command by command, as an auditor and an operator would."""

import io
import re
import shlex
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from click.testing import CliRunner

from ledger.audit.bundling.readme import README
from ledger.audit.verifier.__main__ import main as verifier
from ledger.audit.verifier.archive import NAMES
from ledger.cli import main
from tests.docs.walking import Step, lacking, steps, take

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "auditing.md").read_text(encoding="utf-8")


def test_the_guide_can_be_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of the guide, typed in turn, prints what the page shows and ends as it says."""
    monkeypatch.chdir(tmp_path)
    for name in ("MASTERY_HOME", "MASTERY_LEDGER"):
        monkeypatch.delenv(name, raising=False)

    assert [] == [wrong for step in steps(PAGE) if (wrong := walked(step, monkeypatch))]


def walked(step: Step, monkeypatch: pytest.MonkeyPatch) -> str:
    """Take a step; return what is wrong with it. The policy names the key of the log that was made."""
    program, *words = shlex.split(step.text)
    if step.file == "policy":
        return take(step._replace(text=re.sub(r"^log .*$", f"log {key()}", step.text, flags=re.MULTILINE)))
    if program == "export":
        monkeypatch.setenv(*words[0].split("=", 1))
        return ""
    if program == "python":
        return verified(step, words)
    if ">" in words:
        Path(words[-1]).write_text(CliRunner().invoke(main, words[: words.index(">")]).stdout, encoding="utf-8")
        missing = lacking(step.shown, Path(words[-1]).read_text(encoding="utf-8"))
        return f"{step.text}: not shown {missing}" if missing else ""
    return take(step)


def key() -> str:
    """Return the key of the log."""
    printed = CliRunner().invoke(main, ["signing-key", "show"]).stdout
    return printed.split()[1]


def verified(step: Step, words: list[str]) -> str:
    """Run the verifier in this process."""
    assert words[:2] == ["-m", "ledger.audit.verifier"]
    said = io.StringIO()
    with redirect_stdout(said):
        status = verifier(words[2:])
    missing = lacking(step.shown, said.getvalue())
    return f"{step.text}: exit status {status}, not shown {missing}" if missing or status != step.status else ""


def test_the_guide_names_every_file_of_a_bundle() -> None:
    """The table of files, and the page that lies in a bundle, name the files a bundle may have."""
    tabled = set(re.findall(r"^\| `([a-z./]+?(?:\.txt|\.json|point)?(?:/SIZE)?)`", PAGE, re.MULTILINE | re.IGNORECASE))

    assert tabled == {
        "bundle.json",
        "checkpoint",
        "checkpoints/SIZE",
        "events.txt",
        "tree.txt",
        "leaves.txt",
        "heads.txt",
        "README.txt",
    }
    assert [name for name in tabled if not NAMES.fullmatch(name.replace("SIZE", "7"))] == []
    assert [name for name in tabled if name.partition("SIZE")[0] not in README and name != "README.txt"] == []


def test_every_link_leads_somewhere() -> None:
    """Each page the guide points to exists."""
    assert [] == [name for name in re.findall(r"\]\((?!https:)([^)]+)\)", PAGE) if not (DOCS / name).exists()]
