"""The demonstration of planted wrongs: everything stands where its plan says, at the hour of the story."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from ledger.application import open_ledger
from ledger.audit.replay import Replay
from ledger.audit.verdicts import Verdict
from ledger.demonstration import DemoSummary, build_demo, finished
from ledger.demonstration.content import ZONE
from ledger.demonstration.plan import Plan
from ledger.demonstration.planting import PLANTED, build_planted, is_planted
from ledger.demonstration.planting.building import story
from ledger.demonstration.planting.people import LIVE_OAK, Casting
from ledger.domain.jurisdiction import PolicyAdopted
from ledger.domain.learner import (
    CohortSet,
    Decided,
    EvidenceCorrected,
    EvidenceRecorded,
    EvidenceWithdrawn,
    PreparationRecorded,
)
from ledger.errors import UsageError
from ledger.storage.envelope import Event

TODAY = date(2026, 11, 20)
HALF = 350


class Killed(Exception):
    """Stands for whatever ends a build before its end."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home in which the build was interrupted half-way, and taken up."""
    folder = tmp_path_factory.mktemp("planted")

    def stop(_: str, done: int, __: int) -> None:
        if done == HALF:
            raise Killed

    with pytest.raises(Killed):
        build_planted(folder, seed=3, today=TODAY, progress=stop)
    assert not is_planted(folder)
    build_planted(folder, seed=3, today=TODAY)
    return folder


@pytest.fixture(scope="module")
def summary(home: Path) -> DemoSummary:
    """Return what the build came to."""
    found = finished(home)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def planted(home: Path) -> list[dict[str, Any]]:
    """Return what was planted."""
    found: list[dict[str, Any]] = msgspec.json.decode((home / PLANTED).read_bytes())
    return found


@pytest.fixture(scope="module")
def events(home: Path) -> Iterator[dict[int, Event[Any]]]:
    """Return every event of the district, by its position."""
    with open_ledger(home, LIVE_OAK.jurisdiction) as ledger:
        yield {event.position: event for event in ledger.log.scan()}


def casting(seed: int = 3) -> Casting:
    """Return who is in the story."""
    return Casting(Plan(TODAY, seed).year, seed)


def test_every_mark_of_the_story_is_in_the_plan(planted: list[dict[str, Any]]) -> None:
    """The plan names each mark once, in the order of the log for each step, whether wrong or innocent."""
    marks = Counter((mark.query, mark.what, mark.innocent) for step in story(casting()) for mark in step.marks)

    assert marks == Counter((one["query"], one["what"], one["innocent"]) for one in planted)


def test_each_is_about_an_event_of_its_learner(planted: list[dict[str, Any]], events: dict[int, Event[Any]]) -> None:
    """The event at the position of the plan is in the stream of the learner named, or about no learner."""
    streams = {(one["learner"], events[one["position"]].originator_id) for one in planted if one["learner"]}
    others = [events[one["position"]].data for one in planted if one["learner"] is None]

    assert all(stream == f"learner/{learner}" for learner, stream in streams)
    assert {PolicyAdopted} == {type(one) for one in others}


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("fail-to-pass", {EvidenceCorrected, EvidenceRecorded}),
        ("undocumented", {EvidenceCorrected, EvidenceWithdrawn}),
        ("late-preparation", {PreparationRecorded}),
        ("entry-bursts", {EvidenceRecorded}),
        ("impossible-time", {Decided}),
        ("short-lived-rules", {PolicyAdopted, Decided}),
    ],
)
def test_each_is_of_the_kind_it_is_told_to_be(
    query: str, kinds: set[type], planted: list[dict[str, Any]], events: dict[int, Event[Any]]
) -> None:
    """What is planted for a query is an event of the kind the query looks at."""
    found = {type(events[one["position"]].data) for one in planted if one["query"] == query}

    assert kinds == found


