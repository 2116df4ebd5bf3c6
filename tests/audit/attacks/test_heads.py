"""T15 by a statement of the ledger itself: one that leaves a stream out, or ends it early, though it is sealed."""

from collections.abc import Callable

import msgspec
import pytest

from ledger.application import Ledger
from ledger.application.disclosing import commit_heads
from ledger.audit.bundling.heads import Heads, heads_of
from ledger.audit.verifying.findings import Kind
from ledger.domain.disclosure import HeadsCommitted
from tests.audit.verifying.support import changes, tamper
from tests.support.ledgers import author


def last(ledger: Ledger) -> int:
    """Return the last position."""
    return ledger.log.recorder.max_notification_id()


def without_the_last_stream(heads: Heads) -> HeadsCommitted:
    """State the streams but one learner's."""
    return Heads(heads.size, heads.heads[:-1]).payload()


def ended_early(heads: Heads) -> HeadsCommitted:
    """State one version less of a learner's stream."""
    head = heads.heads[-1]
    return Heads(heads.size, [*heads.heads[:-1], head._replace(version=head.version - 1)]).payload()


def of_events_to_come(heads: Heads) -> HeadsCommitted:
    """State the ends of streams of more events than there are."""
    return msgspec.structs.replace(heads.payload(), size=heads.size + 1)


def test_statements_that_are_so_are_no_finding(ledger: Ledger) -> None:
    """Each is held against the log at its own size."""
    commit_heads(ledger, author(ledger))
    ledger.write(author(ledger), "ledger", [heads_of(ledger.log, 3).payload()])
    commit_heads(ledger, author(ledger))

    assert () == changes(ledger)


@pytest.mark.parametrize(
    ("false", "said"),
    [
        (without_the_last_stream, "the log had"),
        (ended_early, "it states other last events of streams than the log had at"),
        (of_events_to_come, "and stands before the last of them"),
    ],
)
def test_t15_a_false_statement_is_named(ledger: Ledger, false: Callable[[Heads], HeadsCommitted], said: str) -> None:
    """The ledger sealed it, and it is not so."""
    ledger.write(author(ledger), "ledger", [false(heads_of(ledger.log, last(ledger)))])
    (told,) = changes(ledger)

    assert (Kind.HEADS, last(ledger)) == (told.kind, told.position)
    assert said in told.what


def test_a_statement_that_cannot_be_read_is_told_by_its_row(ledger: Ledger) -> None:
    """Nothing else is said of it."""
    commit_heads(ledger, author(ledger))
    tamper(ledger, "UPDATE stored_events SET state = '{}' WHERE position = ?", last(ledger))

    assert {Kind.EVENT_ALTERED} == {one.kind for one in changes(ledger) if one.position == last(ledger)} - {
        Kind.EVENT_UNREADABLE
    }
