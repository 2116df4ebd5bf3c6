"""A decision beside the same made again: both sides of what parts them."""

from ledger.audit.comparing import Parting, partings
from ledger.domain.learner import Decided, DecisionDigests, FactSeen
from ledger.domain.shapes import Subject


def made(nodes: tuple[str, ...], kinds: str, outcome: str) -> Decided:
    """Return a decision with the values of its clauses, one fact and an outcome."""
    return Decided(
        question="MASTERY",
        subject=Subject(kind="competency", id="A1", framework=None),
        award="standard",
        on="2026-05-01",
        read_to=1,
        learner_version=1,
        adoption=1,
        policy="p",
        edition="p@2000-01-01",
        digests=DecisionDigests(rule="r", parameters="p", facts="f", evaluator="e", finding="f"),
        outcome=outcome,  # type: ignore[arg-type]
        stage="requires",
        standing="current",
        effect="immediate",
        facts=(FactSeen(name="kinds", value=kinds, versions=(1,), count=1),),
        nodes=nodes,
    )


def test_what_parts_two_makings_is_told_on_both_sides() -> None:
    """A clause, a fact and the outcome that differ stand with what they were and what they are."""
    was, now = made(("level=met", "kinds=met"), "2", "met"), made(("level=met", "kinds=not_yet"), "1", "not_yet")

    assert partings(was, now) == (
        Parting("clause", "kinds", "met", "not_yet"),
        Parting("fact", "kinds", "2", "1"),
        Parting("field", "outcome", "met", "not_yet"),
    )


def test_a_clause_on_one_side_alone_is_told() -> None:
    """What one side does not have is empty there."""
    was, now = made(("level=met",), "2", "met"), made(("level=met", "kinds=met"), "2", "met")

    assert partings(was, now) == (Parting("clause", "kinds", "", "met"),)


def test_two_that_are_the_same_part_in_nothing() -> None:
    """There is nothing to tell of equal decisions."""
    one = made(("level=met",), "2", "met")

    assert partings(one, one) == ()
