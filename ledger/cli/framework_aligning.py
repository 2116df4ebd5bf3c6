"""`mastery frameworks align`, `end` and `alignments`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import click

from ledger.application import aligning as commands
from ledger.cli.framework_options import authority_of, known_at, named, on, sides
from ledger.cli.options import authority, day, text
from ledger.cli.printing import counted, prints, show, table
from ledger.cli.session import Session, pass_session
from ledger.domain.alignment import RELATIONS
from ledger.inquiry.coverage_views import AlignmentView
from ledger.inquiry.frameworks import alignment_list

UNMOVED = "No decision moves by it."


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two competencies as they were named, and how they are aligned; `position` is null where that was known."""

    local: str
    state: str
    relation: str
    first_day: str
    last_day: str | None
    position: int | None


@dataclass(frozen=True, slots=True)
class AlignmentEnding:
    """Two competencies as they were named, the last day of what aligned them, and where that stands in the log."""

    local: str
    state: str
    last_day: str
    position: int


@dataclass(frozen=True, slots=True)
class ListedAlignments:
    """The alignments that hold."""

    alignments: tuple[AlignmentView, ...]


@click.command()
@click.argument("local")
@click.argument("state")
@click.option("--relation", type=click.Choice(list(RELATIONS)), required=True, help="What LOCAL is to STATE, in CASE.")
@click.option("--from", "first_day", type=day, required=True, help="The first day.")
@click.option("--until", "last_day", type=day, help="The last day; open where not given.")
@sides
@authority
@prints(Aligned)
@pass_session
def align(
    session: Session,
    local: str,
    state: str,
    relation: str,
    first_day: date,
    last_day: date | None,
    local_framework: str | None,
    state_framework: str | None,
    body: str,
    dated: date | None,
    minute: str | None,
    link: str | None,
    as_json: bool,
) -> None:
    """Align a LOCAL competency to one of another framework, the STATE's as a rule.

    Both are named by id or code. Only exactMatchOf covers a standard; isPartOf, isPeerOf and isRelatedTo are
    shown as partial, however many there are.

    Example: mastery frameworks align PV.3 A1.7 --relation isPartOf --from 2026-08-01 --authority "Curriculum board"
    """
    with session.open() as ledger:
        pair = commands.Pair(local, state, named(ledger, local_framework), named(ledger, state_framework))
        done = commands.align(
            ledger,
            session.author(ledger),
            pair,
            relation,
            first_day=first_day,
            last_day=last_day,
            authority=authority_of(body, dated, minute, link),
        )
    last = last_day.isoformat() if last_day else None
    answer = Aligned(local, state, relation, first_day.isoformat(), last, done.last if done else None)
    show(answer, as_json, _aligned)


def _aligned(answer: Aligned) -> Iterator[str]:
    if answer.position is None:
        yield f"{answer.local} {RELATIONS[answer.relation]} {answer.state}: known already, nothing to do."
        return
    last = f" to {answer.last_day}" if answer.last_day else ""
    yield (
        f"{answer.local} {RELATIONS[answer.relation]} {answer.state} ({answer.relation}) "
        f"from {answer.first_day}{last} (position {answer.position}). {UNMOVED}"
    )


@click.command()
@click.argument("local")
@click.argument("state")
@click.option("--until", "last_day", type=day, required=True, help="The last day on which it holds.")
@sides
@authority
@click.option("--reason", type=text, required=True, help="Why; public, it stands in the log.")
@prints(AlignmentEnding)
@pass_session
def end(
    session: Session,
    local: str,
    state: str,
    last_day: date,
    local_framework: str | None,
    state_framework: str | None,
    body: str,
    dated: date | None,
    minute: str | None,
    link: str | None,
    reason: str,
    as_json: bool,
) -> None:
    """End what aligns a LOCAL competency to one of the STATE; it stays on record.

    Example: mastery frameworks end PV.3 A1.7 --until 2027-07-31 --authority "Curriculum board" --reason "Reworded"
    """
    with session.open() as ledger:
        pair = commands.Pair(local, state, named(ledger, local_framework), named(ledger, state_framework))
        by = authority_of(body, dated, minute, link)
        done = commands.end_alignment(ledger, session.author(ledger), pair, last_day, authority=by, reason=reason)

    def lines(answer: AlignmentEnding) -> Iterator[str]:
        yield (
            f"What aligns {answer.local} to {answer.state} holds for the last time on {answer.last_day} "
            f"(position {answer.position}). {UNMOVED}"
        )

    show(AlignmentEnding(local, state, last_day.isoformat(), done.last), as_json, lines)


@click.command()
@click.option("--framework", type=text, help="Only those that begin or end in this framework.")
@on
@known_at
@prints(ListedAlignments)
@pass_session
def alignments(session: Session, framework: str | None, on: date | None, known_at: int | None, as_json: bool) -> None:
    """List the alignments that hold.

    Example: mastery frameworks alignments --on 2026-09-01
    """
    with session.open() as ledger:
        found = alignment_list(ledger, named(ledger, framework), on=on, known_at=known_at)
    show(ListedAlignments(found), as_json, _listed)


def _listed(answer: ListedAlignments) -> Iterator[str]:
    headings = ("local", "is to", "standard", "from", "until", "by", "position")
    yield from table(
        headings,
        (
            (one.local, one.relation, one.standard, one.first_day, one.last_day or "", one.body, one.position)
            for one in answer.alignments
        ),
    )
    yield f"{counted(len(answer.alignments), 'alignment')}."
