"""Three laws that bind what districts may set, as small policies; examples for tests, not rules to adopt.

Colorado: a menu of options with minimums, of which a district adopts some or all and may raise them.
Michigan: a grade that shows mastery, so that neither less nor more may be asked. Idaho: a score that
the district sets and that may not be above a ceiling.
"""

from datetime import date
from fractions import Fraction
from typing import Any

from ledger.policy import (
    Citation,
    Confidence,
    DatedValue,
    FactDefinition,
    FactType,
    Keep,
    ParameterDefinition,
    ParameterType,
    Policy,
    Question,
    Reads,
    all_of,
    any_of,
    clause,
    fact,
    not_,
    param,
    some,
)

GUIDELINES = Citation("Colorado graduation guidelines, C.R.S. 22-2-106", confidence=Confidence.VERBATIM)
MERIT = Citation("MCL 380.1279b", confidence=Confidence.SECONDARY)
PRIOR = Citation("Idaho Code 33-6404", confidence=Confidence.VERBATIM)


def number(name: str, says: str, value: Any, unit: str, keep: Keep, cites: Citation) -> ParameterDefinition:
    """Define a number that always held."""
    return ParameterDefinition(
        name, says, ParameterType.FRACTION, unit, keep, values=(_always(Fraction(value), cites),)
    )


def _always(value: Any, cites: Citation) -> DatedValue:
    return DatedValue(None, None, value, date(2000, 1, 1), cites, cites.confidence)


def of_result(name: str, says: str, method: str, kind: FactType, **more: Any) -> FactDefinition:
    """Define a fact of one result."""
    return FactDefinition(name, says, method, kind, Reads.EVIDENCE, **more)


def best(name: str, says: str, unit: str = "percent") -> FactDefinition:
    """Define a best score."""
    measure = "percent" if unit == "percent" else "value"
    return FactDefinition(name, says, "best.1", FactType.FRACTION, Reads.EVIDENCE, measure, unit)


RESULTS = FactDefinition(
    "results",
    "results of examinations",
    "items.1",
    FactType.LIST,
    Reads.EVIDENCE,
    when_none=(),
    members=(
        of_result("examination", "examination", "item.instrument", FactType.TEXT),
        of_result("score", "score", "item.value", FactType.FRACTION, measure="value", unit="points"),
    ),
)
MENU = (("sat-english", 470), ("act-english", 18), ("asvab", 31), ("sat-mathematics", 500), ("act-mathematics", 19))
"""Part of the menu: enough to choose from in both areas; the armed-services test serves in both."""


def option(code: str) -> Any:
    """Write one option of the menu."""
    name = code.replace("-", "_")
    taken = all_of(fact.examination.is_(code), fact.examination.in_(param.options))
    return clause(
        code, f"{{{name}}} or higher in {code}.", all_of(taken, fact.score >= getattr(param, name)), GUIDELINES
    )


ENGLISH = some(fact.results, any_of(option("sat-english"), option("act-english"), option("asvab")))
MATHEMATICS = some(fact.results, any_of(option("sat-mathematics"), option("act-mathematics"), option("asvab")))

CHOSEN = ParameterDefinition(
    "options",
    "options of the menu that the board adopts",
    ParameterType.NAMES,
    keep=Keep.AT_MOST,
    choices=tuple(code for code, _ in MENU),
    values=(_always(tuple(code for code, _ in MENU), GUIDELINES),),
)
MINIMUMS = tuple(
    number(code.replace("-", "_"), f"minimum in {code}", cut, "points", Keep.AT_LEAST, GUIDELINES) for code, cut in MENU
)


def menu(requires: Any, *more: FactDefinition, jurisdiction: str = "us-co") -> Policy:
    """Write a rule over the menu."""
    return Policy(
        f"{jurisdiction}/menu",
        date(2021, 8, 1),
        Question.GRADUATION,
        "Readiness shown by options of the menu",
        GUIDELINES,
        requires,
        jurisdiction=jurisdiction,
        subject="learner",
        sheet=(RESULTS, *more),
        parameters=(CHOSEN, *MINIMUMS),
    )


COLORADO = menu(all_of(ENGLISH, MATHEMATICS))

SCIENCE = clause("science", "60 % in science.", fact.science >= 60)
AREA_ADDED = menu(all_of(ENGLISH, MATHEMATICS, SCIENCE), best("science", "best score in science"))
"""A district that asks for one more area."""

CAPSTONE = clause("capstone", "A capstone of level 3.", fact.capstone >= 3)
OPTION_ADDED = menu(all_of(any_of(ENGLISH, CAPSTONE), MATHEMATICS), best("capstone", "level of the capstone", "level"))
"""A district with an option of its own, of which the guidelines leave the measure to it."""

ASVAB_LEFT_OUT = menu(all_of(some(fact.results, option("sat-english")), some(fact.results, option("sat-mathematics"))))
"""A district that writes a shorter menu as a rule of its own."""

C_PLUS = 6
"""Steps of the letter scale from F at 0: D- 1, D 2, D+ 3, C- 4, C 5, C+ 6, B- 7."""


def _testing_out(requires: Any, *sheet: FactDefinition, **more: Any) -> Policy:
    enrolled = FactDefinition(
        "enrolled", "enrolled in the course", "status.1", FactType.BOOLEAN, Reads.STATUS, when_none=False
    )
    return Policy(
        more.pop("identity"),
        date(2000, 1, 1),
        Question.CREDIT,
        "Credit by showing mastery without the course",
        more.pop("cites"),
        requires,
        eligible=clause("not-enrolled", "Not enrolled in the course.", not_(fact.enrolled)),
        subject="course",
        sheet=(enrolled, *sheet),
        **more,
    )


MICHIGAN = _testing_out(
    clause("c-plus", "Step {step} or higher on the final examination.", fact.grade >= param.step, MERIT),
    best("grade", "grade on the final examination", "steps"),
    identity="us-mi/testing-out",
    cites=MERIT,
    jurisdiction="us-mi",
    parameters=(number("step", "grade that shows reasonable mastery", C_PLUS, "steps", Keep.EXACT, MERIT),),
)

MICHIGAN_BY_PERCENT = _testing_out(
    clause("percent", "{cut} % or higher on the final examination.", fact.percent >= param.cut, MERIT),
    best("percent", "percent correct on the final examination"),
    identity="us-mi/pine-valley/testing-out",
    cites=MERIT,
    jurisdiction="us-mi/pine-valley",
    parameters=(number("cut", "percent that is a C+ here", 78, "percent", Keep.LOCAL, MERIT),),
)
"""A district that counts in percent; what percent a C+ is, the law leaves open (77, 78 and 80 are in use)."""

IDAHO = _testing_out(
    clause("qualifying", "{qualifying} % or higher on the assessment.", fact.percent >= param.qualifying, PRIOR),
    best("percent", "percent correct on the assessment"),
    identity="us-id/prior-knowledge",
    cites=PRIOR,
    jurisdiction="us-id",
    parameters=(number("qualifying", "highest qualifying score", 80, "percent", Keep.AT_MOST, PRIOR),),
)
