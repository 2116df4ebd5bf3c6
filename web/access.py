"""Who may do what on these pages: every address declares an action, and whoever is not allowed it does not get in.

Nothing is allowed that is not declared. An address about one learner, class or decision is looked at in the
light of where that learner belongs; what lies out of reach answers as if it were not there (404), what the
person could reach but may not do answers 403 with the reason.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from flask import Flask, current_app, g, request
from werkzeug.exceptions import Forbidden, NotFound, Unauthorized

from ledger.access.actions import Action
from ledger.access.grants import Granted, Target, covers, granting, lies_in, reaches
from ledger.access.table import may as allows
from ledger.application.granting import grants_of
from ledger.errors import EvidenceErased, LedgerError, UnknownName
from ledger.inquiry.audience import Audience
from ledger.projections.attending import learners_meant
from ledger.projections.within import Within
from ledger.storage.envelope import Author
from ledger.vault import Vault
from web import bearer, disclosed, guard, sessions, signing_in
from web.api.problems import is_here
from web.ledgers import Opened, here, jurisdiction_of, ledgers
from web.names import Names
from web.targets import ANYWHERE, anywhere, decision, jurisdiction, learner, section, target

View = TypeVar("View", bound=Callable[..., Any])

needs_fresh, sign_in_again, stepped_up = signing_in.needs_fresh, signing_in.again, sessions.stepped_up

__all__ = [
    "ANYWHERE",
    "anywhere",
    "decision",
    "jurisdiction",
    "learner",
    "needs_fresh",
    "section",
    "sign_in_again",
    "stepped_up",
    "target",
]

UNDECLARED = "This page declares no action, so nobody may open it."
SIGNED_IN = "Only somebody who is signed in may open this page."
NOBODY = "Sign in first."


@dataclass(frozen=True, slots=True)
class Need:
    """What an address asks for: an action, and how its target is found."""

    action: Action
    target: Callable[[], Target]


@dataclass(frozen=True)
class Visitor:
    """Who is signed in: `name` is the id by which the person is known here, `person` the vault id.

    `by_token` says that it is a program, which shows a token of this person; `actions` is then what the token
    allows at most, else null.
    """

    name: str
    person: str
    by_token: bool = False
    actions: frozenset[Action] | None = None

    def uses(self, action: Action) -> bool:
        """Say whether what was shown to sign in lets the person do something at all."""
        return self.actions is None or action in self.actions

    @cached_property
    def grants(self) -> tuple[Granted, ...]:
        """Return the grants this person holds in the ledger at hand and in those above it."""
        return tuple(one for opened in chain() for one in grants_of(opened.ledger, self.person))


def needs(action: Action, target: Callable[[], Target] = jurisdiction) -> Callable[[View], View]:
    """Declare what an address asks for."""

    def declare(view: View) -> View:
        view.need = Need(action, target)  # type: ignore[attr-defined]
        return view

    return declare


def signed_in(view: View) -> View:
    """Declare that an address is open to whoever is signed in, about themselves and nobody else."""
    view.need = SIGNED_IN  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Declare that an address is open to everybody, such as the page to sign in on."""
    view.need = None  # type: ignore[attr-defined]
    return view


def register(app: Flask) -> None:
    """Let nobody into an application who is not allowed, and let its templates ask what is."""
    app.before_request(admit)
    app.add_template_global(may, "may")
    app.add_template_global(_visitor_shown, "visitor")
    app.add_template_global(stepped_up, "stepped_up")
    app.add_template_global(opens, "opens")
    app.jinja_env.globals["ANYWHERE"] = ANYWHERE
    app.add_template_global(Action, "Action")


def admit() -> None:
    """Refuse whoever may not do what the address at hand asks for."""
    if request.routing_exception is not None or request.endpoint == "static":
        return
    need = getattr(current_app.view_functions[str(request.endpoint)], "need", UNDECLARED)
    if isinstance(need, Need) or need == SIGNED_IN:
        person()
    if "scope" in g:
        g.opened = _opened(g.scope)
    if isinstance(need, Need):
        g.need = need
        g.allowed = require(need.action, _found(need))
    elif need not in (None, SIGNED_IN):
        raise Forbidden(UNDECLARED)


