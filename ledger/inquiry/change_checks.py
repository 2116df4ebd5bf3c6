"""What has to be right before a change may govern: the checks of a change, as on a request to merge."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ledger.application.change_state import adopted_by, in_the_way
from ledger.application.ledger import Ledger
from ledger.domain.change_fold import Change
from ledger.inquiry.changes import ChangeView, person_words
from ledger.inquiry.freshness import Freshness

CheckState = Literal["passed", "waiting", "failed", "noted"]


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what it is about, how it stands, and a sentence."""

    what: str
    state: CheckState
    sentence: str


def checks_of(
    ledger: Ledger, change: Change, view: ChangeView, fresh: Freshness | None, approvers: Sequence[str]
) -> tuple[Check, ...]:
    """Return the checks of a change; `approvers` are the vault ids of those who could approve it."""
    return (
        *_bounds(view),
        _preview(change, view, fresh),
        _person(ledger, change, approvers),
        _room(ledger, change),
        *_sources(ledger, change),
    )


def _bounds(view: ChangeView) -> Iterator[Check]:
    if not view.checks:
        yield Check("Bounds set above", "passed", "No bound set above concerns it.")
    for sentence in view.checks:
        yield Check("Bounds set above", "passed" if "keeps within" in sentence else "noted", sentence)


def _preview(change: Change, view: ChangeView, fresh: Freshness | None) -> Check:
    what = "Preview"
    if view.preview is None:
        return Check(what, "waiting", "It was not previewed yet.")
    if not change.pending:
        return Check(what, "passed", f"It rests on the preview as of position {view.preview.position:,}.")
    if fresh is None or fresh.moved:
        return Check(what, "failed", f"It no longer holds: {view.moved}. Preview it again.")
    if fresh.learners is None:
        return Check(what, "noted", f"{fresh.events:,} events since: approval looks at each of them first.")
    if fresh.learners:
        return Check(what, "failed", f"{_events(fresh.events)} since: {_concerned(fresh.learners)}. Preview it again.")
    since = f"{_events(fresh.events)} since, and no answer differs" if fresh.events else "Nothing was recorded since"
    return Check(what, "passed", f"It holds. {since}.")


def _events(count: int) -> str:
    return f"{count:,} {'event' if count == 1 else 'events'}"


def _concerned(count: int) -> str:
    return "the answers about one learner changed" if count == 1 else f"the answers about {count:,} learners changed"


def _person(ledger: Ledger, change: Change, approvers: Sequence[str]) -> Check:
    what = "Another person"
    if change.approved is not None:
        return Check(what, "passed", f"Approved by {person_words(ledger.vault, change.approved[1].actor)}.")
    named = [person_words(ledger.vault, one) for one in approvers if not change.proposer.acts_for(one)]
    if not named:
        return Check(what, "failed", "Nobody here may approve it: somebody has to be given the role of approver.")
    return Check(what, "waiting", f"It waits for a second person: ask {either(named)}.")


def either(names: Sequence[str]) -> str:
    """Name some people, any of whom will do: Lee, Sam or Kim."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _room(ledger: Ledger, change: Change) -> Check:
    what, governance = "Other changes", ledger.governance()
    meant = adopted_by(governance, change.proposed)
    others = [one.proposed.number for one in in_the_way(governance, meant) if one.id != change.id]
    if change.pending and others:
        named = " and ".join(f"change {number}" for number in others)
        return Check(what, "noted", f"{named.capitalize()} under way concerns the same subjects.")
    return Check(what, "passed", "No other change under way concerns the same subjects on the same days.")


def _sources(ledger: Ledger, change: Change) -> Iterator[Check]:
    policy = ledger.shelf().find(adopted_by(ledger.governance(), change.proposed).digest).policy
    if policy.unverified:
        yield Check("Sources", "noted", "Something in the policy was never seen in its source; the proposer said so.")
    if policy.judged:
        yield Check("Sources", "noted", "Code judges a part of the policy, and nothing is proved of that part.")
    if not policy.unverified and not policy.judged:
        yield Check("Sources", "passed", "Every sentence and every number of the policy cites a source that was seen.")
