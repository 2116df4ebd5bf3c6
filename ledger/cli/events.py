"""`mastery events`."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import click
import msgspec

from ledger.application import Ledger
from ledger.cli.event_text import summary
from ledger.cli.printing import prints, show, table
from ledger.cli.session import Session, pass_session
from ledger.domain.topics import topic_of
from ledger.errors import UnknownName
from ledger.inquiry.naming import Naming
from ledger.storage.envelope import Event


@dataclass(frozen=True, slots=True)
class ListedEvent:
    """One event of the log; `data` is its payload, field by field, and `summary` the same in a line."""

    position: int
    topic: str
    stream: str
    version: int
    at: str
    actor: str
    role: str
    command: str
    summary: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ListedEvents:
    """Some events in the order of the log; `next` is the position after which the others follow, null at the end."""

    events: tuple[ListedEvent, ...]
    next: int | None


@click.command()
@click.option("--stream", help="Only this stream: ledger, jurisdiction/..., framework/..., learner/...")
@click.option("--after", type=click.IntRange(min=0), default=0, metavar="POSITION", help="Only after this position.")
@click.option("--limit", type=click.IntRange(min=1), metavar="EVENTS", default=50, show_default=True)
@prints(ListedEvents)
@pass_session
def events(session: Session, stream: str | None, after: int, limit: int, as_json: bool) -> None:
    """Show the log itself: what happened, in which stream, when and by whom.

    Example: mastery events --stream ledger --limit 10
    """
    with session.open() as ledger:
        found = list(islice(_events(ledger, stream, after), limit + 1))
        naming = Naming(ledger.governance())
        rows = tuple(_listed(event, naming) for event in found[:limit])
    show(ListedEvents(rows, rows[-1].position if len(found) > limit else None), as_json, _lines)


def _events(ledger: Ledger, stream: str | None, after: int) -> Iterator[Event[Any]]:
    if stream is None:
        return ledger.log.scan(after)
    if not ledger.log.recorder.last_version(stream):
        raise UnknownName(f"there is no stream {stream!r} in this ledger; `mastery events` shows those there are")
    return (event for event in ledger.log.stream(stream) if event.position > after)


def _listed(event: Event[Any], naming: Naming) -> ListedEvent:
    return ListedEvent(
        position=event.position,
        topic=topic_of(event.data),
        stream=event.originator_id,
        version=event.originator_version,
        at=event.at,
        actor=event.actor,
        role=event.role,
        command=event.command,
        summary=summary(event.data, naming),
        data=msgspec.to_builtins(event.data),
    )


def _lines(answer: ListedEvents) -> Iterator[str]:
    rows = [
        (one.position, one.at, one.stream, one.version, one.topic, f"{one.role} {one.actor[:8]}", one.summary)
        for one in answer.events
    ]
    yield from table(("position", "at", "stream", "version", "topic", "by", "what"), rows)
    if answer.next is not None:
        yield f"More: the same command with --after {answer.next}"
    elif not rows:
        yield "No event follows."
