"""Code that judges, adopted in a ledger: decided, explained, replayed without its plugin, supposed, refused."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.audit.verdicts import Verdict
from ledger.policy.judging.asking import Worker
from ledger.policy.nodes import Judged
from tests.audit.support import alter, replayed
from tests.cli.support import COMMAND, DISTRICT, FRAMEWORK, SCALE, Terminal, written
from tests.judging import growth
from tests.judging.files import plugin, source
from tests.support.people import signed_in
from web import create_app
from web.ledgers import ledgers_of

RULE = "growing/mastery"
EVIDENCE = """\
learner,competency,level,kind,purpose,task,occurred
S-1,M.1,2,task,summative,one,2026-03-01
S-1,M.1,3,task,summative,two,2026-03-02
S-1,M.1,2,task,summative,three,2026-03-03
S-2,M.1,4,task,summative,one,2026-03-01
S-2,M.1,1,task,summative,two,2026-03-02
"""
BY_CODE = "No work falls more than 1 levels below the best before it (judged by code, not proved)"


@pytest.fixture(autouse=True)
def forgotten(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Forget what is imported from the plugin's folder."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    yield
    for name in [name for name in sys.modules if name.startswith("growing")]:
        del sys.modules[name]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of the plugin."""
    return plugin(tmp_path)


@pytest.fixture
def terminal(tmp_path: Path, folder: Path) -> Terminal:
    """Return a terminal in a district that adopted the policy, with evidence of two learners."""
    terminal = Terminal(tmp_path / "home")
    terminal.ok("init", DISTRICT, "--kind", "district", "--zone", "America/Chicago", "--name", "ledger.test/pine")
    terminal.ok("import", "framework", written(tmp_path, "mathematics.csv", FRAMEWORK), "--name", "mathematics")
    terminal.ok("import", "scale", written(tmp_path, "scale.toml", SCALE))
    terminal.ok(
        *("adopt", RULE, "--jurisdiction", DISTRICT, "--from", "2020-01-01", "--scale", "Four levels"),
        *("--authority", "Board of trustees", "--reason", "For the test", "--plugin", folder),
    )
    terminal.ok("import", "evidence", written(tmp_path, "results.csv", EVIDENCE))
    return terminal


