"""What becomes an item, and which exact numbers it carries."""

import pytest

from ledger.domain.learner import ApprovalGiven
from ledger.domain.shapes import Assessor, Result, Score, Subject
from ledger.facts.items import ApprovalItem, EvidenceItem, PreparationItem, items_of
from ledger.policy import ABSENT, FactDefinition, FactType, FieldIs, Reads
from tests.facts.support import COMPETENCY, OTHER, approval, evidence, fact, prepared, record_of, shown, value_of


def only(payload: object, subject: Subject = COMPETENCY) -> EvidenceItem:
    """Return the one item a payload yields about a subject."""
    (item,) = items_of(payload, 7, 9, subject.key)  # type: ignore[arg-type]
    assert isinstance(item, EvidenceItem)
    return item


@pytest.mark.parametrize(
    ("score", "percent", "value"),
    [
        pytest.param(("84", "0", "100"), (84, 1), (84, 1), id="out of a hundred"),
        pytest.param(("84.5", "0", "100"), (169, 2), (169, 2), id="half a point"),
        pytest.param(("2", "0", "3"), (200, 3), (2, 1), id="no finite decimal"),
        pytest.param(("3", "1", "4"), (200, 3), (3, 1), id="a scale that begins at one"),
        pytest.param(("0", "-5", "5"), (50, 1), (0, 1), id="a scale that begins below zero"),
        pytest.param(("2.5", "0.5", "4.5"), (50, 1), (5, 2), id="decimal ends"),
        pytest.param(("110", "0", "100"), (110, 1), (110, 1), id="above the top"),
        pytest.param(("84", None, "100"), None, (84, 1), id="lower end not known"),
        pytest.param(("84", "0", None), None, (84, 1), id="upper end not known"),
        pytest.param(("84", "100", "100"), None, (84, 1), id="a scale without length"),
        pytest.param(("84", "100", "0"), None, (84, 1), id="a scale upside down"),
    ],
)
def test_percent_is_exact(score: tuple[str, str, str], percent: tuple[int, int] | None, value: tuple[int, int]) -> None:
    """A percent is 100 * (value - minimum) / (maximum - minimum) in lowest terms, or not known."""
    item = only(shown("e", score=score))

    assert (item.percent, item.value) == (percent, value)


@pytest.mark.parametrize(
    ("text", "pair"), [("3", (3, 1)), ("2.5", (5, 2)), ("-0.25", (-1, 4)), ("0", (0, 1)), ("3.125", (25, 8))]
)
def test_level_is_exact(text: str, pair: tuple[int, int]) -> None:
    """A level is the exact value of its decimal."""
    assert only(shown("e", text)).level == pair


def test_an_item_remembers_its_first_recording() -> None:
    """A corrected item stands at the new version and keeps the entry of the first."""
    item = only(shown("e", "3", "2026-01-05", assessor=Assessor(organisation="school-4"), task="t"))

    assert (item.entry, item.version, item.organisation, item.task) == (7, 9, "school-4", "t")


def test_a_result_with_a_reason_for_absence_is_no_item_for_any_measure() -> None:
    """What is absent is never a number, not even where it is only counted."""
    record = record_of(shown("e", absent="excused", occurred="2026-01-05"))
    counted = fact("count.1", FactType.INTEGER, measure="presence", when_none=0)

    assert value_of(record, counted) == 0


def test_null_is_not_zero() -> None:
    """An absent result does not pull a mean down, a zero does."""
    mean = fact("mean.1", measure="value")
    zero = record_of(shown("a", score=("4", None, None)), shown("b", score=("0", None, None)))
    absent = record_of(shown("a", score=("4", None, None)), shown("b", absent="not submitted"))

    assert (value_of(zero, mean), value_of(absent, mean)) == (2, 4)


def test_one_response_is_evidence_for_several_competencies() -> None:
    """Each subject of a response has an item of its own, and none of the others'."""
    payload = shown("e", "3", subjects=(COMPETENCY, OTHER))

    assert [only(payload, each).index for each in (COMPETENCY, OTHER)] == [0, 1]


def test_two_results_about_one_subject_are_two_items() -> None:
    """Two criteria of one rubric that show the same competency both count, in stored order."""
    both = (Result(subject=COMPETENCY, level="3"), Result(subject=COMPETENCY, score=Score(value="7")))
    payload = shown("e")
    payload = type(payload)(
        evidence=type(payload.evidence)(
            evidence_id="e", source=payload.evidence.source, kind="task", purpose="summative", results=both
        )
    )
    items = items_of(payload, 1, 1, COMPETENCY.key)

    assert [(item.index, item.level) for item in items if isinstance(item, EvidenceItem)] == [(0, (3, 1)), (1, None)]


def test_preparations_and_approvals_are_items() -> None:
    """A preparation carries how, an approval carries whether it was a yes and who said it."""
    (preparation,) = items_of(prepared("2026-01-05"), 1, 1, COMPETENCY.key)
    (yes,) = items_of(approval(True, "2026-01-05", COMPETENCY), 1, 1, COMPETENCY.key)
    (no,) = items_of(approval(False, None, COMPETENCY), 1, 1, COMPETENCY.key)

    assert isinstance(preparation, PreparationItem)
    assert isinstance(yes, ApprovalItem)
    assert isinstance(no, ApprovalItem)
    assert (preparation.kind, yes.passed, no.passed, yes.organisation) == ("tutoring", True, False, "d-1")


def test_an_evidence_without_the_subject_is_no_item() -> None:
    """Evidence says nothing of a subject it has no result for."""
    payload = shown("e", "3")

    assert evidence("e", "3") == payload.evidence
    assert items_of(payload, 1, 1, OTHER.key) == ()


LISTED = (
    FactDefinition("task", "task", "item.task", FactType.TEXT, Reads.EVIDENCE),
    FactDefinition("points", "points", "item.value", FactType.FRACTION, Reads.EVIDENCE),
)


@pytest.mark.parametrize(
    ("one", "points"),
    [({}, [70, 90, 60]), ({"one": "best"}, [70, 90, 60]), ({"one": "latest"}, [65, 80, 60])],
)
def test_a_list_may_hold_one_item_of_each_task(one: dict[str, str], points: list[int]) -> None:
    """A retake replaces the try it repeats, or stands beside it unseen; work without a task stands for itself."""
    scores = (("a", "70"), ("b", "90"), (None, "60"), ("a", "65"), ("b", "80"), ("b", "80"))
    days = (f"2026-03-{day:02}" for day in range(1, 9))
    record = record_of(
        *(
            shown(f"e{number}", occurred=day, task=task, score=(value, "0", "100"))
            for number, (day, (task, value)) in enumerate(zip(days, scores, strict=False))
        )
    )
    arguments = (("each", "task"), *one.items())
    listed = fact("items.1", FactType.LIST, measure="value", arguments=arguments, members=LISTED)

    assert sorted(points) == sorted(int(row["points"]) for row in value_of(record, listed))  # type: ignore[union-attr, index, arg-type, misc]


def test_an_approval_may_be_asked_of_a_capacity() -> None:
    """Only the word of those who hold it counts."""
    by = Assessor(capacity="superintendent")
    record = record_of(ApprovalGiven(kind="board", subject=COMPETENCY, occurred="2026-03-01", by=by))
    asked = [
        fact("count.1", FactType.INTEGER, reads=Reads.APPROVAL, measure="presence", where=(FieldIs("capacity", who),))
        for who in ("teacher", "superintendent")
    ]

    assert [ABSENT, 1] == [value_of(record, each) for each in asked]
