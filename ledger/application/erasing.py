"""Erasing a learner: the key in the vault with all that stands under it, and on order the payloads of events.

The events that say so are stored first, payloads and tombstones in one transaction with them; what follows
can be done again at any time, after an interruption or a restore, by giving the same command again.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from msgspec import Struct

from ledger.application.learning import stream_of
from ledger.application.ledger import TRIES, Ledger
from ledger.domain.erasure import STILL_RECORDED, Erased, KeyDestroyed, PayloadsErased
from ledger.domain.learner import Decided
from ledger.domain.settlement import DifferenceSettled
from ledger.domain.shapes import Payload
from ledger.errors import Refused, StreamConflict, UnknownName, UsageError
from ledger.storage import staging
from ledger.storage.append import Append, Erasure
from ledger.storage.envelope import Author, Unstamped
from ledger.storage.erasing import swept

LONGEST_BASIS = 200
"""Characters in what an erasure rests on: a law, a rule or an order, named and not told."""

KEPT_WITH_DECISIONS = (Decided, DifferenceSettled)
"""What stays readable unless decisions are erased as well."""


CatchUp: TypeAlias = Callable[[Ledger], object]


class Order(Struct, frozen=True):
    """What is to be erased, and the law, rule or order it rests on."""

    basis: str
    payloads: bool = False
    decisions: bool = False


class ErasedIn(Struct, frozen=True):
    """What one ledger came to: the versions whose payloads are gone, and the last position that says so."""

    ledger: str
    versions: int
    position: int


class LearnerErased(Struct, frozen=True):
    """What erasing came to; `key` says whether the key was still there, `documents` how many files were deleted."""

    learner: str
    key: bool
    documents: int
    ledgers: tuple[ErasedIn, ...]


class _Found(NamedTuple):
    """What a stream holds: its last version, what is to go, what is gone, and the position that says so."""

    version: int = 0
    position: int = 0
    standing: tuple[int, ...] = ()
    erased: tuple[int, ...] = ()
    key_destroyed: bool = False


def erase(
    ledgers: Sequence[Ledger], authors: Sequence[Author], learner: str, order: Order, catch_up: CatchUp
) -> LearnerErased:
    """Erase a learner in every ledger of a folder that knows them; each author writes into the ledger beside.

    `catch_up` brings the read models of a ledger up to date, which so forget the learner. Giving the order
    again finishes what was interrupted. Raises `UnknownName` where no ledger knows the learner, `UsageError`
    for a basis that is none, `Refused` while an import is under way.
    """
    home, vault = ledgers[0].home, ledgers[0].vault
    _require_basis(ledgers[0], learner, order.basis)
    concerned = [pair for pair in zip(ledgers, authors, strict=True) if _found(pair[0], learner, order).version]
    if not concerned:
        raise UnknownName(f"nothing is on record about a learner {learner}; `mastery learners` lists those there are")
    if order.payloads and (busy := staging.clear(home.staging)):
        raise Refused(
            f"an import is under way ({busy}): what it has read may name the learner; wait for it, or stop it"
        )
    written = tuple(_written(ledger, author, learner, order) for ledger, author in concerned)
    key = vault.destroy(learner)
    documents = ledgers[0].documents.destroy(learner)
    if any(one.versions for one in written):
        _remove_previews(ledgers[0])
        for ledger, _ in concerned:
            catch_up(ledger)
            _sweep(ledger)
    return LearnerErased(learner, key, documents, written)


def _written(ledger: Ledger, author: Author, learner: str, order: Order) -> ErasedIn:
    for left in reversed(range(TRIES)):
        found = _found(ledger, learner, order)
        append = _append(ledger, author, learner, order, found)
        if append is None:
            return ErasedIn(ledger.jurisdiction, len(found.erased), found.position)
        try:
            done = ledger.log.append(append)
        except StreamConflict:
            if not left:
                raise
        else:
            return ErasedIn(ledger.jurisdiction, len(found.erased) + len(found.standing), done.last)
    raise AssertionError  # pragma: no cover - the last try either returns or raises


def _append(ledger: Ledger, author: Author, learner: str, order: Order, found: _Found) -> Append | None:
    """Return what is still to be stored, nothing where all of it stands."""
    stream, payloads = stream_of(learner), list[Payload]()
    if found.standing:
        versions = tuple(sorted(found.standing))
        payloads.append(PayloadsErased(basis=order.basis, versions=versions, decisions=order.decisions))
    if not found.key_destroyed:
        payloads.append(KeyDestroyed(basis=order.basis))
    if not payloads:
        return None
    events = [Unstamped(stream, found.version + place, one, author) for place, one in enumerate(payloads, start=1)]
    erasure = Erasure(stream, found.standing) if found.standing else None
    return ledger.log.prepared(events, erasure=erasure)


def _found(ledger: Ledger, learner: str, order: Order) -> _Found:
    found, standing, erased = _Found(), list[int](), list[int]()
    for event in ledger.log.stream(stream_of(learner)):
        version, payload = event.originator_version, event.data
        found = found._replace(version=version)
        if isinstance(payload, Erased):
            erased.append(version)
        elif _goes(payload, order):
            standing.append(version)
        if isinstance(payload, KeyDestroyed | PayloadsErased):
            destroyed = found.key_destroyed or isinstance(payload, KeyDestroyed)
            found = found._replace(position=event.position, key_destroyed=destroyed)
    return found._replace(standing=tuple(standing), erased=tuple(erased))


def _goes(payload: Payload, order: Order) -> bool:
    if not order.payloads or type(payload) in STILL_RECORDED:
        return False
    return order.decisions or not isinstance(payload, KEPT_WITH_DECISIONS)


def _sweep(ledger: Ledger) -> None:
    """Remove from ledger and read models what SQLite keeps of what it deleted."""
    swept(ledger.log.path)
    swept(ledger.home.read_file(ledger.jurisdiction))


def _remove_previews(ledger: Ledger) -> None:
    """Delete the lists of what changes would do, and what audits found: they tell of learners, and can be had anew."""
    for path in (*ledger.home.previews.glob("*"), *ledger.home.audits.glob("*/*")):
        path.unlink(missing_ok=True)


def _require_basis(ledger: Ledger, learner: str, basis: str) -> None:
    if not basis.strip() or len(basis) > LONGEST_BASIS or not basis.isprintable():
        raise UsageError(f"name the law, rule or order the erasure rests on, in 1 to {LONGEST_BASIS} characters")
    if ledger.vault.knows(learner) and any(one.casefold() in basis.casefold() for one in _names(ledger, learner)):
        raise UsageError("what an erasure rests on stays on record: name the law, rule or order, not the learner")


def _names(ledger: Ledger, learner: str) -> Iterator[str]:
    identity = ledger.vault.identity(learner)
    profile = identity.profile
    named = (identity.external_id, profile.given_name, profile.family_name, *(one.value for one in profile.contacts))
    return (one for one in named if one and len(one) > 1)
