"""Commands about pilots: opening one, letting it last longer, ending it sooner."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ledger.application.ledger import Ledger
from ledger.domain import pilots as events
from ledger.domain.governance import Governance
from ledger.domain.learner import Question
from ledger.domain.pilot_fold import Pilot, is_within
from ledger.domain.pilots import ExitRule, Scope, Waiver
from ledger.domain.shapes import Authority, Payload
from ledger.errors import Refused, UnknownName
from ledger.storage.append import Appended
from ledger.storage.envelope import Author
from ledger.values import identifier

_ORGANISATION = re.compile(r"[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*")


@dataclass(frozen=True, slots=True)
class Opening:
    """What a pilot says when it is opened, as `PilotOpened` has it."""

    title: str
    authority: Authority
    purpose: str
    question: Question
    award: str
    first_day: date
    last_day: date
    scope: Scope
    exit_rule: ExitRule
    exit_by: date | None = None
    waiver: Waiver | None = None
    waives: tuple[int, ...] = ()


def pilot_stream(pilot: str) -> str:
    """Return the stream of a pilot."""
    return f"pilot/{pilot}"


def pilot_named(governance: Governance, name: str) -> Pilot:
    """Return a pilot by title, id or the beginning of an id; raise `UnknownName`."""
    found = governance.pilots.find(name)
    if found is None:
        raise UnknownName(f"there is no pilot {name!r} here; `mastery pilots list` names those there are")
    return found


def open_pilot(ledger: Ledger, author: Author, opening: Opening) -> Appended:
    """Open a pilot; raise `Refused` with every sentence that says why it may not be."""
    opened = events.PilotOpened(
        pilot=identifier("pilot", ledger.opened.ledger, author.command),
        title=opening.title,
        jurisdiction=ledger.jurisdiction,
        authority=opening.authority,
        purpose=opening.purpose,
        question=opening.question,
        award=opening.award,
        first_day=opening.first_day.isoformat(),
        last_day=opening.last_day.isoformat(),
        scope=opening.scope,
        exit_rule=opening.exit_rule,
        exit_by=opening.exit_by.isoformat() if opening.exit_by else None,
        waiver=opening.waiver,
        waives=tuple(sorted(set(opening.waives))),
    )

    def make(governance: Governance) -> list[tuple[str, Payload]]:
        _refuse(
            [*_wrong_title(governance, opened), *_wrong_days(opened), *_wrong_scope(opened)],
            list(_wrong_waiver(governance, opened)),
        )
        return [(pilot_stream(opened.pilot), opened)]

    return ledger.write_as_governed(author, [opened], make)


def _refuse(*found: list[str]) -> None:
    sentences = [sentence for some in found for sentence in some]
    if sentences:
        raise Refused("\n".join(sentences))


def _wrong_title(governance: Governance, opened: events.PilotOpened) -> Iterator[str]:
    if any(one.opened.title.casefold() == opened.title.casefold() for one in governance.pilots):
        yield f"title: a pilot {opened.title!r} is known already; give this one another title"


def _wrong_days(opened: events.PilotOpened) -> Iterator[str]:
    if opened.last_day < opened.first_day:
        yield f"until: {opened.last_day} is before the first day, {opened.first_day}"
    yield from _wrong_exit(opened.exit_rule, opened.exit_by, opened.last_day)


def _wrong_exit(rule: ExitRule, exit_by: str | None, last_day: str) -> Iterator[str]:
    if exit_by is not None and rule != "finish-under-pilot":
        yield f"exit: nobody finishes under the pilot with {rule}; leave out the day to finish by, {exit_by}"
    elif exit_by is not None and exit_by <= last_day:
        yield f"exit: the day to finish by, {exit_by}, is not after the last day of the pilot, {last_day}"


def _wrong_scope(opened: events.PilotOpened) -> Iterator[str]:
    names = [one.organisation for one in opened.scope.organisations]
    if not names:
        yield "organisations: a pilot is tried somewhere; name the districts or schools that take part"
    for name in sorted(set(names)):
        if names.count(name) > 1:
            yield f"organisations: {name} is named twice"
        if not _ORGANISATION.fullmatch(name) or not is_within(name, opened.jurisdiction):
            yield f"organisations: {name!r} is not {opened.jurisdiction} or one below it, such as us-tx/pine-valley"
    for one in opened.scope.organisations:
        if one.first_day is not None and not opened.first_day <= one.first_day <= opened.last_day:
            yield (
                f"organisations: {one.organisation} begins on {one.first_day}, which is not within the pilot, "
                f"{opened.first_day} to {opened.last_day}"
            )


def _wrong_waiver(governance: Governance, opened: events.PilotOpened) -> Iterator[str]:
    if opened.waives and opened.waiver is None:
        yield "waiver: a bound is waived by law; give the citation and the sentence of the waiver"
    for position in opened.waives:
        bound = next((one for one in governance.bounds if one.upstream is None and one.there == position), None)
        if bound is None:
            yield f"waives: no bound of {opened.jurisdiction} stands at position {position}"
        elif (bound.payload.question, bound.payload.award) != (opened.question, opened.award):
            yield (
                f"waives: the bound at position {position} is about {bound.payload.question} ({bound.payload.award}), "
                f"and the pilot about {opened.question} ({opened.award})"
            )


def extend_pilot(
    ledger: Ledger,
    author: Author,
    name: str,
    last_day: date,
    *,
    exit_by: date | None,
    authority: Authority,
    reason: str,
) -> Appended:
    """Let a pilot last longer; the day to finish by stays unless another is given.

    Raises `Refused` where it is over, where the day is not later, or where it stands in another ledger.
    """

    def make(governance: Governance) -> list[tuple[str, Payload]]:
        pilot = pilot_named(governance, name)
        extended = events.PilotExtended(
            pilot=pilot.id,
            last_day=last_day.isoformat(),
            exit_by=exit_by.isoformat() if exit_by else pilot.exit_by,
            authority=authority,
            reason=reason,
        )
        _refuse([*_not_here(ledger, pilot), *_not_longer(pilot, extended, ledger.today().isoformat())])
        return [(pilot_stream(pilot.id), extended)]

    return ledger.write_as_governed(author, [name, last_day.isoformat(), str(exit_by), authority.body, reason], make)


def _not_here(ledger: Ledger, pilot: Pilot) -> Iterator[str]:
    if pilot.upstream is not None:
        yield f"the pilot {pilot.opened.title!r} stands in the ledger of {pilot.opened.jurisdiction}; change it there"


def _not_longer(pilot: Pilot, extended: events.PilotExtended, today: str) -> Iterator[str]:
    if today > pilot.last_day:
        yield f"the pilot {pilot.opened.title!r} was over on {pilot.last_day}; open another"
    if extended.last_day <= pilot.last_day:
        yield f"until: {extended.last_day} is not after its last day, {pilot.last_day}"
    yield from _wrong_exit(pilot.opened.exit_rule, extended.exit_by, extended.last_day)


def end_pilot(
    ledger: Ledger, author: Author, name: str, last_day: date, *, authority: Authority, reason: str
) -> Appended:
    """End a pilot sooner than was said, today at the soonest; what was decided under it stands.

    Adoptions made under it are not ended by this: `reaching_beyond` names them.
    """

    def make(governance: Governance) -> list[tuple[str, Payload]]:
        pilot = pilot_named(governance, name)
        ended = events.PilotEnded(pilot=pilot.id, last_day=last_day.isoformat(), authority=authority, reason=reason)
        _refuse([*_not_here(ledger, pilot), *_not_sooner(pilot, ended.last_day, ledger.today().isoformat())])
        return [(pilot_stream(pilot.id), ended)]

    return ledger.write_as_governed(author, [name, last_day.isoformat(), authority.body, reason], make)


def _not_sooner(pilot: Pilot, last_day: str, today: str) -> Iterator[str]:
    if last_day >= pilot.last_day:
        yield f"until: {last_day} is not before its last day, {pilot.last_day}"
    elif last_day < today:
        yield f"until: {last_day} has passed, and what was decided since stands under it; end it on {today} or later"
