"""What somebody means by a name: a policy, the subjects of an adoption, a scale."""

from collections.abc import Sequence
from datetime import date

from ledger.application.governing import find_competency
from ledger.application.ledger import Ledger
from ledger.catalogue import Catalogue
from ledger.domain.framework import ScaleDefined
from ledger.errors import UnknownName, UsageError
from ledger.policy.model import Policy


def policy_named(catalogue: Catalogue, name: str, on: date) -> Policy:
    """Return the policy meant by POLICY, in force on a day, or by POLICY@DATE."""
    identity, sign, edition = name.partition("@")
    if not sign:
        return catalogue.find(identity, on)
    try:
        return catalogue.edition(identity, date.fromisoformat(edition))
    except ValueError:
        raise UsageError(f"{name!r}: after @ stands the first day of an edition, such as 2026-05-30") from None


def subjects_named(ledger: Ledger, policy: Policy, names: Sequence[str]) -> tuple[str, ...] | None:
    """Return the ids of the subjects named, nothing where none is; raise `UnknownName`."""
    if not names:
        return None
    if policy.subject != "competency":
        return tuple(names)
    return tuple(find_competency(ledger, name)[2] for name in names)


def scale_named(ledger: Ledger, name: str | None) -> str | None:
    """Return the digest of the latest edition of a scale named by id, title or digest."""
    if name is None:
        return None
    held: list[ScaleDefined] = [placed.payload for placed in ledger.governance().scales]
    found = [scale.digest for scale in held if name in (scale.scale, scale.title, scale.digest)]
    if not found:
        titles = ", ".join(dict.fromkeys(scale.title for scale in held)) or "none: `mastery import scale` brings one in"
        raise UnknownName(f"no scale is called {name!r} here; there is {titles}")
    return found[-1]
