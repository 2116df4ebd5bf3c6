"""What a catalogue holds, and how a policy is found in it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from ledger.errors import UnknownName
from ledger.policy.facts import FactDefinition
from ledger.policy.model import Jurisdiction, Policy


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a policy: which plugin gave it, its cases and its law, empty where there are none."""

    plugin: str
    cases_file: str = ""
    cases: str = ""
    law: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every policy, jurisdiction and fact the enabled plugins provide; frozen.

    `policies` are in order of id and first day; `beside` is by edition; `digest` changes with any of it.
    """

    policies: tuple[Policy, ...]
    jurisdictions: Mapping[str, Jurisdiction]
    facts: Mapping[str, FactDefinition]
    beside: Mapping[str, Beside]
    digest: str

    def find(self, policy_id: str, on: date) -> Policy:
        """Return the edition of a policy in force on a day; raise `UnknownName` where there is none."""
        editions = self.editions(policy_id)
        in_force = [each for each in editions if each.effective <= on and (each.until is None or on <= each.until)]
        if not in_force:
            first = editions[0].effective
            raise UnknownName(f"{policy_id} has no edition in force on {on}; its first is in force from {first}.")
        return in_force[-1]

    def edition(self, policy_id: str, effective: date) -> Policy:
        """Return the edition of a policy with this first day; raise `UnknownName` where there is none."""
        editions = self.editions(policy_id)
        for policy in editions:
            if policy.effective == effective:
                return policy
        known = ", ".join(each.edition for each in editions)
        raise UnknownName(f"{policy_id} has no edition of {effective}; there is {known}.")

    def editions(self, policy_id: str) -> tuple[Policy, ...]:
        """Return all editions of a policy, oldest first; raise `UnknownName` where there is none."""
        found = tuple(policy for policy in self.policies if policy.id == policy_id)
        if not found:
            names = sorted({policy.id for policy in self.policies})
            raise UnknownName(f"there is no policy {policy_id!r} ({near(policy_id, names)}).")
        return found


def near(name: str, allowed: Collection[str]) -> str:
    """Say which name was probably meant, or which there are."""
    close = get_close_matches(name, allowed, 1)
    if close:
        return f"did you mean {close[0]!r}?"
    return f"there is {', '.join(sorted(allowed))}" if allowed else "there is none"
