"""`mastery upstream`."""

from collections.abc import Iterator
from dataclasses import dataclass

import click

from ledger.application import open_ledger
from ledger.application.fitting import misfits
from ledger.application.governing import pull_upstream
from ledger.cli.bounding import OutsideRule, OutsideRules, outside_lines, outside_rule
from ledger.cli.printing import counted, prints, show
from ledger.cli.session import Session, pass_session
from ledger.errors import UsageError


@dataclass(frozen=True, slots=True)
class Pulled:
    """How many events came from the ledger above, and the rules that are outside a bound known now."""

    ledger: str
    upstream: str
    received: int
    outside: tuple[OutsideRule, ...] = ()


@click.group()
def upstream() -> None:
    """Receive what binds this ledger from the one above."""


@upstream.command()
@prints(Pulled)
@pass_session
def pull(session: Session, as_json: bool) -> None:
    """Receive the frameworks, policies and adoptions of the ledger above that are not here yet.

    Example: mastery --ledger us-tx/pine-valley upstream pull
    """
    with session.open() as ledger:
        origin = ledger.opened.upstream
        if origin is None:
            raise UsageError(
                f"{ledger.jurisdiction} receives from nobody; `mastery init --upstream` names the ledger above"
            )
        with open_ledger(session.folder, origin) as above:
            received = pull_upstream(ledger, session.author(ledger), above)
        outside = tuple(outside_rule(ledger, one) for one in misfits(ledger)) if received else ()
        answer = Pulled(ledger.jurisdiction, origin, received, outside)
    show(answer, as_json, _lines)


def _lines(answer: Pulled) -> Iterator[str]:
    yield f"{answer.ledger} received {counted(answer.received, 'event')} from {answer.upstream}."
    if answer.outside:
        yield from outside_lines(OutsideRules((answer.ledger,), answer.outside))
