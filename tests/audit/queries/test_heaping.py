"""Scores that heap exactly at a cut."""

from fractions import Fraction
from typing import Any

import pytest

from ledger.audit.queries.cuts import Cut, compared, cuts_of
from ledger.audit.queries.statistics import median, odds_against
from ledger.domain.governance import Governance
from ledger.domain.jurisdiction import Override, PolicyArchived
from ledger.domain.shapes import Score
from ledger.policy.canonical import policy_digest, policy_text
from tests.audit.queries.rules import adoption, governed
from tests.audit.queries.support import Book, ask, by, corrected, found, places, points, recorded, withdrawn
from tests.support.ledgers import FOUR_LEVELS, LONG_AGO, catalogue

NAME = "heaping"

BANDS = governed((1, FOUR_LEVELS))
"""Bands at 0, 50, 75 and 90 percent."""

SMOOTH = [value for value in range(60, 96) for _ in range(2)]
"""Two scores at each value about the cut of 75."""


def scored(book: Book, values: list[int], who: str = "ann", most: int = 100, **more: Any) -> None:
    """Write scores of one assessor, each of another learner."""
    for number, value in enumerate(values):
        said = recorded("test", score=points(value, most), kind="exam", assessor=by(who), **more)
        book.act(said, learner=f"{who}-{number}")


def test_scores_that_heap_at_a_cut_are_found() -> None:
    """Seventeen more scores stand at 75 than the two that stand at every value beside it."""
    book = Book()
    scored(book, SMOOTH + [75] * 17)
    (one,) = found(NAME, book, governance=BANDS)

    assert (None, None, 19) == (one.learner, one.who, len(one.positions))
    assert (
        "19 scores of assessor ann (exam) stand exactly at 75 of 100, the cut level C of four-levels; at no value "
        "beside it stand more than 2: as many by chance less than once in 9,039."
    ) == one.sentence


def test_each_assessor_is_held_against_their_own_scores() -> None:
    """What ann does is not hidden by the many scores of bob, and bob is not named."""
    book = Book()
    scored(book, SMOOTH * 4, "bob")
    scored(book, SMOOTH + [75] * 17, "ann")
    answer = ask(NAME, book, governance=BANDS)

    assert ["assessor ann"] == [one.sentence.split(" (")[0][-12:] for one in answer.findings]
    assert (
        "3 places tested, each a cut of one assessor; chance alone gives at most 3 findings in 1,000 such ledgers. "
        "2 places with too few values beside them to tell."
    ) == answer.notes[0]


def test_scores_of_no_named_assessor_are_those_of_their_source() -> None:
    """An import that names nobody is looked at as a whole; the cut lies at 30 of 40 points."""
    book = Book()
    for number, value in enumerate([value for value in range(24, 37) for _ in range(2)] + [30] * 20):
        book.act(recorded("test", score=points(value, 40), instrument="unit-4"), learner=f"l{number}")
    (one,) = found(NAME, book, governance=BANDS)

    assert one.sentence.startswith("22 scores of no one assessor (task, unit-4) stand exactly at 30 of 40, the cut ")


INNOCENT = {
    "smooth": SMOOTH,
    "a heap elsewhere": [*SMOOTH, *[80] * 20],
    "rounding to fives": [value for value in range(60, 96) for _ in range(30 if value % 5 == 0 else 2)],
    "good scores": [*range(60, 75), *[value for value in range(75, 100) for _ in range(20)]],
    "a coarse scale": [value for value in (25, 50, 75, 100) for _ in range(100 if value == 75 else 9)],
    "few scores": [70, 72, 73, 75, 75, 75, 75, 75, 75, 77, 78],
    "steps of five": [
        value for value, count in ((60, 9), (65, 14), (70, 20), (75, 24), (80, 21), (85, 12)) for _ in range(count)
    ],
}


@pytest.mark.parametrize("values", INNOCENT.values(), ids=INNOCENT)
def test_other_shapes_are_left_alone(values: list[int]) -> None:
    """None of them is a heap at the cut that chance and rounding do not explain."""
    book = Book()
    scored(book, values)

    assert [] == places(NAME, book, governance=BANDS)


