"""A district's figures about a pilot: worked out and submitted by one person, certified by another."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

import msgspec

from ledger.application.ledger import Ledger
from ledger.application.piloting import pilot_named, pilot_stream
from ledger.deciding import Decider
from ledger.domain.governance import Governance, Placed
from ledger.domain.jurisdiction import Attestation, PolicyAdopted
from ledger.domain.pilot_fold import Pilot, is_within
from ledger.domain.pilots import FiguresCertified, FiguresSubmitted
from ledger.domain.shapes import Payload
from ledger.errors import Refused, UsageError
from ledger.pilots.figures import ArmFigures, Learners, PilotFigures, RuleInForce, arm_figures
from ledger.pilots.hiding import FEWEST
from ledger.pilots.measuring import Arm, Measuring, Told, arm_of, arms_of, by_arm, told
from ledger.storage.append import Appended
from ledger.storage.envelope import Author
from ledger.values import canonical, digest

FORMAT = 1

Progress = Callable[[int, int], None]


def figures_of(
    ledger: Ledger,
    pilot: Pilot,
    position: int,
    beside: Sequence[str] = (),
    progress: Progress | None = None,
) -> PilotFigures:
    """Work out what came of a pilot in a ledger, up to a position and as of today or its last day.

    Raises `Refused` where there is nothing to tell yet, `UsageError` for an organisation of another ledger.
    """
    last_day = min(pilot.last_day, ledger.today().isoformat())
    for name in beside:
        if not is_within(name, ledger.jurisdiction):
            raise UsageError(f"{name} is not in the ledger of {ledger.jurisdiction}; its figures come from its own")
    arms = arms_of(pilot, ledger.jurisdiction, last_day, beside) if pilot.first_day <= last_day else ()
    if not arms:
        begins = pilot.first_day_of(ledger.jurisdiction) or pilot.first_day
        raise Refused(f"the pilot {pilot.opened.title!r} begins on {begins}; there is nothing to tell before")
    opened = pilot.opened
    decider = Decider(ledger.governance(), ledger.shelf(), date.fromisoformat(last_day), position)
    measuring = Measuring(decider, opened.question, opened.award)
    found = []
    for one in learners_told(ledger, position, opened.question, opened.award, progress):
        arm = arm_of(one.record, measuring.work_days(one), arms, pilot, ledger.jurisdiction)
        if arm is not None:
            found.append((one.record.learner, arm, tuple(measuring.answers(one, arm))))
    gathered = by_arm(found)
    return PilotFigures(
        format=FORMAT,
        pilot=pilot.id,
        jurisdiction=ledger.jurisdiction,
        origin=ledger.opened.ledger,
        position=position,
        on=last_day,
        question=opened.question,
        award=opened.award,
        fewest=FEWEST,
        arms=tuple(_figures(arm, gathered.get(arm.organisation, {}), decider, pilot) for arm in arms),
    )


def learners_told(
    ledger: Ledger, position: int, question: str, award: str, progress: Progress | None = None
) -> Iterator[Told]:
    """Yield every learner on record at a position, folded for one question and award."""
    streams = ledger.log.recorder.streams("learner/")
    for number, stream in enumerate(streams, start=1):
        events = [
            (event.originator_version, event.data) for event in ledger.log.stream(stream) if event.position <= position
        ]
        found = told(stream.removeprefix("learner/"), events, question, award)
        if events and not found.record.erased:
            yield found
        if progress is not None:
            progress(number, len(streams))


def _figures(arm: Arm, learners: Learners, decider: Decider, pilot: Pilot) -> ArmFigures:
    return arm_figures(
        arm.organisation,
        learners,
        takes_part=arm.takes_part,
        first_day=arm.first_day,
        last_day=arm.last_day,
        rules=tuple(rules_in_force(decider.governance, arm, pilot, decider.read_to)),
    )


def rules_in_force(governance: Governance, arm: Arm, pilot: Pilot, read_to: int) -> Iterator[RuleInForce]:
    """Yield the adoptions that bound somebody of an arm on some day looked at, in the order of their first days."""
    asked = (pilot.opened.question, pilot.opened.award)
    for placed in sorted(governance.adoptions, key=lambda one: (one.payload.first_day, one.position)):
        adopted, last_day = placed.payload, governance.last_day_of(placed, read_to)
        is_read = placed.position <= read_to and (adopted.question, adopted.award) == asked
        if is_read and _binds_somebody(placed, arm) and _meets(adopted.first_day, last_day, arm):
            yield RuleInForce(
                edition=adopted.edition,
                digest=adopted.digest,
                jurisdiction=adopted.jurisdiction,
                first_day=adopted.first_day,
                last_day=last_day,
                began=arm.first_day < adopted.first_day,
                ended=last_day is not None and last_day < arm.last_day,
            )


def _meets(first_day: str, last_day: str | None, arm: Arm) -> bool:
    return first_day <= arm.last_day and (last_day is None or arm.first_day <= last_day)


def _binds_somebody(placed: Placed, arm: Arm) -> bool:
    adopted: PolicyAdopted = placed.payload
    named = (adopted.binding.organisations if adopted.binding else None) or (adopted.jurisdiction,)
    return any(is_within(arm.organisation, one) or is_within(one, arm.organisation) for one in named)


def submit_figures(
    ledger: Ledger,
    author: Author,
    name: str,
    *,
    position: int | None = None,
    beside: Sequence[str] = (),
    progress: Progress | None = None,
) -> tuple[Appended, PilotFigures]:
    """Work out a ledger's figures about a pilot, up to a position, and submit them; they wait to be certified."""
    pilot = pilot_named(ledger.governance(), name)
    last = ledger.log.recorder.max_notification_id()
    if position is not None and not 1 <= position <= last:
        raise UsageError(f"there is no position {position} in this ledger; the last is {last}")
    found = figures_of(ledger, pilot, position or last, beside, progress)
    text = canonical(msgspec.to_builtins(found)).decode()
    submitted = FiguresSubmitted(
        pilot=pilot.id,
        jurisdiction=ledger.jurisdiction,
        origin=found.origin,
        position=found.position,
        on=found.on,
        first_day=min(arm.first_day for arm in found.arms),
        last_day=found.on,
        figures=text,
        digest=digest(text.encode()),
    )
    return ledger.write(author, pilot_stream(pilot.id), [submitted]), found


def certify_figures(ledger: Ledger, author: Author, name: str, capacity: str, statement: str) -> Appended:
    """Answer for the figures submitted last, as another person than the one who submitted them.

    Raises `Refused` where there are none, where they are certified, or where it is the same person.
    """

    def make(governance: Governance) -> list[tuple[str, Payload]]:
        pilot = pilot_named(governance, name)
        found = pilot.submission(ledger.jurisdiction)
        if found is None:
            raise Refused(f"{ledger.jurisdiction} has submitted no figures; `mastery pilots submit` does")
        version, submission = found
        if pilot.certificate(version) is not None:
            raise Refused("the figures submitted last are certified already; `mastery pilots export` hands them over")
        if any(submission.written.acts_for(one) for one in (author.actor, author.behalf) if one):
            raise Refused("whoever submitted figures does not certify them; another person answers for them")
        certified = FiguresCertified(
            pilot=pilot.id,
            jurisdiction=ledger.jurisdiction,
            submission=version,
            digest=submission.figures.digest,
            attestation=Attestation(
                who=author.actor, capacity=capacity, day=ledger.today().isoformat(), reason=statement
            ),
        )
        return [(pilot_stream(pilot.id), certified)]

    return ledger.write_as_governed(author, [name, capacity, statement], make)
