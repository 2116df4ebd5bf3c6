"""A demonstration in its ledgers: everything came in through commands, and every story is true."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.application.records import snapshot_record
from ledger.audit.replay import Replay
from ledger.audit.verdicts import Verdict
from ledger.demonstration import build_demo, files, finished
from ledger.demonstration.generator import generate
from ledger.demonstration.names import FAMILY, GIVEN
from ledger.demonstration.records import Telling
from ledger.domain.learner import Decided
from ledger.importing import ImportOptions, import_evidence
from ledger.inquiry import DecisionView, decision_view, learner_view
from tests.demonstration.support import SMALL, Built, small


class Killed(Exception):
    """Stands for whatever ends a build before its end."""


def topics(ledger: Ledger) -> Counter[str]:
    """Count the events of a ledger by topic."""
    return Counter(row[3] for row in ledger.log.recorder.scan(0, None, topics=()))


def view(built: Built, title: str) -> DecisionView:
    """Return the decision a story is about."""
    story = next(one for one in built.summary.stories if one.title == title)
    assert story.decision is not None
    with built.districts() as ledgers:
        ledger = next(one for one in ledgers if one.jurisdiction == story.jurisdiction)
        return decision_view(ledger, story.learner, story.decision)


def test_counts_are_those_of_the_ledgers(built: Built) -> None:
    """The summary counts what the ledgers hold, and every row of the files is there."""
    world = generate(small())
    with built.districts() as ledgers:
        found = sum((topics(ledger) for ledger in ledgers), Counter())

    assert built.summary.learners == SMALL
    assert built.summary.evidence == found["learner.evidence-recorded.1"]
    assert built.summary.evidence == sum(map(len, world.rows.values())) + 5
    assert built.summary.decisions == found["learner.decided.1"] == sum(count for _, count in built.summary.outcomes)
    assert built.summary.commands == len(world.actions)


def test_every_outcome_of_the_adopted_rules_occurs(built: Built) -> None:
    """Two dozen learners show every outcome the adopted rules can come to."""
    assert [outcome for outcome, _ in built.summary.outcomes] == ["denied", "met", "not_yet", "undetermined"]


def test_every_kind_of_event_occurs(built: Built) -> None:
    """Each command about a learner was used at least once."""
    with built.districts() as ledgers:
        found = sum((topics(ledger) for ledger in ledgers), Counter())

    assert {topic for topic in found if topic.startswith("learner.")} == {
        "learner.approval-given.1",
        "learner.course-enrolled.1",
        "learner.decided.1",
        "learner.enrolled.1",
        "learner.evidence-corrected.1",
        "learner.evidence-recorded.1",
        "learner.evidence-withdrawn.1",
        "learner.preparation-recorded.1",
        "learner.status-set.1",
    }
    assert found["ledger.ticked.1"] == 2


def test_every_learner_belongs_to_a_school(built: Built) -> None:
    """On a day of the year each learner is in one of the district's two schools, and but for an adult in a grade."""
    day, found = built.summary.year[1], Counter[tuple[str, str | None, bool]]()
    with built.districts() as ledgers:
        for ledger in ledgers:
            for stream in ledger.log.recorder.streams("learner/"):
                one = snapshot_record(ledger, stream)
                school = str(one.organisation_on(day)).removeprefix(ledger.jurisdiction)
                found[school, one.grade_on(day), one.in_course("ALG1", day)] += 1

    assert found == {
        ("/north-campus", "3", False): 4,
        ("/north-campus", "9", True): 7,
        ("/north-campus", None, False): 1,
        ("/south-campus", "3", False): 6,
        ("/south-campus", "9", True): 6,
    }


def test_everything_replays(built: Built) -> None:
    """Every decision is made again from its ledger alone, and is identical."""
    with built.districts() as ledgers:
        verdicts = Counter(
            one.verdict for each in ledgers for one in Replay(each.log).replay(Replay(each.log).learners())
        )

    assert verdicts == {Verdict.IDENTICAL: built.summary.decisions}


