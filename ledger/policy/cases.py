"""Cases: small learners with the answer a policy must give them, and why. One runner for every caller.

    [[case]]
    name = "79 is enough only after instruction"
    policy = "us-tx/credit-by-examination"   # left out where the file is about one policy
    on = 2026-05-30
    given = { sittings_taken = 0 }           # what is left out is as the fact's when_none says
    parameters = { instruction_route = true }
    expect = { outcome = "not_yet", because = ["sitting"], next = ["sit an approved examination"] }
    anchor = "law.md#score"

`because` names the decisive clauses (for undetermined, the facts needed): a right answer for a wrong
reason fails. The anchor is a heading of the law beside the policy.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from ledger.errors import Problem
from ledger.policy.evaluate import decide
from ledger.policy.finding import Finding
from ledger.policy.judge import Judge, refusing
from ledger.policy.model import Outcome, Policy
from ledger.policy.parameter_values import parameter_value
from ledger.policy.sheet import Sheet, Value, value_words
from ledger.policy.sheets import sheet_from_data

_KEYS = ("name", "policy", "on", "known_on", "given", "parameters", "expect", "anchor")
_EXPECTED = ("outcome", "because", "next", "level", "grants")


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a case says must come out; None where it says nothing."""

    outcome: Outcome
    because: frozenset[str]
    next: tuple[str, ...] | None = None
    level: str | None = None
    grants: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One learner on one day, and what must come out."""

    name: str
    policy: Policy
    on: date
    known_on: date | None
    given: Sheet
    parameters: Mapping[str, Value]
    expect: Expectation
    anchor: str


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What came out of a case, and every sentence about what should have been otherwise."""

    case: Case
    finding: Finding
    failures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The sound cases of a file, and every problem of the others."""

    cases: tuple[Case, ...]
    problems: tuple[Problem, ...]


def cases_from_toml(text: str, file: str, policies: Sequence[Policy], law: str) -> CaseFile:
    """Read a case file about some policies, of each the edition in force on the case's day.

    `law` is the text whose headings anchors name; `file` is the name problems give.
    """
    try:
        raw = tomllib.loads(text, parse_float=str)
    except tomllib.TOMLDecodeError as error:
        return CaseFile((), (Problem(file, "", "", f"is not TOML: {error}"),))
    found = raw.get("case", [])
    if set(raw) - {"case"} or not isinstance(found, list) or not found:
        return CaseFile((), (Problem(file, "", "", "holds [[case]] entries and nothing else, and at least one"),))
    reader = _Reader(file, policies, anchors(law))
    cases = [reader.case(number, part) for number, part in enumerate(found, 1)]
    return CaseFile(tuple(case for case in cases if case), tuple(reader.problems))


def run(case: Case, judge: Judge = refusing) -> CaseResult:
    """Decide a case and compare; `judge` answers what is judged by code."""
    finding = decide(case.policy, case.given, case.on, overrides=case.parameters, known_on=case.known_on, judge=judge)
    return CaseResult(case, finding, tuple(_failures(case.expect, finding)))


def _failures(expect: Expectation, finding: Finding) -> list[str]:
    found = []
    if finding.outcome is not expect.outcome:
        reason = ", ".join(finding.decisive) or "nothing"
        found.append(f"expected {expect.outcome}, got {finding.outcome}, which rests on {reason}")
    elif set(finding.decisive) != expect.because:
        found.append(f"{finding.outcome} as expected, for another reason: {_difference(expect.because, finding)}")
    if expect.next is not None and finding.next != expect.next:
        found.append(f"expected next {list(expect.next)}, got {list(finding.next)}")
    if expect.level is not None and value_words(finding.level) != expect.level:
        found.append(f"expected level {expect.level}, got {value_words(finding.level)}")
    given = {key: value_words(value) for key, value in finding.grants}
    if len(given) < len(finding.grants):
        found.append(f"gives two values for one key: {', '.join(key for key, _ in finding.grants)}")
    if expect.grants is not None and given != expect.grants:
        found.append(f"expected grants {dict(expect.grants)}, got {given}")
    return found


def _difference(because: frozenset[str], finding: Finding) -> str:
    lacking = sorted(because.difference(finding.decisive))
    unforeseen = sorted(set(finding.decisive) - because)
    parts = [f"it does not rest on {', '.join(lacking)}"] if lacking else []
    parts += [f"it rests on {', '.join(unforeseen)} too"] if unforeseen else []
    return " and ".join(parts)


def anchors(law: str) -> frozenset[str]:
    """Return the anchors of a text: its headings in lower case, with hyphens for spaces."""
    headings = re.findall(r"^#+ +(.+?)\s*$", law, re.MULTILINE)
    return frozenset(re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings)


class _Reader:
    """Reads the cases of one file and collects what is wrong with them."""

    def __init__(self, file: str, policies: Sequence[Policy], known_anchors: frozenset[str]) -> None:
        self.file = file
        self.policies = policies
        self.anchors = known_anchors
        self.problems: list[Problem] = []

    def case(self, number: int, raw: Mapping[str, Any]) -> Case | None:
        """Return a case, or None after saying what is wrong with it."""
        before = len(self.problems)
        where = f"case {raw.get('name', number)!r}"
        self._refuse_unknown(where, raw, _KEYS)
        on, known_on = self._day(where, raw, "on", needed=True), self._day(where, raw, "known_on")
        policy = self._policy(where, raw, on)
        expect = self._expectation(where, raw.get("expect"))
        self._check_anchor(where, raw.get("anchor"))
        if not isinstance(raw.get("name"), str):
            self._refuse(where, "has no name")
        if policy is None or on is None or expect is None:
            return None
        given, wrong = sheet_from_data(policy, raw.get("given", {}))
        for sentence in wrong:
            self._refuse(where, f"given: {sentence}")
        parameters = self._parameters(where, policy, raw.get("parameters", {}))
        if len(self.problems) > before:
            return None
        return Case(raw["name"], policy, on, known_on, given, parameters, expect, raw["anchor"])

    def _refuse(self, where: str, what: str) -> None:
        self.problems.append(Problem(self.file, "", where, what))

    def _refuse_unknown(self, where: str, raw: Mapping[str, Any], allowed: Sequence[str]) -> None:
        for key in raw:
            if key not in allowed:
                near = get_close_matches(key, allowed, 1)
                hint = f"did you mean {near[0]!r}?" if near else f"allowed are {', '.join(allowed)}"
                self._refuse(where, f"{key!r} is not a key here ({hint})")

    def _policy(self, where: str, raw: Mapping[str, Any], on: date | None) -> Policy | None:
        names = list(dict.fromkeys(policy.id for policy in self.policies))
        name = raw.get("policy", names[0] if len(names) == 1 else None)
        editions = [policy for policy in self.policies if policy.id == name]
        if not editions:
            self._refuse(where, f"policy {name!r} is not one of {', '.join(names)}")
            return None
        begun = [policy for policy in editions if on and policy.effective <= on]
        return max(begun or editions[:1], key=lambda policy: policy.effective)

    def _day(self, where: str, raw: Mapping[str, Any], key: str, *, needed: bool = False) -> date | None:
        value = raw.get(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if value is not None or needed:
            self._refuse(where, f"{key} is not a day such as 2026-05-30, without quotation marks")
        return None

    def _expectation(self, where: str, raw: object) -> Expectation | None:
        if not isinstance(raw, Mapping) or "outcome" not in raw or "because" not in raw:
            self._refuse(where, "expect needs an outcome, and in `because` the clauses it rests on")
            return None
        self._refuse_unknown(where, raw, _EXPECTED)
        if raw["outcome"] not in {outcome.value for outcome in Outcome}:
            allowed = ", ".join(outcome.value for outcome in Outcome)
            self._refuse(where, f"outcome {raw['outcome']!r} is not one of {allowed}")
            return None
        words = tuple(raw["next"]) if "next" in raw else None
        return Expectation(
            Outcome(raw["outcome"]), frozenset(raw["because"]), words, raw.get("level"), raw.get("grants")
        )

    def _check_anchor(self, where: str, anchor: object) -> None:
        if not isinstance(anchor, str) or not anchor.startswith("law.md#"):
            self._refuse(where, "anchor is not a heading of the law such as law.md#score")
        elif anchor.removeprefix("law.md#") not in self.anchors:
            near = get_close_matches(anchor.removeprefix("law.md#"), self.anchors, 1)
            hint = f"did you mean law.md#{near[0]}?" if near else f"there are {', '.join(sorted(self.anchors))}"
            self._refuse(where, f"{anchor} is not a heading of the law ({hint})")

    def _parameters(self, where: str, policy: Policy, raw: Mapping[str, Any]) -> dict[str, Value]:
        definitions = {definition.name: definition for definition in policy.parameters}
        found: dict[str, Value] = {}
        for name, part in raw.items():
            if name not in definitions:
                near = get_close_matches(name, definitions, 1)
                hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(definitions)}"
                self._refuse(where, f"{name!r} is no parameter of {policy.id} ({hint})")
                continue
            try:
                found[name] = parameter_value(definitions[name], part)
            except ValueError as error:
                self._refuse(where, f"parameter {name!r}: {error}")
        return found
