"""What an analysis finds to say of a policy, and how its authors may explain it beside the law."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

PROVED, SAMPLED = "proved", "sampled"


class Kind(StrEnum):
    """What a finding is about."""

    COLLISION = "collision"
    """Two exceptions of one default hold at once."""

    TWO_GRANTS = "two-grants"
    """Two grants of one key are given together."""

    NEVER_MET = "never-met"
    """A clause that nobody can meet."""

    NEVER_FAILS = "never-fails"
    """A clause that nobody can fail."""

    NEVER_REACHED = "never-reached"
    """A route that nobody's facts lead to."""

    NEVER_DECISIVE = "never-decisive"
    """A clause whose flip alone changes nobody's outcome."""

    BETTER_IS_WORSE = "better-is-worse"
    """A fact for which a better value lowers the outcome."""

    ABSENT_TURNED = "absent-turned"
    """A not_ that a learner without the fact meets."""

    GAP = "gap"
    """A learner about whom everything is known and who is undetermined all the same."""

    JUDGED = "judged"
    """A clause that is judged by code: nothing is proved of the rule it stands in."""


@dataclass(frozen=True, slots=True)
class PolicyFinding:
    """One finding of an analysis.

    `about` names the clause or fact; `sentence` says it; `example` is a fact sheet that shows it, in
    the form `policies decide` takes, null where there is none; `method` is `proved` where every learner
    was covered, else `sampled`; `because` is what the law beside the policy says of it, empty where it
    says nothing.
    """

    policy: str
    kind: Kind
    about: str
    sentence: str
    example: Mapping[str, Any] | None
    method: str
    because: str = ""

    @property
    def key(self) -> str:
        """Name the finding as the law beside the policy may: `never-decisive window`."""
        return f"{self.kind} {self.about}"


_HEADING = re.compile(r"^#+ +(.+?)\s*$")
_LINE = re.compile(r"^\s*[-*] +`(?P<key>[^`]+)`\s*[:,]?\s*(?P<because>.*)$")


def explanations(law: str) -> dict[str, str]:
    """Return what a law text says under its heading "Findings", by the key of each finding."""
    found: dict[str, str] = {}
    inside, key = False, ""
    for line in law.splitlines():
        if heading := _HEADING.match(line):
            inside, key = heading[1].lower() == "findings", ""
        elif inside and (entry := _LINE.match(line)):
            key = entry["key"]
            found[key] = entry["because"].strip()
        elif inside and key and line.strip():
            found[key] = f"{found[key]} {line.strip()}".strip()
        elif not line.strip():
            key = ""
    return found


def because_of(finding: PolicyFinding, said: Mapping[str, str]) -> str:
    """Return what a law text says of a finding; a key may begin with the policy's id."""
    policy = finding.policy.partition("@")[0]
    return said.get(f"{policy} {finding.key}", said.get(finding.key, ""))
