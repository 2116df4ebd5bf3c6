"""Arms side by side: what was not submitted is no number, and each rule is tried on all."""

from datetime import date
from pathlib import Path

import pytest

from ledger.application.pilot_comparing import compare_pilot
from ledger.application.pilot_figures import certify_figures, submit_figures
from ledger.application.pilot_handing import figures_document, receive_figures
from ledger.application.piloting import open_pilot
from ledger.application.records import folded_record
from ledger.cli.pilot_text import comparison_lines
from ledger.deciding import Decider
from ledger.domain.jurisdiction import Binding
from ledger.domain.pilots import Participant, Scope
from ledger.pilots.comparing import MEASURES, MeasureRow, PilotComparison, matrix_rows
from ledger.pilots.matrix import Matrix, RuleOf
from tests.pilots.places import CEDAR, FIRST, PINE, STATE, TITLE, Places, Work, opening, places, recorded
from tests.support.ledgers import adopted, author

BOTH = Scope(organisations=(Participant(organisation=PINE), Participant(organisation=CEDAR)))


def work(name: str, kind: str, level: int = 3) -> Work:
    """Describe a piece of work on the first day of the pilot."""
    return Work(name, "c0", level, kind, name, FIRST)


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """Twelve learners in each district show one kind of task, twelve two, and ten nothing; Pine submitted."""
    found = places(tmp_path_factory.mktemp("there"))
    found.open(scope=BOTH)
    for ledger in found.districts:
        for number in range(34):
            pieces = [work("a", "task", 3 if number < 24 else 1)]
            pieces += [work("b", "portfolio")] if 12 <= number < 24 else []
            recorded(ledger, f"{ledger.jurisdiction}-{number}", pieces)
    handed_over(found, PINE)
    return found


def handed_over(there: Places, jurisdiction: str) -> None:
    """Submit, certify and receive the figures of a district."""
    ledger = next(one for one in there.districts if one.jurisdiction == jurisdiction)
    submit_figures(ledger, ledger.author("analyst", "analyst"), TITLE)
    certify_figures(ledger, ledger.author("chief", "chief"), TITLE, "superintendent", "Complete")
    receive_figures(there.state, author(there.state), figures_document(ledger, TITLE))


def compared(there: Places, **more: object) -> PilotComparison:
    """Compare the pilot's arms."""
    return compare_pilot(there.state, TITLE, **more)  # type: ignore[arg-type]


def test_what_was_not_submitted_is_no_number(there: Places) -> None:
    """An arm that takes part and submitted nothing has a row for every measure, and no number in any."""
    found = compared(there)
    rows = [row for row in found.rows if row.organisation == CEDAR]
    told = [row for row in found.rows if row.organisation == PINE]

    assert {(row.measure, row.part) for row in told} <= {(row.measure, row.part) for row in rows}
    assert {"not submitted"} == {row.state for row in rows}
    assert {(None,) * 5} == {(row.value, row.of, row.share, row.low, row.high) for row in rows}
    assert [(PINE, True), (CEDAR, False)] == [(arm.organisation, arm.submitted) for arm in found.arms]
    assert 1 == found.submitted


def test_measures_are_those_that_were_certified(there: Places) -> None:
    """What is shown of an arm is what its ledger handed over, whatever has been recorded since."""
    found = compared(there, matrix=False)
    met = next(row for row in found.rows if (row.organisation, row.measure) == (PINE, "met"))

    assert (
        MeasureRow(
            organisation=PINE,
            takes_part=True,
            measure="met",
            value="24",
            of="34",
            share="0.7059",
            low="0.5383",
            high="0.8317",
        )
        == met
    )
    assert () == found.matrix
    assert list(dict.fromkeys(row.measure for row in found.rows)) == [
        one for one in MEASURES if one in {row.measure for row in found.rows}
    ]


def test_an_arm_says_whose_word_it_is(there: Places) -> None:
    """Of each arm: which days, which ledger at which position, in what capacity certified, which rules."""
    arm = compared(there, matrix=False).arms[0]

    assert (PINE, "2026-01-05", "2026-06-15", "superintendent", "2026-06-15") == (
        arm.ledger,
        arm.first_day,
        arm.last_day,
        arm.certified_by,
        arm.certified_on,
    )
    assert [(STATE, False, False), (PINE, True, False)] == [
        (rule.jurisdiction, rule.began, rule.ended) for rule in arm.rules
    ]
    assert arm.changed


def test_each_rule_is_tried_on_all_learners(there: Places) -> None:
    """Those who showed one kind of task are met under Pine's rule wherever they are, and not under Cedar's."""
    cells = {(one.learners_of, one.rule_of): one for one in compared(there).matrix}

    assert {
        (PINE, PINE): (24, 34, "shown"),
        (PINE, CEDAR): (12, 34, "shown"),
        (CEDAR, PINE): (24, 34, "shown"),
        (CEDAR, CEDAR): (12, 34, "shown"),
    } == {pair: (one.met and one.met.count, one.answers, one.state) for pair, one in cells.items()}


def test_a_rule_binds_learners_as_if_they_were_there(tmp_path: Path) -> None:
    """A state's rule for one district's learners is that district's, and is tried on learners of the other."""
    there = places(tmp_path)
    identity = there.open(scope=Scope(organisations=(Participant(organisation=CEDAR),)))
    adopted(
        there.state,
        "competency-based/mastery",
        FIRST,
        overrides={"kinds": "1"},
        binding=Binding(organisations=(CEDAR,)),
        pilot=identity,
        last_day=date(2026, 12, 31),
    )
    adopted(there.pine, "competency-based/mastery", FIRST, overrides={"kinds": "2"})
    there.pull()
    for ledger in there.districts:
        for number in range(12):
            recorded(ledger, f"{ledger.jurisdiction}-{number}", [work("a", "task")])
    cells = {(one.learners_of, one.rule_of): one for one in compared(there, beside=[PINE]).matrix}

    assert {(CEDAR, CEDAR): 12, (CEDAR, PINE): 0, (PINE, CEDAR): 12, (PINE, PINE): 0} == {
        pair: one.met and one.met.count for pair, one in cells.items()
    }


