"""Deciding by a rule: the Texas rule on the sheets of its own cases, afresh and memoised, and the exact check.

A decision holds everything that explains it: each clause, which of them are decisive, what is missing and what
next. Memoised is the same question of an equal sheet, as imports and what-ifs ask it over and over. Beside it
stands the same rule as plain Python that gives yes or no and no reason.
"""

import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from benchmarks import content
from benchmarks.measuring import Check, Measure, Report, Setting, Side, Target, interleaved, ratio_of
from ledger.application import initialise
from ledger.application.adopting import Adoption, adopt
from ledger.deciding import Decider
from ledger.deciding.answer import Ruling
from ledger.domain.learner import FactSeen
from ledger.domain.shapes import Authority
from ledger.facts.claims import claimed
from ledger.facts.record import LearnerRecord
from ledger.facts.sheet import FactSheet
from ledger.policy.analysis.angles import within
from ledger.policy.analysis.checking import check
from ledger.policy.canonical import value_text
from ledger.policy.cases import Case, cases_from_toml
from ledger.policy.evaluate import decide
from ledger.policy.model import Outcome, Policy
from ledger.policy.sheet import ABSENT, UNKNOWN
from ledger.values import random_identifier

TEXAS = "us-tx/credit-by-examination"
DAY = date(2026, 5, 30)
TOLD = (Outcome.MET, Outcome.NOT_YET, Outcome.DENIED)
"""The outcomes of which the plain side can tell whether they are met."""

AFRESH, MEMOISED, SECONDS = 10_000, 200_000, 30
"""Decisions a second (100 and 5 microseconds each), and the seconds all checks may take together."""


def run(setting: Setting) -> Report:
    """Measure decisions afresh and memoised, and once the check of every policy."""
    catalogue = content.catalogue()
    policy = catalogue.find(TEXAS, DAY)
    beside = catalogue.beside[policy.edition]
    cases = [case for case in cases_from_toml(beside.cases, "", [policy], beside.law).cases if _known(case)]
    decider, ruling = _ruling(setting, policy)
    sheets = [_sheet(policy, case) for case in cases]
    rates = interleaved(setting.rounds, _sides(setting, policy, cases, decider, ruling, sheets))
    report = Report(list(_measures(rates)), [_same(policy, cases)])
    if not setting.quick:
        report.measures.append(_checked(catalogue.policies, catalogue.beside))
    report.notes.append(f"policies: {len(cases)} sheets of {TEXAS} in turn")
    return report


def _measures(rates: dict[str, list[float]]) -> Sequence[Measure]:
    unit = "decisions/s"
    return (
        Measure(
            "explained decision, Texas",
            unit,
            rates["afresh"],
            textbook=rates["plain"],
            ratio=ratio_of(rates["afresh"], [AFRESH] * len(rates["afresh"])),
            against=f"{AFRESH:,} a second",
            target=Target(1),
        ),
        Measure(
            "explained decision, memoised",
            unit,
            rates["memoised"],
            ratio=ratio_of(rates["memoised"], [MEMOISED] * len(rates["memoised"])),
            against=f"{MEMOISED:,} a second",
            target=Target(1),
        ),
    )


def _sides(
    setting: Setting,
    policy: Policy,
    cases: Sequence[Case],
    decider: Decider,
    ruling: Ruling,
    sheets: Sequence[FactSheet],
) -> dict[str, Side]:
    times = setting.size(60, 1)

    def repeated(ask: Callable[[int], Any]) -> Side:
        def work() -> int:
            for _ in range(times):
                for place in range(len(cases)):
                    ask(place)
            return times * len(cases)

        return lambda _: work

    return {
        "afresh": repeated(lambda place: decide(policy, cases[place].given, cases[place].on)),
        "memoised": repeated(lambda place: decider.conclusion(ruling, sheets[place])),
        "plain": repeated(lambda place: plainly(cases[place].given, cases[place].on)),
    }


def _ruling(setting: Setting, policy: Policy) -> tuple[Decider, Ruling]:
    ledger = initialise(setting.directory / "policies-home", "us-tx", kind="state", zone="UTC", environment={})
    with ledger:
        adoption = Adoption(policy, "us-tx", date(2020, 1, 1), Authority(body="Board"), "benchmark")
        adopt(ledger, content.operator(ledger), adoption)
        decider = ledger.decider()
        found = decider.governing(LearnerRecord(random_identifier()), "CREDIT", "course/algebra", "standard")
        assert found is not None
        return decider, decider.ruling(found)


def _known(case: Case) -> bool:
    """Say whether the plain side has what it needs: days and examinations, and no local value."""
    sittings: Any = case.given.get("sittings", ())
    known = all(isinstance(one.get("taken_on"), date) and isinstance(one.get("examination"), str) for one in sittings)
    return known and not case.parameters


def _sheet(policy: Policy, case: Case) -> FactSheet:
    values = {definition.name: case.given.get(definition.name, definition.when_none) for definition in policy.sheet}
    seen = (FactSeen(name=name, value=value_text(value), versions=(), count=0) for name, value in values.items())
    return FactSheet(values, tuple(seen))


def plainly(sheet: Any, on: date) -> bool | None:
    """Say by plain Python whether credit is earned, null where a fact that matters is not known."""
    start = sheet.get("course_start", ABSENT)
    answers = [_sitting(one, start) for one in sheet.get("sittings", ())]
    if True in answers:
        return True
    return None if None in answers else False


def _sitting(one: Any, start: Any) -> bool | None:
    taken, name = one.get("taken_on", UNKNOWN), one.get("examination", UNKNOWN)
    since = date(2013, 6, 14)
    if one.get("ordinal", 1) > 2 or (start is not ABSENT and taken is not UNKNOWN and taken >= start):
        return False
    points, percent = one.get("points", ABSENT), one.get("percent", ABSENT)
    outside = name in ("ap", "clep")
    if not outside and one.get("any_time", UNKNOWN) is not True and one.get("earlier_in_window", 0) >= 1:
        return False if one.get("any_time", UNKNOWN) is False else None
    if name == "ap":
        return points is not ABSENT and taken >= since and points >= 3
    if name == "clep":
        return points is not ABSENT and taken >= since and points >= 50
    return percent is not ABSENT and percent >= (80 if taken >= since else 90)


def _same(policy: Policy, cases: Sequence[Case]) -> Check:
    found = [(decide(policy, case.given, case.on).outcome, plainly(case.given, case.on)) for case in cases]
    said = [(outcome is Outcome.MET, plain) for outcome, plain in found if outcome in TOLD]
    return Check("policies: who earns credit", [ours for ours, _ in said], [plain for _, plain in said])


def _checked(policies: Sequence[Policy], beside: Any) -> Measure:
    began = time.perf_counter()
    for policy in policies:
        file = beside[policy.edition]
        others = [each for each in policies if beside[each.edition].cases_file == file.cases_file]
        cases = cases_from_toml(file.cases, file.cases_file, others, file.law).cases
        check(policy, within(policy, DAY), claimed(policy), file.law, cases)
    took = time.perf_counter() - began
    return Measure(
        f"exact check of {len(policies)} policies",
        "seconds",
        [took],
        ratio=took / SECONDS,
        against=f"{SECONDS} s",
        target=Target(1, at_most=True),
    )