def test_a_scale_too_coarse_is_counted() -> None:
    """With a value or two on each side nothing can be said of a cut."""
    book = Book()
    scored(book, INNOCENT["a coarse scale"])

    assert "3 places with too few values beside them" in ask(NAME, book, governance=BANDS).notes[0]


def test_scores_count_as_they_stand() -> None:
    """Corrected scores count as corrected, withdrawn ones not at all, and work without a score never."""
    book = Book()
    scored(book, SMOOTH + [74] * 17)
    for number in range(len(SMOOTH), len(SMOOTH) + 17):
        book.act(corrected("test", score=points(75), kind="exam", assessor=by("ann")), learner=f"ann-{number}")
    heaped = places(NAME, book, governance=BANDS)
    for number in range(len(SMOOTH), len(SMOOTH) + 17):
        book.act(withdrawn("test"), learner=f"ann-{number}")
    book.act(recorded("essay"))

    assert 1 == len(heaped)
    assert [] == places(NAME, book, governance=BANDS)


def test_cuts_are_those_rules_compare_scores_with() -> None:
    """Texas compares the percent of a sitting with 80, or with what a district sets, and points with 3."""
    policy = catalogue().find("us-tx/credit-by-examination", LONG_AGO)
    archived = PolicyArchived(
        policy=policy.id, edition=policy.edition, digest=policy_digest(policy), canonical=policy_text(policy)
    )
    said = adoption(
        "2020-01-01",
        policy_digest(policy),
        question="CREDIT",
        overrides=(Override(name="score_after", value="72"), Override(name="instruction_route", value="true")),
    )
    cuts = cuts_of(governed((1, archived), (2, said)))

    assert {True} == {compared(policy)[name] for name in ("score", "score_after")}
    assert compared(policy)["ap"] is False
    assert Cut(Fraction(80), True, "score of us-tx/credit-by-examination") in cuts
    assert Cut(Fraction(72), True, "score_after of us-tx/credit-by-examination") in cuts
    assert Cut(Fraction(3), False, "ap of us-tx/credit-by-examination") in cuts


def test_a_rule_that_cannot_be_read_has_no_cuts() -> None:
    """Other commands tell of it; here it is passed over."""
    assert () == cuts_of(governed((2, adoption("2020-01-01"))))
    assert () == cuts_of(Governance())


def test_a_cut_lies_on_the_scale_of_the_score() -> None:
    """In percent of the span from least to most; in points as it is; and nowhere where the ends are not known."""
    percent, plain = Cut(Fraction(75), True, ""), Cut(Fraction(3), False, "")

    assert Fraction(16) == percent.value_on(Score(value="1", minimum="10", maximum="18"))
    assert None is percent.value_on(Score(value="1"))
    assert Fraction(3) == plain.value_on(Score(value="1"))


def test_odds_are_exact() -> None:
    """Five of five are one in 32; half and half is no wonder; the median is a number that stands there."""
    assert [32, 1, 1, 65536 // 137] == [odds_against(5, 0), odds_against(3, 3), odds_against(0, 0), odds_against(14, 2)]
    assert [0, 2, 2] == [median([]), median([3, 2]), median([1, 9, 2])]


def test_a_cut_that_is_not_round_is_held_against_its_neighbours() -> None:
    """Whoever rounds to fives explains nothing of a heap at 78."""
    policy = catalogue().find("us-tx/credit-by-examination", LONG_AGO)
    archived = PolicyArchived(
        policy=policy.id, edition=policy.edition, digest=policy_digest(policy), canonical=policy_text(policy)
    )
    overrides = (Override(name="score", value="78"),)
    said = adoption("2020-01-01", policy_digest(policy), question="CREDIT", overrides=overrides)
    book = Book()
    scored(book, [*SMOOTH, *[80] * 20, *[78] * 60])

    assert ["78 of 100"] == [
        one.sentence.partition("exactly at ")[2][:9]
        for one in found(NAME, book, governance=governed((1, archived), (2, said)))
    ]
