"""What the generator makes out of a plan."""

import csv
import io
import re
from collections import Counter
from dataclasses import asdict, replace
from datetime import date

import pytest

from ledger.demonstration import Plan, files
from ledger.demonstration.content import FRAMEWORKS, standards_of
from ledger.demonstration.generator import HIGHLIGHTS, generate
from ledger.demonstration.growth import level_at
from ledger.demonstration.names import FAMILY, GIVEN
from ledger.demonstration.records import Preparing, Row
from tests.demonstration.support import SMALL, TODAY, small

FULL = Plan(TODAY)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def rows(plan: Plan) -> list[Row]:
    """Return the rows of both districts."""
    return [row for some in generate(plan).rows.values() for row in some]


def test_one_seed_gives_the_same_bytes() -> None:
    """The same plan gives the same files, byte for byte, whenever within one year it is asked for."""
    first, second = files.texts(generate(small())), files.texts(generate(small(today=date(2027, 3, 1))))

    assert first == second


def test_another_seed_gives_other_bytes() -> None:
    """Another seed changes the evidence of both districts, and no framework."""
    first, second = files.texts(generate(small())), files.texts(generate(small(seed=7)))

    assert {name for name in first if first[name] != second[name]} == {
        "cedar-ridge.evidence.csv",
        "pine-valley.evidence.csv",
    }


def test_the_full_plan_is_of_the_promised_size() -> None:
    """By default there are 400 learners in two districts and about 20,000 pieces of evidence."""
    world = generate(FULL)
    sizes = [len(some) for some in world.rows.values()]

    assert (len(world.learners), len(sizes)) == (400, 2)
    assert 19_000 < sum(sizes) < 21_000
    assert sum(isinstance(action, Preparing) for action in world.actions) == 151


def test_a_learner_s_year_does_not_depend_on_the_others() -> None:
    """A learner has the same rows among two dozen as among four hundred."""
    few = [replace(row, source_record="") for row in rows(small()) if row.learner == "CR-0004"]
    many = [replace(row, source_record="") for row in rows(FULL) if row.learner == "CR-0004"]

    assert few
    assert few == many


def test_every_day_is_over() -> None:
    """No date in a file or a command is later than the last week of the school year, which is over."""
    world = generate(FULL)
    days = DAY.findall("".join(files.texts(world).values()) + "".join(map(repr, world.actions)))

    assert max(days) < TODAY.isoformat()
    assert min(days) == "2010-08-01"


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 6, 4), date(2026, 6, 5), date(2028, 2, 29)])
def test_a_school_year_is_the_last_that_is_over(today: date) -> None:
    """The school year begins on a Monday, lasts 40 weeks and a Friday, and ended a week to a year and a week ago."""
    year = small(today=today).year

    assert (year.first_day.weekday(), year.last_day.weekday()) == (0, 4)
    assert 7 <= (today - year.last_day).days <= 378


def test_nobody_is_at_school_in_the_winter_break() -> None:
    """No work is dated in the two weeks around the turn of the year, and no sitting at a weekend."""
    full = rows(FULL)

    assert not [row for row in full if "2025-12-22" <= row.occurred <= "2026-01-04"]
    assert all(date.fromisoformat(row.occurred).weekday() < 5 for row in full if row.course)


def test_no_name_stands_in_a_file() -> None:
    """Neither a file nor a command carries anybody's name."""
    world = generate(FULL)
    text = "".join(files.texts(world).values()) + "".join(map(repr, world.actions))

    assert [name for name in (*GIVEN, *FAMILY) if name in text] == []


def test_nothing_an_event_keeps_names_a_learner() -> None:
    """The id of a learner stands in the column of the learner and nowhere else."""
    found = {name for row in rows(FULL) for name, value in asdict(row).items() if row.learner in value}

    assert found == {"learner"}


def test_every_row_has_a_record_of_its_own() -> None:
    """No two rows of one district share the id their source gave them."""
    world = generate(FULL)
    records = [(row.source_system, row.source_record) for some in world.rows.values() for row in some]

    assert len(records) == len(set(records))
    assert all(record for _, record in records)


def test_real_life_occurs() -> None:
    """There are absences, late work, retakes, scores, half levels, practice, shared tasks and accommodations."""
    full = rows(FULL)
    shared: dict[tuple[str, str], set[str]] = {}
    for row in full:
        shared.setdefault((row.learner, row.task), set()).add(row.competency)

    assert {row.absent_reason for row in full} == {"", "absent", "excused", "not submitted"}
    assert {row.purpose for row in full} == {"baseline", "formative", "practice", "summative"}
    assert {row.level for row in full} == {"", "1", "2", "2.5", "3", "4"}
    assert any(row.submitted > row.due for row in full if row.due)
    assert any(row.attempt == "2" for row in full)
    assert any(row.score.endswith(".5") for row in full)
    assert any(row.conditions == "accommodated" for row in full)
    assert any(len(codes) == 2 for (_, task), codes in shared.items() if "project" in task)


def test_learners_grow() -> None:
    """Work judged by level is better in the last quarter of the year than in the first, on the whole."""
    judged = sorted((row.occurred, float(row.level)) for row in rows(FULL) if row.level and row.purpose == "summative")
    quarter = len(judged) // 4
    first, last = (sum(level for _, level in part) / quarter for part in (judged[:quarter], judged[-quarter:]))

    assert last > first + 0.2


@pytest.mark.parametrize("each", [1, 3, 40, 160])
def test_each_learner_has_about_what_is_asked_for(each: int) -> None:
    """A learner without a story has as much evidence as asked for, sittings for credit and the odd one aside."""
    plan = Plan(TODAY, 1, SMALL * 4, each, 0)
    made = Counter(row.learner for row in rows(plan))
    counts = [made[learner.id] for learner in generate(plan).learners[12:20]]

    assert all(each <= count <= each + 2 for count in counts)


def test_the_best_stories_come_first() -> None:
    """The highlights are stories there are, and they are told before the others, each story once."""
    titles = [telling.title for telling in generate(small()).tellings]

    assert tuple(titles[: len(HIGHLIGHTS)]) == HIGHLIGHTS
    assert len(titles) == len(set(titles)) == 27


def test_no_preparation_is_made_where_none_is_asked_for() -> None:
    """With no preparations planned, only the one a story needs is left."""
    actions = generate(Plan(TODAY, preparations=0)).actions

    assert [action.learner for action in actions if isinstance(action, Preparing)] == ["PV-0004"]


@pytest.mark.parametrize(("points", "level"), [(0, "1"), (49, "1"), (50, "2"), (74, "2.5"), (75, "3"), (100, "4")])
def test_levels_follow_the_bands(points: int, level: str) -> None:
    """A teacher's level is the one the bands give for the same share."""
    assert level_at(points) == level


def test_every_standard_is_worked_on() -> None:
    """Each standard of each track has evidence, and every code belongs to one framework alone."""
    codes = [standard.code for framework in FRAMEWORKS for standard in framework.standards]

    assert {row.competency for row in rows(FULL)} - {""} == set(codes)
    assert len(codes) == len(set(codes)) == len(standards_of("grade-3")) + len(standards_of("algebra"))


def test_the_evidence_file_is_one_an_import_reads() -> None:
    """The columns of an evidence file are fields of an import, and rows stand in the order of their days."""
    text = files.texts(generate(small()))["pine-valley.evidence.csv"]
    read = list(csv.DictReader(io.StringIO(text)))

    assert read[0].keys() == asdict(Row(learner="", kind="")).keys()
    assert [row["occurred"] for row in read] == sorted(row["occurred"] for row in read)