def _opened(scope: str) -> Opened:
    """Return the ledger an address names; which others there are is nobody's business."""
    try:
        return ledgers().open(jurisdiction_of(scope))
    except UnknownName:
        raise NotFound from None


def _found(need: Need) -> Target:
    """Return the target of an address; whoever does not reach everything learns nothing of what is not there."""
    try:
        g.target = need.target()
    except UnknownName:
        if reach(need.action) is not None:
            raise NotFound from None
        raise
    found: Target = g.target
    return found


def visitor() -> Visitor | None:
    """Return who is signed in, nothing where nobody is."""
    if "visitor" not in g:
        g.visitor = None  # where it cannot be found out, the page that says so is one for nobody
        g.visitor = _by_token() if is_here() else _by_session()
    known: Visitor | None = g.visitor
    return known


def _visitor_shown() -> Visitor | None:
    """Return who is signed in for a page, which may tell just that this cannot be found out."""
    try:
        return visitor()
    except LedgerError:
        return None


def _by_session() -> Visitor | None:
    found = sessions.current()
    name = _name(found.person) if found else None
    return Visitor(name, found.person) if found and name else None


def _by_token() -> Visitor | None:
    found = bearer.shown(_vault())
    name = _name(found.person) if found else None
    return Visitor(name, found.person, by_token=True, actions=found.actions) if found and name else None


def _name(person: str) -> str | None:
    """Return the id by which a person is known here, nothing for somebody who was erased."""
    try:
        return _vault().identity(person).external_id
    except (EvidenceErased, UnknownName):
        return None


def person() -> Visitor:
    """Return who is signed in; raise `Unauthorized` where nobody is."""
    known = visitor()
    if known is None:
        raise Unauthorized(NOBODY)
    return known


def granted(action: Action, about: Target | None = None) -> Granted | None:
    """Return the grant by which whoever is signed in may do something, nothing where none allows it."""
    known = visitor()
    if known is None or not known.uses(action):
        return None
    if about == ANYWHERE:
        return next((one for one in _holding(action) if _touches(one)), None)
    held = [one for one in known.grants if one.place.kind != "learner" or _touches(one)]
    return granting(held, action, about or jurisdiction(), _today(), by_token=known.by_token)


def _holding(action: Action) -> list[Granted]:
    """Return the grants of whoever is signed in that allow something today, wherever."""
    known = visitor()
    held = known.grants if known and known.uses(action) else ()
    return [
        one
        for one in held
        if allows(one.role, action, by_token=known is not None and known.by_token) and one.holds_on(_today())
    ]


def held() -> list[Granted]:
    """Return the grants of whoever is signed in that hold today and reach anything in the ledger at hand."""
    known = visitor()
    return [one for one in (known.grants if known else ()) if one.holds_on(_today()) and _touches(one)]


def _touches(one: Granted) -> bool:
    """Say whether a grant reaches anything in the ledger at hand."""
    if "opened" not in g or covers(one.place, here().ledger.jurisdiction):
        return True
    if one.place.kind == "learner":
        return here().ledger.log.recorder.last_version(f"learner/{one.place.learner}") > 0
    return lies_in(one.place, here().ledger.jurisdiction) or bool(learners_meant(here().models, _within([one])))


def within(action: Action) -> Within | None:
    """Return whom whoever is signed in reaches for something, as lists are narrowed to it; null means everybody."""
    held = _holding(action)
    if any(covers(one.place, here().ledger.jurisdiction) for one in held):
        return None
    return _within(held)


def _within(held: Sequence[Granted]) -> Within:
    places = [one.place for one in held]
    return Within(
        _today().isoformat(),
        frozenset(one.organisation or "" for one in places if one.kind == "jurisdiction"),
        frozenset((one.organisation or "", one.section or "") for one in places if one.kind == "class"),
        frozenset(one.learner or "" for one in places if one.kind == "learner"),
    )