def test_a_comparison_is_written_for_people(there: Places) -> None:
    """Numbers stand with share and interval; what began within the days is marked; a cell says of how many."""
    lines = list(comparison_lines(compared(there)))
    words = [" ".join(line.split()) for line in lines]
    rule = "competency-based/mastery@2000-01-01 of"

    assert f"    {rule} us-xx, 2020-01-01 to further notice" in lines
    assert [f"    {rule} us-xx/pine, 2026-02-01 to further notice; it began within these days"] == [
        line for line in lines if "it began" in line
    ]
    assert "met us-xx/pine 24 of 34 0.7059 0.5383 to 0.8317" in words
    assert "days to mastery us-xx/pine 0 (24 learners) 0 to 0" in words
    assert any(line.startswith("us-xx/cedar 24 of 34 (0.5383 to 0.8317) 12 of 34 (") for line in words)


def test_days_are_written_with_how_many_learners(there: Places) -> None:
    """Days to mastery are a number of days, of how many learners, with their interval."""
    days = next(row for row in compared(there).rows if (row.organisation, row.measure) == (PINE, "days to mastery"))

    assert ("0", "24", None, "0", "0") == (days.value, days.of, days.share, days.low, days.high)


def test_records_that_are_elsewhere_are_not_available(there: Places) -> None:
    """Of an organisation whose ledger is not in this folder, neither learners nor rule can be had."""
    found = compared(there, beside=["us-xx/oak"])
    states = {(one.learners_of, one.rule_of): one.state for one in found.matrix}
    rows = list(matrix_rows(found.arms, found.matrix))

    assert {"not available"} == {state for pair, state in states.items() if "us-xx/oak" in pair}
    assert [9, 5] == [len(rows), sum(1 for row in rows if row.state == "not available")]
    assert all(row.value is None for row in rows if row.state == "not available")
    assert ("us-xx/oak", False, False) == (
        found.arms[-1].organisation,
        found.arms[-1].takes_part,
        found.arms[-1].submitted,
    )


def test_a_difference_of_few_is_hidden(tmp_path: Path) -> None:
    """Where two rules differ for three learners, the other's cell is hidden, for it would tell of the three."""
    there = places(tmp_path)
    there.open(scope=BOTH)
    for number in range(30):
        both = [work("a", "task"), work("b", "portfolio")]
        recorded(there.pine, f"P-{number}", both[:1] if number < 3 else both if number < 18 else [work("c", "task", 1)])
    cells = {(one.learners_of, one.rule_of): one.state for one in compared(there).matrix}

    assert ("shown", "hidden") == (cells[PINE, PINE], cells[PINE, CEDAR])


def test_no_learners_are_no_answers(tmp_path: Path) -> None:
    """A district in this folder without learners has cells that count none of none."""
    there = places(tmp_path)
    there.open(scope=BOTH)
    found = {(one.learners_of, one.rule_of): one for one in compared(there).matrix}

    assert {("shown", 0)} == {(one.state, one.answers) for one in found.values()}


def test_a_district_may_compare_its_own_schools(tmp_path: Path) -> None:
    """A pilot in the district's own ledger has schools as arms, whose records are all there."""
    there = places(tmp_path)
    schools = Scope(organisations=(Participant(organisation=f"{PINE}/north"),))
    open_pilot(there.pine, author(there.pine), opening(scope=schools))
    found = compare_pilot(there.pine, TITLE, beside=[PINE])

    assert {"shown"} == {one.state for one in found.matrix}


def test_a_rule_that_answers_nothing_leaves_the_whole_as_it_is(tmp_path: Path) -> None:
    """Where a rule has no answer, the answers stay in the whole, and how many there are is told."""
    there = places(tmp_path)
    there.open(scope=BOTH)
    for number in range(12):
        recorded(there.pine, f"P-{number}", [work("a", "task")])
    named = [placed.payload for placed in there.pine.governance().adoptions]
    assert 2 == len(named)
    adopted(there.cedar, "competency-based/mastery", date(2026, 1, 1), subjects=("c1",))
    cedar = there.cedar.governance()
    cedar.adoptions[:] = [one for one in cedar.adoptions if one.payload.jurisdiction == CEDAR]
    rule = RuleOf(CEDAR, Decider(cedar, there.cedar.shelf(), date(2026, 6, 15), 10_000), "MASTERY", "standard")
    matrix = Matrix((rule,))
    for stream in there.pine.log.recorder.streams("learner/"):
        matrix.add(PINE, folded_record(there.pine, stream), ["competency/c0"])
    (cell,) = [one for one in matrix.cells([PINE, CEDAR]) if one.learners_of == PINE and one.rule_of == CEDAR]

    assert (12, 12, 0) == (cell.answers, cell.unanswered, cell.met and cell.met.count)


def test_progress_is_told_ledger_by_ledger(there: Places) -> None:
    """For each ledger whose records are gone through, it is told how many learners are done, of how many."""
    told: list[tuple[str, int, int]] = []
    compared(there, progress=lambda name, done, total: told.append((name, done, total)))

    assert {(PINE, 34, 34), (CEDAR, 34, 34)} <= set(told)
