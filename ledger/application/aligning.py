"""Commands that align a framework of one's own to another one, the state's as a rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger.application.frameworks import competency_in
from ledger.application.governing import find_competency
from ledger.application.ledger import Ledger
from ledger.domain.aligned import Alignment, alignments
from ledger.domain.alignment import RELATIONS, AlignmentEnded, CompetencyAligned
from ledger.domain.governance import Governance
from ledger.domain.shapes import Authority, Payload
from ledger.domain.stream_names import framework_stream
from ledger.errors import Refused, UsageError
from ledger.storage.append import Appended
from ledger.storage.envelope import Author


@dataclass(frozen=True, slots=True)
class Pair:
    """Two competencies by id or code, the local one first; a framework narrows where a code may mean several."""

    local: str
    state: str
    local_framework: str | None = None
    state_framework: str | None = None


def align(
    ledger: Ledger,
    author: Author,
    pair: Pair,
    relation: str,
    *,
    first_day: date,
    authority: Authority,
    last_day: date | None = None,
) -> Appended | None:
    """Align a competency to one of another framework, from a day on; nothing where the very same is known.

    Raises `UnknownName` for a competency there is not, `UsageError` for a relation there is not, `Refused`
    where the two are aligned already on some of the days.
    """
    _check(relation, first_day, last_day)
    said = _said(ledger, pair, relation, first_day, last_day, authority)

    def make(governance: Governance) -> Sequence[tuple[str, Payload]]:
        if any(one.says(said) for one in _of(governance, said.competency, said.to_competency)):
            return ()
        for earlier in _of(governance, said.competency, said.to_competency):
            if earlier.overlaps(said.first_day, said.last_day):
                raise Refused(
                    f"{pair.local} and {pair.state} are aligned already, {earlier}; "
                    "end that first with `mastery frameworks end`"
                )
        return ((framework_stream(said.framework), said),)

    done = ledger.write_as_governed(author, [said], make)
    return done if done.last else None


def end_alignment(
    ledger: Ledger, author: Author, pair: Pair, last_day: date, *, authority: Authority, reason: str
) -> Appended:
    """End what aligns two competencies after a day, as an event of its own; the alignment stays on record.

    Raises `Refused` where this ledger aligned nothing that holds after that day.
    """
    (_, _, local), (_, _, state) = _sides(ledger, pair)

    def make(governance: Governance) -> Sequence[tuple[str, Payload]]:
        after = [
            one
            for one in _of(governance, local, state)
            if one.last_day is None or date.fromisoformat(one.last_day) > last_day
        ]
        own = min((one for one in after if one.upstream is None), key=lambda one: one.said.first_day, default=None)
        if own is None:
            raise Refused(_nothing_to_end(pair, last_day, after))
        ended = AlignmentEnded(
            jurisdiction=ledger.jurisdiction,
            framework=own.said.framework,
            alignment=own.there,
            last_day=last_day.isoformat(),
            authority=authority,
            reason=reason,
        )
        return ((framework_stream(own.said.framework), ended),)

    return ledger.write_as_governed(author, [local, state, last_day.isoformat(), reason], make)


def _nothing_to_end(pair: Pair, last_day: date, after: Sequence[Alignment]) -> str:
    if after:
        return f"{pair.local} and {pair.state} were aligned by {after[0].said.jurisdiction}; end that in its ledger"
    return f"{pair.local} and {pair.state} are not aligned after {last_day}; there is nothing to end"


def _check(relation: str, first_day: date, last_day: date | None) -> None:
    if relation not in RELATIONS:
        raise UsageError(f"{relation!r} is no relation: {', '.join(RELATIONS)}")
    if last_day is not None and last_day < first_day:
        raise UsageError(f"the last day {last_day} is before the first day {first_day}")


def _said(
    ledger: Ledger, pair: Pair, relation: str, first_day: date, last_day: date | None, authority: Authority
) -> CompetencyAligned:
    (framework, edition, local), (to_framework, to_edition, state) = _sides(ledger, pair)
    if framework == to_framework:
        raise UsageError(f"{pair.local} and {pair.state} stand in one framework; an alignment joins two")
    return CompetencyAligned(
        jurisdiction=ledger.jurisdiction,
        framework=framework,
        edition=edition,
        competency=local,
        to_framework=to_framework,
        to_edition=to_edition,
        to_competency=state,
        relation=relation,  # type: ignore[arg-type]
        first_day=first_day.isoformat(),
        last_day=last_day.isoformat() if last_day else None,
        authority=authority,
    )


def _sides(ledger: Ledger, pair: Pair) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
    return _side(ledger, pair.local, pair.local_framework), _side(ledger, pair.state, pair.state_framework)


def _side(ledger: Ledger, name: str, framework: str | None) -> tuple[str, str, str]:
    if framework is None:
        return find_competency(ledger, name)
    return framework, *competency_in(ledger.governance(), framework, name)


def _of(governance: Governance, local: str, state: str) -> list[Alignment]:
    return [one for one in alignments(governance, governance.position) if one.pair == (local, state)]