def test_no_ledger_knows_anybody(built: Built) -> None:
    """No name and no external id stands in the bytes of a ledger, nor names in the files brought in."""
    learners = generate(small()).learners
    own = {word.encode() for one in learners for word in (one.id, one.teacher, one.given_name, one.family_name)}
    names = {name.encode() for name in (*GIVEN, *FAMILY)}
    ledgers = b"".join(path.read_bytes() for path in sorted((built.home / "ledgers").iterdir()))
    brought = b"".join(path.read_bytes() for path in sorted((built.home / files.FOLDER).iterdir()))

    assert {word for word in own | names if word in ledgers} == set()
    assert {name for name in names if name in brought} == set()


def test_learners_have_their_names(built: Built) -> None:
    """The vault knows each learner by the name the generator drew."""
    learner = generate(small()).learners[0]
    with built.districts() as (ledger, _):
        name = ledger.vault.display_name(ledger.vault.learner_id(learner.id))

    assert name == f"{learner.given_name} {learner.family_name}"


def test_every_day_of_the_ledgers_is_over(built: Built) -> None:
    """No evidence, preparation or status of the ledgers is dated after the school year."""
    with built.districts() as ledgers:
        payloads = [
            event.data for each in ledgers for event in each.log.scan() if event.originator_id.startswith("learner/")
        ]
    days = [
        day
        for one in payloads
        for part in (one, getattr(one, "evidence", None))
        for name in ("occurred", "submitted", "due", "scored", "first_day")
        if (day := getattr(part, name, None))
    ]

    assert max(days) <= built.summary.year[1]


@pytest.mark.parametrize("telling", generate(small()).tellings, ids=lambda telling: telling.title)
def test_every_story_is_true(built: Built, telling: Telling) -> None:
    """A story's decision stands, has the outcome and rests on the clauses told, and replays."""
    found = view(built, telling.title)
    summary = found.summary

    assert (summary.question, summary.outcome, summary.standing) == (telling.question, telling.outcome, True)
    assert telling.subject in (summary.subject.code, summary.subject.id)
    assert set(telling.because) <= set(summary.decisive)
    assert found.explanation is not None
    assert found.again == "identical"


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("One kind of task is not enough", "(has 1, needs 2)"),
        ("The latest work fell below the level", "(has 2, needs 3)"),
        ("Half a level below", "(has 2.5, needs 3)"),
        ("A district that asks for more", "3 or more different kinds of task (has 2, needs 3)"),
        ("What comes before is still open", "Every competency that comes before this one is mastered"),
        ("Nobody has said", "prior instruction in the subject by the day of the sitting"),
        ("A question for a person", "homeless or in substitute care"),
        ("Too late", "Taken before the school year in which the course would ordinarily be taken"),
    ],
)
def test_explanations_say_what_stories_say(built: Built, title: str, words: str) -> None:
    """The answer a person reads names the reason the story gives."""
    explanation = view(built, title).explanation

    assert explanation is not None
    assert words in explanation.answer


@pytest.mark.parametrize(
    ("title", "outcomes"),
    [
        ("The latest work fell below the level", ["met", "not_yet"]),
        ("The same retake after tutoring", ["not_yet", "met"]),
        ("A typing error, corrected", ["not_yet", "met"]),
        ("The same score in the other district", ["undetermined", "met"]),
        ("Twice in one quarter", ["undetermined", "denied"]),
    ],
)
def test_some_stories_have_a_past(built: Built, title: str, outcomes: list[str]) -> None:
    """What was decided before is on record beside what stands."""
    assert [one.outcome for one in view(built, title).history] == outcomes


def test_an_award_stands(built: Built) -> None:
    """Credit stands though a standard is open again, and the learner is listed for a person."""
    made = view(built, "An award stands").summary
    with built.districts() as (ledger, _):
        seen = learner_view(ledger, made.learner)
    mastery = [one for target in seen.targets for one in target.decisions if target.subject.code == "A1.12"]

    assert [one.outcome for one in mastery if one.question == "MASTERY"] == ["not_yet"]
    assert [(one.standing.question, one.outcome) for one in seen.differences] == [
        ("CREDIT", "not_yet"),
        ("ADVANCEMENT", "not_yet"),
    ]