def test_fails_become_passes_at_night(planted: list[dict[str, Any]], events: dict[int, Event[Any]]) -> None:
    """Four corrections stand at an hour of the night in the ledger's zone; three of them name no document."""
    wrongs = [one for one in planted if one["query"] == "fail-to-pass" and not one["innocent"]]
    found = [events[one["position"]] for one in wrongs]
    hours = [datetime.fromisoformat(one.at).astimezone(ZoneInfo(ZONE)).hour for one in found]
    night = [one for one, hour in zip(found, hours, strict=True) if hour >= 20 or hour < 6]

    assert [None] * 3 == [one.data.document for one in night if one.data.document is None]
    assert 4 == len(night)


def test_innocent_ones_do_turn_decisions(planted: list[dict[str, Any]], events: dict[int, Event[Any]]) -> None:
    """A regular retake in the evening makes a decision met, like the wrongs it looks like."""
    one = next(row for row in planted if row["innocent"] and "entered at 21:30" in row["what"])
    event = events[one["position"]]
    decided = [each.data for each in events.values() if each.command == event.command]

    assert "met" in [made.outcome for made in decided if isinstance(made, Decided)]


def test_the_rule_of_may_is_over_in_june(events: dict[int, Event[Any]]) -> None:
    """The district adopts one kind of task for May, and ends that from 1 June on."""
    adopted = [one.data for one in events.values() if isinstance(one.data, PolicyAdopted) and one.data.overrides]
    ended = [one.data.last_day for one in events.values() if type(one.data).__name__ == "AdoptionEnded"]

    assert ["kinds", "level"] == [one.overrides[0].name for one in adopted]
    assert ["2026-05-04", "2026-05-06"] == [one.first_day for one in adopted]
    assert ["2026-05-31", "2026-05-31"] == ended


def test_every_hour_is_in_the_story(events: dict[int, Event[Any]], summary: DemoSummary) -> None:
    """Nothing is recorded before the June in front of the year or after 1 June at its end, and in order."""
    instants = [one.at for one in events.values()]

    assert sorted(instants) == instants
    assert ("2025-06-04", "2026-06-01") == (instants[0][:10], instants[-1][:10])
    assert "2025-08-18" == summary.year[0]


def test_everything_replays(home: Path, summary: DemoSummary) -> None:
    """Every decision is made again from the ledger alone, and is identical."""
    with open_ledger(home, LIVE_OAK.jurisdiction) as ledger:
        replay = Replay(ledger.log)
        verdicts = Counter(one.verdict for one in replay.replay(replay.learners()))

    assert {Verdict.IDENTICAL: summary.decisions} == verdicts


def test_the_story_follows_from_the_seed() -> None:
    """Another seed gives the same parts to other learners; the same seed the same."""
    one, again, other = ([(step.when, step.name, step.learner) for step in story(casting(seed))] for seed in (3, 3, 4))

    assert one == again
    assert one != other
    assert len(one) == len(other)


def test_a_step_has_a_name_of_its_own() -> None:
    """No two steps have one name: it is by its name that a repeat is known."""
    names = Counter(step.name for step in story(casting()))

    assert [] == [name for name, count in names.items() if count > 1]


def test_a_finished_one_is_only_reported(home: Path, summary: DemoSummary) -> None:
    """Building again writes nothing; the ordinary demonstration does not go into its folder."""
    before = (home / PLANTED).read_bytes()

    assert summary == build_planted(home, seed=3, today=TODAY)
    assert before == (home / PLANTED).read_bytes()
    with pytest.raises(UsageError, match="holds a demonstration made with other numbers"):
        build_demo(home, learners=24)


def test_cohorts_are_set(events: dict[int, Event[Any]]) -> None:
    """Three learners have a cohort, each set twice."""
    counted = Counter(one.originator_id for one in events.values() if isinstance(one.data, CohortSet))

    assert [2, 2, 2] == sorted(counted.values())