def replay_elsewhere(terminal: Terminal) -> tuple[int, str]:
    """Replay in a fresh process, whose folder holds nothing; return its status and what it prints."""
    words = [str(COMMAND), "--home", str(terminal.home), "replay"]
    done = subprocess.run(words, cwd=terminal.home, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_it_decides_and_says_that_code_judged(terminal: Terminal) -> None:
    """One learner grew and one fell; the explanation says that this was judged by code."""
    decided = terminal.json("decisions", "--standing")["decisions"]
    said = terminal.ok("explain", "S-2", 3)

    assert Counter({"met": 1, "not_yet": 1}) == Counter(one["decision"]["outcome"] for one in decided)
    assert BY_CODE in " ".join(said.split())


def test_it_replays_identically_without_its_plugin(terminal: Terminal, folder: Path) -> None:
    """Whether its source file was edited since or the plugin is gone, the archived code is what runs."""
    before = replay_elsewhere(terminal)
    (folder / "growth.py").write_text(source().replace("return False", "return True"), encoding="utf-8")
    edited = replay_elsewhere(terminal)
    for path in folder.iterdir():
        if path.is_file():
            path.unlink()
    gone = replay_elsewhere(terminal)

    assert [0] * 3 == [status for status, _ in (before, edited, gone)]
    assert "identical" in before[1]
    assert before == edited == gone


def test_code_altered_in_the_archive_is_a_digest_mismatch(terminal: Terminal) -> None:
    """Code that somebody changed behind the ledger's back is not run: the policy is not the one that was archived."""
    with terminal.open() as ledger:
        alter(ledger, "jurisdiction.policy-archived.1", "return False", "return True")
        found = {one.verdict for one in replayed(ledger) if one.question}

    assert {Verdict.POLICY_DIGEST_MISMATCH} == found


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the worker of this process be one that never answers."""
    silent = Worker(command=(sys.executable, "-S", "-c", "pass"))
    monkeypatch.setattr("ledger.policy.judging.asking._WORKERS", {os.getpid(): silent})
    yield
    silent.close()


def test_a_replay_without_an_answer_is_a_policy_error(terminal: Terminal, request: pytest.FixtureRequest) -> None:
    """Where the code gives no answer, replay says so of the decision, and names the code."""
    request.getfixturevalue("failing")
    with terminal.open() as ledger:
        found = {(one.verdict, one.detail) for one in replayed(ledger) if one.question}
    code = growth.growing.test

    assert isinstance(code, Judged)

    why = f"the code of 'growing' ({code.digest[:16]}) ended its worker, as too much memory or time does"

    assert {(Verdict.POLICY_ERROR, f"JudgementFailed: {why}")} == found


def test_evidence_that_the_code_cannot_judge_is_refused(
    terminal: Terminal, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Where the code gives no answer live, the import is refused with a sentence, and nothing is stored."""
    more = written(tmp_path, "more.csv", EVIDENCE.replace("S-", "S-9").replace("-03-", "-04-"))
    request.getfixturevalue("failing")

    assert "the code of 'growing'" in terminal.refused("import", "evidence", more)


def test_the_author_s_commands_say_it(folder: Path, tmp_path: Path) -> None:
    """List, show, check, test, tree, diff, suggest and explain all say that code judges."""
    terminal = Terminal(tmp_path / "nowhere")
    more = ("--plugin", folder)
    listed = next(one for one in terminal.json("policies", "list", *more)["policies"] if one["policy"] == RULE)

    assert ["growing"] == listed["judged"]
    assert "Mastery that grows (judged by code, not proved)" in terminal.ok("policies", "list", *more)
    assert "JUDGED BY CODE: growing." in terminal.ok("policies", "show", RULE, *more)
    assert "judged growing (sampled, explained)" in terminal.ok("policies", "check", RULE, *more)
    assert BY_CODE in terminal.ok("policies", "tree", RULE, *more)
    compared = terminal.ok("policies", "diff", RULE, RULE, "--set-b", "fall=2", *more)
    assert "They cannot be compared, for code judges in one of them: a person has to judge. (sampled)" in compared
    assert "'growing' is judged by code: there is no threshold" in terminal.ok("policies", "suggest", RULE, *more)
    assert BY_CODE in " ".join(terminal.ok("policies", "explain", "a deep fall", "--policy", RULE, *more).split())
    tested = terminal.ok("policies", "test", RULE, "--coverage", "--mutate", *more)
    assert "Nothing was changed in 1 clause judged by code." in tested


def test_a_what_if_asks_the_code(terminal: Terminal, folder: Path) -> None:
    """With a deeper fall allowed, the learner who fell would be met too."""
    rules = ("simulate", "--baseline", RULE, "--candidate", RULE, "--set-b", "fall=3", "--plugin", folder)
    found = terminal.json(*rules)["found"]

    assert 1 == found["effects"]["gains"]


def test_the_pages_say_it(terminal: Terminal) -> None:
    """The list and the page of the policy say that code judges, and the decision does; the page shows the code."""
    code = growth.growing.test
    app = create_app(terminal.home, environment={})
    client = signed_in(app, DISTRICT)
    place = f"/{DISTRICT.replace('/', '~')}"
    row = client.get(f"{place}/policies.json").get_json()
    listed = client.get(f"{place}/policies").text
    made = max(one["decision"]["position"] for one in terminal.json("decisions", "--standing")["decisions"])
    digest = next(one["digest"] for one in row if one["policy"] == RULE)
    shown = client.get(f"{place}/policies/archived/{digest}").text
    decision = client.get(f"{place}/decisions/{made}").text
    ledgers_of(app).close()

    assert isinstance(code, Judged)
    assert "judged by code" in listed
    assert "Code judges a part of this policy, and nothing is proved of that part." in shown
    assert code.digest in shown
    assert "best is not None and work.work_level &lt; best - parameters.fall" in shown
    assert "(judged by code, not proved)" in decision