def test_state_law_governs_from_above_and_a_district_s_own_adoption_before_it(built: Built) -> None:
    """Pine Valley decides credit by examination under what it received, Cedar Ridge under its own adoption."""
    above, own = view(built, "A route the district keeps shut").adoption, view(built, "Nobody has said").adoption

    assert above is not None
    assert own is not None
    assert (above.jurisdiction, bool(above.upstream), above.overrides) == ("us-tx", True, ())
    assert (own.jurisdiction, own.upstream, own.overrides) == (
        "us-tx/cedar-ridge",
        "",
        (("instruction_route", "yes"),),
    )


def test_a_group_shares_a_task_and_its_recording(built: Built) -> None:
    """Three learners have the same task and artefact, each a result of their own, for two competencies."""
    with built.districts() as (_, ledger):
        evidence = [
            event.data.evidence
            for event in ledger.log.scan(topics=["learner.evidence-recorded.1"])
            if event.data.evidence.artefacts
        ]

    assert len({(one.task, one.artefacts) for one in evidence}) == 1
    assert [[result.level for result in one.results] for one in evidence] == [["3"] * 2, ["4"] * 2, ["2.5"] * 2]


def test_the_files_can_be_imported_again(built: Built, tmp_path: Path) -> None:
    """A second import of a district's file finds every row known, and writes nothing."""
    home = tmp_path / "copy"
    shutil.copytree(built.home, home)
    with Built(home, built.summary, []).districts() as (ledger, _):
        author = ledger.author("somebody", "registrar")
        report = import_evidence(ledger, author, home / files.FOLDER / "pine-valley.evidence.csv", ImportOptions())

    assert (report.imported, report.corrected, report.decisions, report.faults) == (0, 0, 0, [])
    assert report.same == report.rows == len(generate(small()).rows["us-tx/pine-valley"])


def test_a_finished_demonstration_is_only_reported(built: Built) -> None:
    """Building again in the same home writes nothing and gives the same summary."""
    before = {path: path.read_bytes() for path in built.home.rglob("*.json")}

    assert build_demo(built.home, learners=SMALL) == built.summary == finished(built.home)
    assert {path: path.read_bytes() for path in built.home.rglob("*.json")} == before


def test_progress_is_told(built: Built) -> None:
    """Every stage is told, and the last count of the commands is their number."""
    stages = list(dict.fromkeys(stage for stage, _, _ in built.told))

    assert stages == [
        "files",
        "Pine Valley (invented), check",
        "Pine Valley (invented), append",
        "Cedar Ridge (invented), check",
        "Cedar Ridge (invented), append",
        "commands",
    ]
    assert built.told[-1] == ("commands", built.summary.commands, built.summary.commands)


@pytest.mark.parametrize(
    ("stage", "done"), [("files", 1), ("Pine Valley (invented), append", 0), ("commands", 1), ("commands", 15)]
)
def test_an_interrupted_build_is_taken_up(built: Built, tmp_path: Path, stage: str, done: int) -> None:
    """Stopped anywhere and run again, a build ends in the same counts, outcomes and stories, and every row once."""

    def stop(now: str, count: int, _: int) -> None:
        if now == stage and count >= done:
            raise Killed

    with pytest.raises(Killed):
        build_demo(tmp_path, learners=SMALL, progress=stop)
    unfinished = finished(tmp_path)
    summary = build_demo(tmp_path, learners=SMALL)

    assert unfinished is None
    assert summary.outcomes == built.summary.outcomes
    assert summary.evidence == built.summary.evidence
    assert [story.decision for story in summary.stories] == [story.decision for story in built.summary.stories]
    assert {path.name: path.read_bytes() for path in sorted((tmp_path / files.FOLDER).iterdir())} == {
        path.name: path.read_bytes() for path in sorted((built.home / files.FOLDER).iterdir())
    }


def test_decisions_say_which_rule(built: Built) -> None:
    """Decisions of every adopted policy are there."""
    with built.districts() as ledgers:
        made = [event.data for each in ledgers for event in each.log.scan(topics=["learner.decided.1"])]

    assert all(isinstance(one, Decided) for one in made)
    assert {one.policy for one in made} == {
        "competency-based/course",
        "competency-based/course-advancement",
        "competency-based/mastery",
        "competency-based/readiness",
        "us-tx/credit-by-examination",
    }
