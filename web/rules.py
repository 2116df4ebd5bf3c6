"""The rules of a ledger: what is in force and by whose authority, what was adopted, what could be."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ledger.bounds import in_force as adoptions_in_force
from ledger.bounds import within
from ledger.catalogue import Catalogue
from ledger.domain.governance import Placed, covers
from ledger.domain.jurisdiction import Binding, PolicyAdopted
from ledger.errors import UnknownName
from ledger.inquiry.changes import binding_words
from ledger.inquiry.enrolments import schools
from ledger.inquiry.worked_examples import WorkedExample, worked_examples
from ledger.policy.canonical import policy_digest, policy_text, value_from_text
from ledger.policy.model import Policy
from ledger.policy.plain import PolicyWords, policy_in_words
from ledger.policy.sheet import value_words
from ledger.values import parse_json
from web.ledgers import Opened


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A policy in a line; `governs` says whom, the last fields are empty where nobody adopted it.

    `state` is "in force", "adopted" (for other days, or replaced), or "available". `judged` says that code
    judges a clause of it, of which nothing is proved.
    """

    edition: str
    title: str
    question: str
    award: str
    governs: str
    jurisdiction: str
    first_day: str
    last_day: str
    authority: str
    unverified: bool
    state: str
    digest: str
    policy: str
    position: int | None = None
    judged: bool = False


@dataclass(frozen=True, slots=True)
class AdoptionWords:
    """An adoption in words; `overrides` are the values this jurisdiction set itself.

    `whom` says in sentences who is bound, `learners` how many of those on record are, null where that
    is decided for each decision.
    """

    position: int
    jurisdiction: str
    governs: str
    first_day: str
    last_day: str
    body: str
    minute: str
    link: str
    reason: str
    upstream: str
    in_force: bool
    overrides: tuple[tuple[str, str], ...]
    whom: tuple[str, ...] = ()
    learners: int | None = None


@dataclass(frozen=True, slots=True)
class EditionWords:
    """One edition of a policy: from when to when it may govern, and how often it was adopted here."""

    edition: str
    first_day: str
    last_day: str
    adopted: int
    digest: str | None


@dataclass(frozen=True, slots=True)
class RulePage:
    """A policy in plain words, its adoptions here, and its whole text as it is archived.

    `examples` are the cases beside it, `editions` all there are of it, `own` the rule's own value of each
    number that is set otherwise here; `written_here` says that it came with no plugin.
    """

    words: PolicyWords
    digest: str
    archived_at: int | None
    adoptions: tuple[AdoptionWords, ...]
    archived: Any
    examples: tuple[WorkedExample, ...] = ()
    editions: tuple[EditionWords, ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)
    written_here: bool = False


def in_force(opened: Opened) -> tuple[RuleRow, ...]:
    """Return the rules in force today, in the order of the questions."""
    rows = [row for row in adopted(opened) if row.state == "in force"]
    return tuple(rows)


def adopted(opened: Opened) -> tuple[RuleRow, ...]:
    """Return every adoption this ledger knows, those in force first, in the order of the questions."""
    today = opened.ledger.today()
    holding = holding_on(opened, today)
    rows = [_adopted_row(opened, placed, holding) for placed in opened.ledger.governance().adoptions]
    return tuple(row for _, row in sorted(rows, key=lambda pair: (pair[1].state != "in force", *pair[0])))


def holding_on(opened: Opened, on: date) -> set[int]:
    """Return the positions of the adoptions that may govern somebody on a day."""
    governance = opened.ledger.governance()
    return {placed.position for placed in adoptions_in_force(governance, on, governance.position)}


def choices(opened: Opened) -> tuple[tuple[str, str], ...]:
    """Return the policies ever adopted here, each with its title, once."""
    return tuple({row.policy: row.title for row in adopted(opened)}.items())


def _adopted_row(opened: Opened, placed: Placed, holding: set[int]) -> tuple[tuple[int, int], RuleRow]:
    adoption: PolicyAdopted = placed.payload
    policy = opened.ledger.shelf().find(adoption.digest).policy
    row = RuleRow(
        edition=adoption.edition,
        title=policy.title,
        question=adoption.question,
        award=adoption.award,
        governs=_governs(opened, adoption),
        jurisdiction=adoption.jurisdiction,
        first_day=adoption.first_day,
        last_day=adoption.last_day or "",
        authority=adoption.authority.body,
        unverified=policy.unverified,
        state="in force" if placed.position in holding else "adopted",
        digest=adoption.digest,
        policy=adoption.policy,
        position=placed.position,
        judged=bool(policy.judged),
    )
    return (policy.question.stratum, placed.position), row


def _governs(opened: Opened, adoption: PolicyAdopted) -> str:
    kind, ids = adoption.selector.kind, adoption.selector.ids
    if ids is None:
        return f"every {kind}"
    naming = opened.naming()
    named = [naming.by_key(f"{kind}/{identity}") for identity in ids]
    return ", ".join(one.code or one.label for one in named)


def available(opened: Opened, catalogue: Catalogue) -> tuple[RuleRow, ...]:
    """Return the installed policies that may be adopted here and were not archived: of this place, or of none."""
    governance = opened.ledger.governance()
    archived, places = governance.archived, ("", *governance.chain())
    digests = ((policy, policy_digest(policy)) for policy in catalogue.policies if policy.jurisdiction in places)
    return tuple(_available_row(policy, found) for policy, found in digests if found not in archived)


