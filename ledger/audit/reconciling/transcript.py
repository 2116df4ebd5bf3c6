"""A transcript against the ledger: credits without a decision, decisions without a credit."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ledger.audit.integrity import shown
from ledger.audit.reconciling.discrepancy import Discrepancy, Identities
from ledger.domain.learner import Decided
from ledger.interchange.transcript_csv import TranscriptRow
from ledger.policy.canonical import value_from_text
from ledger.storage.envelope import Event
from ledger.values import plain_number

Place = tuple[str, str]
"""A learner and a course."""


@dataclass(frozen=True, slots=True)
class Held:
    """The last decision about credit of one learner for one course and award."""

    position: int
    award: str
    on: str
    outcome: str
    credit: Fraction | None
    in_force: bool

    @property
    def met(self) -> bool:
        """Say whether there is credit."""
        return self.outcome == "met" and self.in_force


def held_credits(events: Iterable[Event[Any]]) -> dict[Place, list[Held]]:
    """Return the last decision about each credit, met or not, out of events in the order of the log."""
    found: dict[Place, dict[str, Held]] = defaultdict(dict)
    for event in events:
        made = event.data
        if isinstance(made, Decided) and made.question == "CREDIT" and made.subject.kind == "course":
            learner = event.originator_id.removeprefix("learner/")
            held = Held(event.position, made.award, made.on, made.outcome, _granted(made), made.effect != "proposed")
            found[learner, made.subject.id][made.award] = held
    return {place: list(some.values()) for place, some in found.items()}


def reconcile_transcript(
    rows: Sequence[TranscriptRow],
    identities: Identities,
    held: Mapping[Place, Sequence[Held]],
    *,
    named_only: bool = False,
) -> Iterator[Discrepancy]:
    """Yield where a transcript and the decisions differ; with `named_only` about learners it names alone.

    A row that names no award stands for every award of the course.
    """
    by_place: dict[Place, list[TranscriptRow]] = defaultdict(list)
    for row in rows:
        learner = identities.get(row.learner)
        if learner is None:
            yield _without(row, None, f"the ledger knows no learner {shown(row.learner)}")
        else:
            by_place[learner, row.course].append(row)
    for place, some in by_place.items():
        yield from _credits(place, some, held.get(place, ()))
    named = set(identities.values())
    for place, decisions in sorted(held.items()):
        if not named_only or place[0] in named:
            yield from _decisions(place, decisions, by_place.get(place, ()))


def _credits(place: Place, rows: Sequence[TranscriptRow], held: Sequence[Held]) -> Iterator[Discrepancy]:
    for row in rows:
        meant = [one for one in held if row.award in (None, one.award)]
        met = [one for one in meant if one.met]
        if not met:
            yield _without(row, place[0], _why_not(meant), meant[-1].position if meant else None)
        elif row.earned is not None and row.earned < min(one.on for one in met):
            first = min(met, key=lambda one: one.on)
            sentence = f"{_named(row)} is said to be earned on {row.earned}; it was first decided for {first.on}."
            yield Discrepancy("earned-too-early", row.line, first.position, place[0], sentence)
    yield from _amounts(place, rows, [one for one in held if one.met])


def _amounts(place: Place, rows: Sequence[TranscriptRow], met: Sequence[Held]) -> Iterator[Discrepancy]:
    for award in sorted({row.award or "" for row in rows}):
        ours = [one for one in met if award in ("", one.award)]
        theirs = [row for row in rows if (row.award or "") == award]
        said = [Fraction(row.credit) for row in theirs if row.credit is not None]
        given = [one.credit for one in ours if one.credit is not None]
        if len(said) != len(theirs) or len(given) != len(ours) or not ours or sum(said) in {sum(given), *given}:
            continue
        sentence = (
            f"{_named(theirs[0])} counts {plain_number(sum(said))} on the transcript; what was decided counts "
            f"{plain_number(sum(given))}."
        )
        yield Discrepancy("other-amount", theirs[0].line, ours[-1].position, place[0], sentence)


def _decisions(place: Place, held: Sequence[Held], rows: Sequence[TranscriptRow]) -> Iterator[Discrepancy]:
    for one in held:
        if one.met and not any(row.award in (None, one.award) for row in rows):
            award = "" if one.award == "standard" else f" ({shown(one.award)})"
            sentence = f"Credit for {shown(place[1])}{award} was decided for {one.on} and is not on the transcript."
            yield Discrepancy("decision-without-credit", None, one.position, place[0], sentence)


def _without(row: TranscriptRow, learner: str | None, why: str, position: int | None = None) -> Discrepancy:
    return Discrepancy(
        "credit-without-decision", row.line, position, learner, f"{_named(row)} stands on nothing: {why}."
    )


def _why_not(meant: Sequence[Held]) -> str:
    if not meant:
        return "no decision about it was ever made"
    last = meant[-1]
    if not last.in_force:
        return f"the decision for {last.on} is proposed and not confirmed"
    return f"the last decision, for {last.on}, is {last.outcome}"


def _named(row: TranscriptRow) -> str:
    award = f" ({shown(row.award)})" if row.award else ""
    return f"Credit for {shown(row.course)}{award}"


def _granted(made: Decided) -> Fraction | None:
    found = next((value_from_text(one.value) for one in made.grants if one.key == "credit"), None)
    return Fraction(found) if isinstance(found, int | Fraction) and not isinstance(found, bool) else None
