"""A transcript against the decisions."""

from ledger.audit.reconciling.transcript import Held, held_credits, reconcile_transcript
from ledger.domain.learner import Grant
from ledger.interchange.transcript_csv import TranscriptRow
from tests.audit.queries.support import ALGEBRA, Book, decided, recorded

KNOWN = {"S-1": "one", "S-2": "two"}


def row(line: int = 2, learner: str = "S-1", course: str = "algebra", **more: str) -> TranscriptRow:
    """Build a row of a transcript."""
    return TranscriptRow(line, learner, course, more.get("award"), more.get("credit"), more.get("earned"))


def held(**more: object) -> Held:
    """Build a decision about credit that is met."""
    settings = {"position": 7, "award": "standard", "on": "2026-05-29", "outcome": "met", "credit": 1, "in_force": True}
    return Held(**{**settings, **more})  # type: ignore[arg-type]


def told(rows: list[TranscriptRow], *ours: Held, **more: bool) -> list[tuple[str, int | None, int | None, str]]:
    """Return what differs, each with its line and position."""
    found = reconcile_transcript(rows, KNOWN, {("one", "algebra"): ours} if ours else {}, **more)
    return [(one.kind, one.line, one.position, one.sentence) for one in found]


def test_what_agrees_is_not_told() -> None:
    """A credit with its decision, of the same amount, decided by the day it was earned."""
    assert [] == told([row(credit="1", earned="2026-06-01")], held())
    assert [] == told([row(award="standard")], held())


def test_credits_without_a_decision_are_told() -> None:
    """Nobody decided, or not so, or it is proposed only, or nobody knows the learner."""
    kind = "credit-without-decision"

    assert [(kind, 2, None, "Credit for algebra stands on nothing: no decision about it was ever made.")] == told(
        [row()]
    )
    assert [
        (kind, 2, 7, "Credit for algebra stands on nothing: the last decision, for 2026-05-29, is not_yet.")
    ] == told([row()], held(outcome="not_yet"))
    assert [
        (kind, 2, 7, "Credit for algebra stands on nothing: the decision for 2026-05-29 is proposed and not confirmed.")
    ] == told([row()], held(in_force=False))
    assert [
        (kind, 3, None, "Credit for algebra (honours) stands on nothing: the ledger knows no learner S-9.")
    ] == told([row(), row(3, "S-9", award="honours")], held())


def test_decisions_without_a_credit_are_told() -> None:
    """A credit that was decided and that no row names, also of a learner the file does not name."""
    kind = "decision-without-credit"

    assert [
        (kind, None, 8, "Credit for algebra (honours) was decided for 2026-05-29 and is not on the transcript.")
    ] == told([row(award="standard")], held(), held(position=8, award="honours"))
    assert [(kind, None, 7, "Credit for algebra was decided for 2026-05-29 and is not on the transcript.")] == told(
        [], held()
    )
    assert [] == told([], held(outcome="denied"))


def test_learners_a_file_does_not_name_can_be_left_out() -> None:
    """The transcript of one school says nothing of another's learners."""
    ours = {("three", "algebra"): [held()]}

    assert 1 == len(list(reconcile_transcript([], KNOWN, ours)))
    assert [] == list(reconcile_transcript([], KNOWN, ours, named_only=True))


def test_another_amount_is_told() -> None:
    """Two rows of half a credit are one credit; a row of two is not, and what is not said is not compared."""
    assert [] == told([row(credit="0.5"), row(3, credit="0.5")], held())
    assert [
        ("other-amount", 2, 7, "Credit for algebra counts 2 on the transcript; what was decided counts 1.")
    ] == told([row(credit="2")], held())
    assert [] == told([row(credit="2")], held(credit=None))
    assert [] == told([row(), row(3, credit="2")], held())
    assert [] == told([row(credit="1")], held(), held(award="by examination"))


def test_a_credit_earned_before_it_was_decided_is_told() -> None:
    """The transcript is earlier than the first decision."""
    assert [
        (
            "earned-too-early",
            2,
            7,
            "Credit for algebra is said to be earned on 2026-01-16; it was first decided for 2026-05-29.",
        )
    ] == told([row(earned="2026-01-16")], held(), held(position=9, award="late", on="2026-06-02"))


def test_the_last_decision_of_a_key_counts() -> None:
    """Held are the last decisions about credit for courses, with what they grant."""
    book = Book()
    half = (Grant(key="credit", value='{"fraction":[1,2]}'), Grant(key="notation", value='"P"'))
    book.act(recorded(), decided("not_yet", ALGEBRA, "CREDIT"), decided(question="MASTERY"))
    event = book.act(decided("met", ALGEBRA, "CREDIT", grants=half, effect="proposed"))
    book.act(decided("met", ALGEBRA, "CREDIT", award="other", grants=(Grant(key="credit", value="true"),)))
    one, other = held_credits(book.events)["one", "algebra"]

    assert (event.position, "met", "1/2", False, False) == (
        one.position,
        one.outcome,
        str(one.credit),
        one.in_force,
        one.met,
    )
    assert (None, True) == (other.credit, other.met)
