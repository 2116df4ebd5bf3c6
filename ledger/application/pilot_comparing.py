"""Comparing the arms of a pilot: figures that were received, and records where this folder holds them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import date

from ledger.application.ledger import Ledger, open_ledger
from ledger.application.pilot_figures import learners_told
from ledger.application.pilot_handing import FiguresDocument, figures_in, read_document
from ledger.application.piloting import pilot_named
from ledger.domain.pilot_fold import Pilot, is_within
from ledger.errors import Refused, UsageError
from ledger.pilots.comparing import ComparedArm, PilotComparison, rows_of
from ledger.pilots.figures import ArmFigures
from ledger.pilots.matrix import Matrix, MatrixCell, RuleOf
from ledger.pilots.measuring import Measuring, arm_of, arms_of

Progress = Callable[[str, int, int], None]
"""Told whose learners are gone through, how many are done, and how many there are."""


def compare_pilot(
    ledger: Ledger,
    name: str,
    *,
    beside: Iterable[str] = (),
    matrix: bool = True,
    progress: Progress | None = None,
) -> PilotComparison:
    """Return the arms of a pilot side by side: those that take part, then those to compare with.

    Measures come from certified figures alone. The matrix is worked out from the records of ledgers in the
    same folder, as they stand now; a pair without such records says so.
    """
    pilot = pilot_named(ledger.governance(), name)
    if pilot.upstream is not None:
        raise Refused(
            f"the pilot {pilot.opened.title!r} stands in the ledger of {pilot.opened.jurisdiction}; compare it there"
        )
    others = tuple(dict.fromkeys(one for one in beside if one not in pilot.organisations))
    for other in others:
        if not is_within(other, ledger.jurisdiction):
            raise UsageError(f"{other} is not below {ledger.jurisdiction}, so its figures cannot be had here")
    received = dict(_received(pilot))
    arms = [_arm(organisation, True, received) for organisation in pilot.organisations]
    arms += [_arm(organisation, False, received) for organisation in others]
    names = tuple(one.organisation for one in arms)
    cells = _matrix(ledger, pilot, names, progress) if matrix else ()
    figures = {organisation: found for organisation, (_, found) in received.items() if organisation in names}
    return PilotComparison(
        pilot=pilot.id,
        title=pilot.opened.title,
        question=pilot.opened.question,
        award=pilot.opened.award,
        first_day=pilot.first_day,
        last_day=pilot.last_day,
        submitted=sum(one.submitted for one in arms),
        arms=tuple(arms),
        rows=rows_of(arms, figures),
        matrix=cells,
    )


def _received(pilot: Pilot) -> Iterator[tuple[str, tuple[FiguresDocument, ArmFigures]]]:
    """Yield the figures held of each organisation, with the document they came in."""
    for one in pilot.latest_received():
        document = read_document(one.canonical.encode())
        for arm in figures_in(document.submitted).arms:
            yield arm.organisation, (document, arm)


def _arm(
    organisation: str, takes_part: bool, received: Mapping[str, tuple[FiguresDocument, ArmFigures]]
) -> ComparedArm:
    found = received.get(organisation)
    if found is None:
        return ComparedArm(organisation=organisation, takes_part=takes_part, submitted=False)
    document, figures = found
    return ComparedArm(
        organisation=organisation,
        takes_part=takes_part,
        submitted=True,
        ledger=document.submitted.jurisdiction,
        position=document.submitted.position,
        first_day=figures.first_day,
        last_day=figures.last_day,
        certified_by=document.certified.attestation.capacity,
        certified_on=document.certified.attestation.day,
        changed=figures.changed,
        rules=figures.rules,
    )


def _matrix(ledger: Ledger, pilot: Pilot, names: tuple[str, ...], progress: Progress | None) -> tuple[MatrixCell, ...]:
    with ExitStack() as stack:
        held = {ledger.jurisdiction: ledger}
        places = {name: place for name in names if (place := _ledger_of(ledger, name)) is not None}
        for place in set(places.values()) - set(held):
            held[place] = stack.enter_context(open_ledger(ledger.home.path, place, clock=ledger.clock))
        seen = {name: held[place] for name, place in places.items()}
        found = Matrix(tuple(_rule(pilot, name, there) for name, there in seen.items()))
        for place in dict.fromkeys(places.values()):
            own = tuple(name for name in names if places.get(name) == place)
            _go_through(found, pilot, held[place], own, progress)
        return found.cells(names)


def _ledger_of(ledger: Ledger, organisation: str) -> str | None:
    """Name the ledger in this folder that holds the learners of an organisation; that of a state holds none."""
    above = [one for one in ledger.home.jurisdictions() if is_within(organisation, one)]
    nearest = max(above, key=len, default=None)
    if nearest == ledger.jurisdiction and ledger.opened.kind == "state" and nearest != organisation:
        return None
    return nearest


def _rule(pilot: Pilot, organisation: str, ledger: Ledger) -> RuleOf:
    on = date.fromisoformat(min(pilot.last_day, ledger.today().isoformat()))
    return RuleOf(organisation, ledger.decider(on), pilot.opened.question, pilot.opened.award)


def _go_through(
    matrix: Matrix, pilot: Pilot, ledger: Ledger, names: tuple[str, ...], progress: Progress | None
) -> None:
    opened = pilot.opened
    last_day = min(pilot.last_day, ledger.today().isoformat())
    beside = [name for name in names if name not in pilot.organisations]
    arms = [arm for arm in arms_of(pilot, ledger.jurisdiction, last_day, beside) if arm.organisation in names]
    for each in arms:
        matrix.expect(each.organisation)
    measuring = Measuring(ledger.decider(date.fromisoformat(last_day)), opened.question, opened.award)
    position = ledger.log.recorder.max_notification_id()

    def tell(done: int, total: int) -> None:
        if progress is not None:
            progress(ledger.jurisdiction, done, total)

    for one in learners_told(ledger, position, opened.question, opened.award, tell):
        arm = arm_of(one.record, measuring.work_days(one), arms, pilot, ledger.jurisdiction)
        if arm is not None:
            matrix.add(arm.organisation, one.record, measuring.subjects(one, arm))
