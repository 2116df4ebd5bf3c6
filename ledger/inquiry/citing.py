"""Which rules cite a law, and which decisions a person ruled on: what auditors search decisions by."""

from collections.abc import Iterator

from ledger.application import Ledger
from ledger.domain.learner import Decided
from ledger.domain.settlement import DifferenceSettled
from ledger.domain.topics import TOPIC_OF
from ledger.errors import LedgerError
from ledger.policy.citation import Citation
from ledger.policy.model import Policy
from ledger.policy.terms import walk


def adoptions_citing(ledger: Ledger, text: str) -> frozenset[int]:
    """Return the positions of the adoptions whose policy cites what holds a text, in whatever case."""
    sought = " ".join(text.casefold().split())
    return frozenset(
        placed.position
        for placed in ledger.governance().adoptions
        if any(sought in " ".join(one.casefold().split()) for one in _cited(ledger, placed.payload.digest))
    )


def _cited(ledger: Ledger, digest: str) -> Iterator[str]:
    try:
        policy = ledger.shelf().find(digest).policy
    except LedgerError:
        return
    yield from map(str, citations(policy))


def citations(policy: Policy) -> tuple[Citation, ...]:
    """Return every source a policy cites, of the whole, of its clauses and of its values, each once."""
    nodes = (getattr(node, "cites", None) for rule in policy.rules for node in walk(rule))
    dated = (value.cites for definition in policy.parameters for value in definition.values)
    return tuple(dict.fromkeys(one for one in (policy.cites, *nodes, *dated) if one is not None))


def ruled_on(ledger: Ledger) -> frozenset[int]:
    """Return the positions of the decisions a person let stand, or had made anew."""
    log = ledger.log
    rulings = [*log.scan(topics=[TOPIC_OF[DifferenceSettled]])]
    found = set[int]()
    for event in rulings:
        said: DifferenceSettled = event.data
        wanted = said.standing if said.ruling == "stands" else event.originator_version + 1
        found |= {one.position for one in log.versions(event.originator_id, [wanted]) if isinstance(one.data, Decided)}
    return frozenset(found)