def _available_row(policy: Policy, digest: str) -> RuleRow:
    return RuleRow(
        edition=policy.edition,
        title=policy.title,
        question=policy.question.value,
        award=policy.award,
        governs=f"any {policy.subject}",
        jurisdiction=policy.jurisdiction,
        first_day=policy.effective.isoformat(),
        last_day=policy.until.isoformat() if policy.until else "",
        authority="",
        unverified=policy.unverified,
        state="available",
        digest=digest,
        policy=policy.id,
        judged=bool(policy.judged),
    )


def archived_page(opened: Opened, catalogue: Catalogue, digest: str, on: date) -> RulePage:
    """Return an archived policy in plain words, with the values that hold here on a day.

    What its law's page says of conflicts and gaps is shown where the very same policy is installed.
    Raises `UnknownName` for a digest this ledger does not hold.
    """
    governance = opened.ledger.governance()
    placed = governance.archived.get(digest)
    if placed is None:
        raise UnknownName(f"no policy with the digest {digest[:16]} is archived in this ledger")
    policy = opened.ledger.shelf().find(digest).policy
    holding = holding_on(opened, opened.ledger.today())
    adoptions = [one for one in governance.adoptions if one.payload.digest == digest]
    words = policy_in_words(policy, on, dict(_overrides(adoptions, on)), _law(catalogue, policy))
    said = tuple(_adoption_words(opened, one, one.position in holding) for one in reversed(adoptions))
    return RulePage(
        words,
        digest,
        placed.position,
        said,
        parse_json(placed.payload.canonical),
        worked_examples(catalogue, policy),
        tuple(_editions(opened, catalogue, policy)),
        _own(policy, words, on),
        written_here=policy not in catalogue.policies and within(policy.jurisdiction, opened.ledger.jurisdiction),
    )


def _own(policy: Policy, words: PolicyWords, on: date) -> dict[str, str]:
    """Return the rule's own value of each number that has another here."""
    bare = {one.name: one.value for one in policy_in_words(policy, on).numbers}
    return {one.name: bare[one.name] for one in words.numbers if bare[one.name] != one.value}


def _editions(opened: Opened, catalogue: Catalogue, policy: Policy) -> Iterator[EditionWords]:
    """Yield every edition of a policy that is installed or archived here, the newest first."""
    governance = opened.ledger.governance()
    archived = {one.payload.edition: digest for digest, one in governance.archived.items()}
    known = {one.edition: one for one in catalogue.policies if one.id == policy.id}
    for edition, digest in archived.items():
        if edition.startswith(f"{policy.id}@") and edition not in known:
            known[edition] = opened.ledger.shelf().find(digest).policy
    adopted = Counter(one.payload.edition for one in governance.adoptions)
    for one in sorted(known.values(), key=lambda each: each.effective, reverse=True):
        last_day = one.until.isoformat() if one.until else ""
        yield EditionWords(
            one.edition, one.effective.isoformat(), last_day, adopted[one.edition], archived.get(one.edition)
        )


def _law(catalogue: Catalogue, policy: Policy) -> str:
    return catalogue.beside[policy.edition].law if policy in catalogue.policies else ""


def _overrides(adoptions: list[Placed], on: date) -> Iterator[tuple[str, Any]]:
    for placed in adoptions:
        if covers(placed.payload.first_day, placed.payload.last_day, on):
            yield from ((one.name, value_from_text(one.value)) for one in placed.payload.overrides)


def _adoption_words(opened: Opened, placed: Placed, holds: bool) -> AdoptionWords:
    adoption: PolicyAdopted = placed.payload
    return AdoptionWords(
        position=placed.position,
        jurisdiction=adoption.jurisdiction,
        governs=_governs(opened, adoption),
        first_day=adoption.first_day,
        last_day=adoption.last_day or "",
        body=adoption.authority.body,
        minute=adoption.authority.minute or "",
        link=adoption.authority.link or "",
        reason=adoption.reason,
        upstream=placed.upstream or "",
        in_force=holds,
        overrides=tuple((one.name, value_words(value_from_text(one.value))) for one in adoption.overrides),
        whom=tuple(binding_words(adoption.binding)),
        learners=_bound(opened, adoption) if holds else 0,
    )


def _bound(opened: Opened, adoption: PolicyAdopted) -> int | None:
    """Return how many learners on record an adoption in force binds, null where that hangs on each decision."""
    ledger, binding = opened.ledger, adoption.binding
    if binding is None and adoption.jurisdiction in ledger.governance().chain():
        return len(ledger.log.recorder.streams("learner/"))
    places = (adoption.jurisdiction,) if binding is None else binding.organisations
    if places is None or binding not in (None, Binding(organisations=places)):
        return None
    attended = schools(ledger, ledger.today().isoformat()).values()
    return sum(any(within(one, place) for place in places) for one in attended)


def available_page(opened: Opened, catalogue: Catalogue, edition: str, on: date) -> RulePage:
    """Return an installed policy in plain words, as it is archived here where it is.

    Raises `UnknownName` for an edition there is not.
    """
    found: Mapping[str, Policy] = {policy.edition: policy for policy in catalogue.policies}
    policy = found.get(edition)
    archived = {one.payload.edition: digest for digest, one in opened.ledger.governance().archived.items()}
    if policy is None and edition in archived:
        return archived_page(opened, catalogue, archived[edition], on)
    if policy is None:
        raise UnknownName(f"no policy {edition!r} is installed here")
    if policy_digest(policy) in opened.ledger.governance().archived:
        return archived_page(opened, catalogue, policy_digest(policy), on)
    words = policy_in_words(policy, on, law=_law(catalogue, policy))
    return RulePage(
        words,
        policy_digest(policy),
        None,
        (),
        parse_json(policy_text(policy)),
        worked_examples(catalogue, policy),
        tuple(_editions(opened, catalogue, policy)),
    )