def reach(action: Action) -> frozenset[str] | None:
    """Return the learners for whom whoever is signed in may do something; null means everybody in the ledger."""
    known: dict[Action, frozenset[str] | None] = g.setdefault("reach", {})
    if action not in known:
        meant = within(action)
        known[action] = None if meant is None else learners_meant(here().models, meant)
    return known[action]


def opens(identity: str) -> bool:
    """Say whether whoever is signed in may open the record of a learner."""
    reached = reach(Action.READ_RECORD)
    return reached is None or identity in reached


def within_reach(name: str) -> bool:
    """Say whether whoever is signed in holds a role that reaches anything in a ledger of this home."""
    known: dict[str, bool] = g.setdefault("within_reach", {})
    if name not in known:
        known[name] = _is_within_reach(name)
    return known[name]


def _is_within_reach(name: str) -> bool:
    if visitor() is None:
        return False
    try:
        with at(name):
            return any(one.holds_on(_today()) and _touches(one) for one in person().grants)
    except LedgerError:
        return False


@contextmanager
def at(name: str) -> Iterator[Opened]:
    """Ask what whoever is signed in may do in another ledger of this home than the one at hand."""
    known, kept = person(), {one: g.pop(one) for one in ("opened", "visitor", "reach", "names") if one in g}
    g.opened = ledgers().open(name)
    g.visitor = replace(known)
    try:
        yield g.opened
    finally:
        for one in ("opened", "visitor", "reach", "names"):
            g.pop(one, None)
        for one, held in kept.items():
            setattr(g, one, held)


def entitlements(about: Target | None = None) -> bool:
    """Say whether what hangs on a legal entitlement may be shown."""
    return may(Action.READ_ENTITLEMENTS, about)


def audience(about: Target | None = None) -> Audience:
    """Return to whom a learner's record is shown."""
    told = about is not None and about.learner in disclosed.learners()
    return Audience(names=told or may(Action.SEE_NAMES, about), entitlements=entitlements(about))


def named() -> Names:
    """Return what names learners for whoever is signed in.

    It still answers while a list is being sent, after the request itself is over.
    """
    if "names" not in g:
        seen = reach(Action.SEE_NAMES)
        g.names = Names(here().ledger.vault, None if seen is None else seen | disclosed.learners())
    found: Names = g.names
    return found


def names(learners: Iterable[str]) -> dict[str, str]:
    """Name learners for whoever is signed in."""
    return named()(learners)


def may(action: Action, about: Target | None = None) -> bool:
    """Say whether whoever is signed in may do something, to the ledger at hand where no target is named."""
    return granted(action, about) is not None


def require(action: Action, about: Target | None = None) -> Granted:
    """Return the grant that allows something; refuse where there is none, hiding what lies out of reach."""
    known = person()
    found = granted(action, about)
    if found is not None:
        return found
    held = [one for one in known.grants if one.holds_on(_today())]
    if about is not None and (about.learner is not None or about.sections):
        within_sight = any(reaches(one.place, about) for one in held)
    else:
        within_sight = any(_touches(one) for one in held)
    if not within_sight:
        raise NotFound
    raise Forbidden(f"You may not {action.value} here: none of your roles allows it.")


def author(action: Action, command: str, about: Target | None = None) -> Author:
    """Return who carries a command out, in the role that allows it; the command id makes a repeat harmless."""
    found = require(action, about)
    return Author(person().person, found.role.replace(" ", "-"), guard.command_of(command))


def _today() -> date:
    return (here() if "opened" in g else chain()[0]).ledger.today()


def _vault() -> Vault:
    """Return the vault of this home; every ledger of it shares the one."""
    return (here() if "opened" in g else ledgers().open(ledgers().jurisdictions()[0])).ledger.vault


def chain() -> list[Opened]:
    """Return the ledger at hand and those above it that lie in this home; all of them where none is at hand."""
    known = ledgers().jurisdictions()
    names = here().ledger.governance().chain() if "opened" in g else known
    return [ledgers().open(name) for name in names if name in known]
