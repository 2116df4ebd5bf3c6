"""Classes: which there are, their grid, whom to teach together, and averages with the gaps they hide."""

from datetime import date
from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.application.governing import define_scale, designate, import_framework
from ledger.application.learning import record as record_payload
from ledger.application.learning import subject_of
from ledger.domain.belonging import CourseLeft
from ledger.domain.framework import Level
from ledger.domain.scales import scale_defined
from ledger.domain.shapes import Score, Subject
from ledger.errors import UnknownName
from ledger.inquiry.class_cells import school_days
from ledger.inquiry.class_grid import Wanted, arranged, class_grid, groups_of
from ledger.inquiry.class_views import ClassGrid
from ledger.inquiry.classes import class_row, class_rows
from ledger.inquiry.recording import foretell, verdicts
from ledger.inquiry.recording_near import Enough, what_would_do
from tests.support.classes import COURSE, SCHOOL, SECTION, class_of, read_models
from tests.support.ledgers import AUTHORITY, LONG_AGO, adopted, author, classroom, evidence, framework, opened, record

TODAY = date(2026, 6, 15)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A ledger in which mastery is decided by kinds of task."""
    return classroom(tmp_path)


def grid_of(ledger: Ledger, **wanted: bool) -> ClassGrid:
    """Return the grid of the class."""
    models = read_models(ledger)
    found = class_row(models, SCHOOL, SECTION, ledger.today())
    return class_grid(ledger, models, found, Wanted(COURSE, **wanted))


def test_a_class_is_shown_for_today_while_it_goes_on(ledger: Ledger) -> None:
    """A class counts who is in it today; who left is not in it."""
    learners = class_of(ledger)
    record_payload(ledger, author(ledger), learners[3], CourseLeft(course=COURSE, day="2026-05-01"))
    found = class_rows(read_models(ledger), TODAY)

    assert [("now", "2026-06-15", 3, (COURSE,))] == [(one.state, one.day, one.learners, one.courses) for one in found]


@pytest.mark.parametrize(
    ("today", "state", "day", "learners"),
    [(date(2026, 9, 1), "ended", "2026-07-31", 4), (date(2026, 1, 1), "to come", "2026-01-12", 4)],
)
def test_a_class_that_is_over_or_to_come_is_shown_for_its_nearest_day(
    ledger: Ledger, today: date, state: str, day: str, learners: int
) -> None:
    """After its end a class is shown with those who were in it last, before its begin with those who will be."""
    class_of(ledger)
    found = class_row(read_models(ledger), SCHOOL, SECTION, today)

    assert (state, day, learners) == (found.state, found.day, found.learners)


def test_a_class_nobody_was_ever_in_is_none(ledger: Ledger) -> None:
    """An address of a class that is not there says so."""
    with pytest.raises(UnknownName, match="nobody was ever in a class 9 of us-xx/north"):
        class_row(read_models(ledger), SCHOOL, "9", TODAY)


def test_priority_standards_stand_first_and_others_wait_to_be_asked_for(ledger: Ledger) -> None:
    """Columns are the priority standards, then what has evidence; the rest of the framework is counted."""
    sol = class_of(ledger)[0]
    record(ledger, sol, "e1", "C.3")

    assert [("C.0", True), ("C.1", True), ("C.3", False)] == [
        (one.subject.code, one.priority) for one in grid_of(ledger).columns
    ]
    assert 2 == grid_of(ledger).more
    assert ["C.0", "C.1", "C.3", "C.2", "C.4"] == [one.subject.code for one in grid_of(ledger, everything=True).columns]


def test_a_cell_says_level_pieces_freshness_and_what_is_missing(ledger: Ledger) -> None:
    """A cell holds the decision that stands, the latest level the rule looks at, and the one thing missing."""
    sol = class_of(ledger)[0]
    record(ledger, sol, "e1", "C.0", "3", occurred="2026-06-01")
    record(ledger, sol, "e2", "C.0", "4", purpose="practice", occurred="2026-06-05")
    row = grid_of(ledger).rows[2]
    cell = row.cells[0]

    assert "Sol Abara" == row.name
    assert ("not_yet", "3", "C", 2, "2026-06-05", 6) == (
        cell.outcome,
        cell.level,
        cell.label,
        cell.pieces,
        cell.last_day,
        cell.school_days,
    )
    assert ("Level 3 or higher in 2 or more different kinds of task.",) == cell.missing
    assert cell.is_near
    assert 1 == row.near


def test_a_grid_is_sorted_and_narrowed_and_its_columns_count_everybody(ledger: Ledger) -> None:
    """Who is nearly there stands first where asked; who had no evidence for long is stalled; bars stay those of all."""
    sol, mei, tomas, noor = class_of(ledger)
    record(ledger, sol, "e1", "C.0", "3", occurred="2026-06-01")
    record(ledger, mei, "e2", "C.0", "3", occurred="2026-05-18")
    for kind in ("task", "exam"):
        for code in ("C.0", "C.1"):
            record(ledger, tomas, f"{kind} {code}", code, "3", kind=kind, occurred="2026-03-02")
    grid = grid_of(ledger)

    assert ["Mei Lindqvist", "Sol Abara"] == [one.name for one in arranged(grid, "near", "near").rows]
    assert ["Noor Haddad", "Mei Lindqvist"] == [one.name for one in arranged(grid, "stalled", "stalled").rows]
    assert ["Mei Lindqvist", "Noor Haddad", "Sol Abara", "Tomás Rivera"] == [one.name for one in grid.rows]
    assert (("met", 1), ("not_yet", 2), ("", 1)) == arranged(grid, "met", "near").columns[0].outcomes
    assert noor == grid.rows[1].learner


def test_learners_who_lack_the_same_are_a_group(ledger: Ledger) -> None:
    """Two who lack the same of one competency are named together; one alone is no group."""
    sol, mei, tomas, _ = class_of(ledger)
    record(ledger, sol, "e1", "C.0", "3")
    record(ledger, mei, "e2", "C.0", "4")
    record(ledger, tomas, "e3", "C.1", "3")
    groups = groups_of(grid_of(ledger))

    assert [("C.0", ("Mei Lindqvist", "Sol Abara"), "show the level in another kind of task")] == [
        (one.subject.code, one.names, one.next) for one in groups
    ]


def test_names_are_left_out_where_they_are_not_to_be_seen(ledger: Ledger) -> None:
    """Without names each learner has a pseudonym."""
    class_of(ledger)

    assert not {"Sol Abara"} & {one.name for one in grid_of(ledger, named=False).rows}


@pytest.mark.parametrize(
    ("since", "days"), [("2026-06-15", 0), ("2026-06-12", 1), ("2026-06-08", 5), ("2026-05-18", 20), ("2026-06-20", 0)]
)
def test_school_days_are_those_from_monday_to_friday(since: str, days: int) -> None:
    """Weekends do not count; a day still to come counts as today."""
    assert days == school_days(since, TODAY)


LETTERS = scale_defined(
    "letters", "Letters", tuple(Level(label=one, value=str(number)) for number, one in enumerate("CBA", start=1))
)


def test_an_average_is_shown_only_with_the_gap_it_hides(tmp_path: Path) -> None:
    """Where the rule on credit averages, the average stands beside the standards that are not mastered."""
    ledger = opened(tmp_path)
    import_framework(ledger, author(ledger), framework(2), b"source")
    define_scale(ledger, author(ledger), LETTERS)
    adopted(ledger, "competency-based/mastery", scale=LETTERS.digest)
    adopted(ledger, "traditional/course")
    designate(ledger, author(ledger), ["C.0"], COURSE, first_day=LONG_AGO, authority=AUTHORITY)
    sol, mei = class_of(ledger, [("Sol", "Abara"), ("Mei", "Lindqvist")])
    course = Subject(kind="course", id=COURSE)
    for name, percent in (("one", "80"), ("two", "89")):
        score = Score(value=percent, minimum="0", maximum="100")
        record(ledger, sol, name, "", subject=course, score=score, kind="exam")
    grid = grid_of(ledger)
    average = next(row.average for row in grid.rows if row.learner == sol)

    assert "Credit for a course by hours and average" == grid.averaged
    assert average is not None
    assert ("84.5", "percent", True, ("C.0",)) == (average.value, average.unit, average.passes, average.gaps)
    assert [None] == [row.average for row in grid.rows if row.learner == mei]


def test_no_average_is_shown_where_the_rule_does_not_average(ledger: Ledger) -> None:
    """A rule on credit by mastery has no average, and the grid shows none."""
    class_of(ledger)

    assert "" == grid_of(ledger).averaged


def test_what_evidence_would_decide_is_said_before_it_is_recorded(ledger: Ledger) -> None:
    """The real decider is asked about work nobody recorded, and nothing is written by it."""
    sol, mei, tomas, _ = class_of(ledger)
    record(ledger, sol, "e1", "C.2", "3", kind="exam")
    for kind in ("task", "exam"):
        record(ledger, tomas, kind, "C.2", "3", kind=kind)
    position = ledger.log.recorder.max_notification_id()
    said = [(one, evidence(ledger, "bridge", "C.2", "3", kind="performance")) for one in (sol, mei)]
    low = (tomas, evidence(ledger, "bridge", "C.2", "1", kind="performance"))
    found = verdicts(foretell(ledger, [*said, low]))

    assert position == ledger.log.recorder.max_notification_id()
    assert [
        ("mastered", "", (sol,)),
        ("no longer met: not yet", "The most recent work that counts is at level 3 or higher.", (tomas,)),
        ("not yet", "Level 3 or higher in 2 or more different kinds of task.", (mei,)),
    ] == [(one.words, one.detail, one.learners) for one in found]


def test_further_decisions_are_foretold_too(ledger: Ledger) -> None:
    """The last priority standard brings credit and the next course with it."""
    sol = class_of(ledger)[0]
    for kind in ("task", "exam"):
        record(ledger, sol, f"{kind} 0", "C.0", "3", kind=kind)
    record(ledger, sol, "task 1", "C.1", "3")
    found = foretell(ledger, [(sol, evidence(ledger, "last", "C.1", "3", kind="exam"))])[0]

    assert ("not_yet", "met") == (found.before, found.outcome)
    assert [("CREDIT", "met"), ("ADVANCEMENT", "met")] == [(one.question, one.outcome) for one in found.further]


def test_the_single_piece_that_would_do_is_named(ledger: Ledger) -> None:
    """What would do is asked of the rule, kind by kind and level by level; nothing is named where nothing would."""
    sol, mei, _, _ = class_of(ledger)
    record(ledger, sol, "e1", "C.2", "3", kind="exam")

    assert (Enough("3", "C", ("task", "performance", "portfolio", "observation")),) == what_would_do(
        ledger, sol, subject_of(ledger, "C.2")
    )
    assert () == what_would_do(ledger, mei, subject_of(ledger, "C.2"))


def test_where_no_rule_decides_that_is_said(tmp_path: Path) -> None:
    """Evidence of what no rule is about decides nothing, and nothing would do."""
    ledger = opened(tmp_path)
    import_framework(ledger, author(ledger), framework(), b"source")
    sol = class_of(ledger)[0]
    given = evidence(ledger, "e", "C.2", None, score=Score(value="3", minimum="0", maximum="4"))

    assert ["no rule decides about it"] == [one.words for one in verdicts(foretell(ledger, [(sol, given)]))]
    assert () == what_would_do(ledger, sol, subject_of(ledger, "C.2"))
