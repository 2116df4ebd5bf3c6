"""A year of planted wrongdoing: every wrong is found, no look-alike is named, and nothing else is."""

import json
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ledger.application import open_ledger
from ledger.audit.queries.asking import Auditing
from ledger.audit.queries.finding import AuditFinding
from ledger.audit.queries.registry import QUERIES
from ledger.demonstration.planting import PLANTED, build_planted
from ledger.demonstration.planting.people import LIVE_OAK

Rows = dict[str, list[dict[str, Any]]]
Findings = dict[str, tuple[AuditFinding, ...]]

TOGETHER = ("entry-bursts", "heaping", "not-teaching")
"""Queries whose findings are about every event they name; others name beside it what belongs to it."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a year in which wrongs and innocent look-alikes were planted; nobody writes into it."""
    folder = tmp_path_factory.mktemp("planted")
    build_planted(folder, seed=7, today=date(2025, 8, 1))
    return folder


@pytest.fixture(scope="module")
def planted(home: Path) -> Rows:
    """What was planted, by query."""
    found: Rows = defaultdict(list)
    for row in json.loads((home / PLANTED).read_text(encoding="utf-8")):
        found[row["query"]].append(row)
    return found


@pytest.fixture(scope="module")
def findings(home: Path) -> Findings:
    """What every query finds."""
    with open_ledger(home, LIVE_OAK.jurisdiction) as ledger:
        auditing = Auditing(ledger.log, ledger.governance(), ledger.log.recorder.max_notification_id())
        answers = auditing.ask([(query, query.defaults()) for query in QUERIES.values()])
    return {answer.query.name: answer.findings for answer in answers}


def test_every_query_has_something_to_tell_apart(planted: Rows) -> None:
    """Wrongs are planted for all but the query whose wrongs no command allows, and look-alikes for all."""
    wrongs = {name for name, rows in planted.items() if not all(row["innocent"] for row in rows)}

    assert set(QUERIES) - {"outside-dates"} == wrongs
    assert set(QUERIES) == {name for name, rows in planted.items() if any(row["innocent"] for row in rows)}


@pytest.mark.parametrize("name", QUERIES)
def test_every_planted_wrong_is_found(name: str, planted: Rows, findings: Findings) -> None:
    """Some finding names the event, about the learner where it is about one."""
    named = {position for one in findings[name] for position in one.positions}
    about = {one.learner for one in findings[name]} | {None}
    wrongs = [row for row in planted[name] if not row["innocent"]]

    assert [] == [row for row in wrongs if row["position"] not in named]
    assert name == "heaping" or [] == [row for row in wrongs if row["learner"] not in about]


@pytest.mark.parametrize("name", QUERIES)
def test_no_look_alike_is_named_as_a_finding(name: str, planted: Rows, findings: Findings) -> None:
    """No finding is about an innocent event."""
    about = {one.position for one in findings[name]}
    if name in TOGETHER:
        about |= {position for one in findings[name] for position in one.positions}

    assert [] == [row for row in planted[name] if row["innocent"] and row["position"] in about]


@pytest.mark.parametrize("name", QUERIES)
def test_nothing_else_of_the_year_is_a_finding(name: str, planted: Rows, findings: Findings) -> None:
    """The honest year around the planted wrongs gives no finding."""
    wrongs = {row["position"] for row in planted[name] if not row["innocent"]}

    assert [] == [one.sentence for one in findings[name] if wrongs.isdisjoint(one.positions)]
