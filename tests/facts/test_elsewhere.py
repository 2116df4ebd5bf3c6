"""Facts about other subjects of the same learner: one, several, and what was awarded there."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from ledger.domain.learner import Grant
from ledger.domain.shapes import Subject
from ledger.facts.check import definition_problems
from ledger.policy import ABSENT, UNKNOWN, FactDefinition, FactType, FieldIs, Reads, fact, param, table
from ledger.policy.canonical import value_text
from ledger.policy.sheet import Value
from tests.facts.support import (
    COURSE,
    LEARNER,
    TODAY,
    Store,
    backing_of,
    decided,
    record_of,
    sheet_of,
    shown,
    status,
    value_of,
)
from tests.facts.support import fact as defined

READING = Subject(kind="requirement", id="us-xx/reading")
WRITING = Subject(kind="requirement", id="us-xx/writing")
LEARNER_KEY = f"learner/{LEARNER}"


def best(about: Any = "", **more: Any) -> FactDefinition:
    """Define the highest score about another subject."""
    return defined("best.1", measure="value", about=about, **more)


def scored(name: str, value: str, subject: Subject, **more: Any) -> Any:
    """Record a score about a subject."""
    return shown(name, score=(value, "0", "100"), occurred="2026-03-01", subjects=[subject], **more)


RECORD = record_of(scored("e1", "70", READING), scored("e2", "80", WRITING), scored("e3", "90", COURSE))


def test_a_fact_may_be_about_another_subject_of_the_learner() -> None:
    """The value and the evidence behind it are those of the subject named."""
    assert Fraction(70) == value_of(RECORD, best("requirement/us-xx/reading"), subject=LEARNER_KEY)
    assert (1,) == backing_of(RECORD, best("requirement/us-xx/reading"), subject=LEARNER_KEY).versions


@pytest.mark.parametrize(("held", "value"), [("requirement/us-xx/writing", 80), (ABSENT, ABSENT), (UNKNOWN, UNKNOWN)])
def test_a_parameter_may_say_which_subject(held: Value, value: Value) -> None:
    """Not in force, the fact is of nothing; not known, it is unknown."""
    assert value == value_of(RECORD, best(param.which), subject=LEARNER_KEY, parameters={"which": held})


def test_the_subjects_own_id_may_choose_the_other() -> None:
    """A table from the own id to the other subject's key says which; an id that is not in it chooses none."""
    own = FactDefinition("course", "the course", "subject.1", FactType.TEXT, Reads.FRAMEWORK)
    wanted = best(param.earlier.by(fact.course), when_none=ABSENT)
    parameters = {"earlier": table({"geometry": "course/ALG1"})}
    found = [
        sheet_of(RECORD, own, wanted, subject=key, parameters=parameters).values
        for key in ("course/geometry", "course/art")
    ]

    assert [{"course": "geometry", "it": 90}, {"course": "art", "it": ABSENT}] == found


def test_statuses_and_decisions_can_be_read_about_another_subject() -> None:
    """What is looked up is looked up about the subject named, and the learner's own statuses hold there too."""
    record = record_of(
        decided("CREDIT", "met", subject=READING), status("s", subject=READING), status("whole", subject=None)
    )
    about: dict[str, Any] = {"about": "requirement/us-xx/reading", "type": FactType.BOOLEAN}
    asked = [
        FactDefinition("credit", "", "decision.1", reads=Reads.DECISION, arguments=(("question", "CREDIT"),), **about),
        FactDefinition("status", "", "status.1", reads=Reads.STATUS, arguments=(("code", "s"),), **about),
        FactDefinition("whole", "", "status.1", reads=Reads.STATUS, arguments=(("code", "whole"),), **about),
    ]

    assert {"credit": True, "status": True, "whole": True} == sheet_of(record, *asked, subject=LEARNER_KEY).values


MEMBERS = (
    FactDefinition("exam", "", "item.id", FactType.TEXT, Reads.EVIDENCE),
    FactDefinition("score", "", "best.1", FactType.FRACTION, Reads.EVIDENCE, measure="value"),
    FactDefinition("tries", "", "count.1", FactType.INTEGER, Reads.EVIDENCE, measure="presence", when_none=0),
)


def gathered(of: Any, *members: FactDefinition) -> FactDefinition:
    """Define a list of named subjects."""
    return defined("subjects.1", FactType.LIST, arguments=(("of", of),), members=members or MEMBERS)


def test_named_subjects_are_gathered_in_the_order_of_their_names() -> None:
    """Each member carries its id and the facts about it; a subject with nothing on record is a member as well."""
    keys = ("requirement/us-xx/writing", "requirement/us-xx/reading", "requirement/us-xx/none")
    found = value_of(RECORD, gathered(keys), subject=LEARNER_KEY)

    assert (
        {"exam": "us-xx/writing", "score": Fraction(80), "tries": 1},
        {"exam": "us-xx/reading", "score": Fraction(70), "tries": 1},
        {"exam": "us-xx/none", "score": ABSENT, "tries": 0},
    ) == found
    assert (2, 2, 1, 1) == backing_of(RECORD, gathered(keys), subject=LEARNER_KEY).versions


def test_a_parameter_may_name_the_subjects_gathered() -> None:
    """Its value in force is the list; not in force there is no list."""
    names = gathered(param.exams)
    keys: Value = ("requirement/us-xx/reading",)

    assert 1 == len(value_of(RECORD, names, parameters={"exams": keys}))  # type: ignore[arg-type]
    assert ABSENT is value_of(RECORD, names, parameters={"exams": ABSENT})
    assert () == value_of(RECORD, names, parameters={"exams": ()})


def test_more_evidence_than_is_listed_is_counted_and_chained() -> None:
    """Behind a list of subjects with forty pieces each stand eighty, and a digest tells which."""
    record = record_of(*(scored(f"r{n}", "70", READING) for n in range(40)))
    counts = gathered(("requirement/us-xx/reading",), MEMBERS[2])
    found = backing_of(record, counts, subject=LEARNER_KEY)
    fewer = backing_of(record_of(*(scored(f"r{n}", "70", READING) for n in range(39))), counts, subject=LEARNER_KEY)

    assert 40 == found.count
    assert found.digest not in (None, fewer.digest)


def test_facts_about_other_subjects_are_kept_in_those_subjects_parts() -> None:
    """Opened from its snapshot the record gives the same sheet, and folds only what has come since."""
    store = Store()
    store.happen(scored("e1", "70", READING), scored("e2", "80", WRITING))
    asked = gathered(("requirement/us-xx/reading", "requirement/us-xx/writing"))
    first = store.record()
    value_of(first, asked, subject=LEARNER_KEY)
    store.save(first)
    store.reads.clear()
    again = value_of(store.record(), asked, subject=LEARNER_KEY)

    assert value_of(record_of(*store.stream), asked, subject=LEARNER_KEY) == again
    assert not [read for read in store.reads if read.startswith("version")]


def credit(course: str, on: str, amount: Fraction, **more: Any) -> Any:
    """Decide credit for a course."""
    outcome = more.pop("outcome", "met")
    grants = (Grant(key="credit", value=value_text(amount)), Grant(key="notation", value='"CH"'))
    settings: dict[str, Any] = {"standing": "award", "grants": grants, **more}
    return decided("CREDIT", outcome, on, Subject(kind="course", id=course), **settings)


AWARDS = record_of(
    credit("ALG1", "2025-09-01", Fraction(1), policy="us-xx/challenge"),
    credit("GEO", "2025-06-30", Fraction(1, 2)),
    credit("ART", "2026-02-01", Fraction(1, 2)),
    decided("CREDIT", "not_yet", "2026-02-01", Subject(kind="course", id="PE")),
    decided("MASTERY", "met", "2026-02-01"),
)
CREDIT = (("question", "CREDIT"),)


def awarded(**arguments: str) -> FactDefinition:
    """Define the credit earned in other courses."""
    named = (*CREDIT, ("key", "credit"), *arguments.items())
    return defined("awarded.1", reads=Reads.DECISION, arguments=named)


@pytest.mark.parametrize(
    ("arguments", "total"),
    [
        ({}, 2),
        ({"year_starts": "07-01"}, Fraction(3, 2)),
        ({"policy": "us-xx/challenge"}, 1),
        ({"policy": "us-xx/other"}, 0),
        ({"award": "verified"}, 0),
    ],
)
def test_awards_about_other_subjects_add_up(arguments: dict[str, str], total: Fraction) -> None:
    """The total is of met decisions in force, of the policy asked for, in the year that holds the day."""
    assert total == value_of(AWARDS, awarded(**arguments), subject="course/PE")


def test_an_award_about_the_subject_itself_is_not_among_the_others() -> None:
    """A running total is of what was earned elsewhere."""
    assert Fraction(1) == value_of(AWARDS, awarded(), subject="course/ALG1")


@pytest.mark.parametrize(
    ("day", "years"),
    [(date(2026, 6, 30), Fraction(3, 2)), (date(2026, 7, 1), 0), (date(2025, 6, 30), Fraction(1, 2))],
)
def test_a_year_begins_on_the_day_named(day: date, years: Fraction) -> None:
    """30 June is the last day of a year that begins on 1 July."""
    assert years == value_of(AWARDS, awarded(year_starts="07-01"), subject="course/PE", on=day)


def test_awards_are_listed_by_subject_with_what_they_give() -> None:
    """Each carries its course, day, policy, and what was granted as a number or a text."""
    members = tuple(
        FactDefinition(name, "", method, kind, Reads.DECISION, arguments=arguments)
        for name, method, kind, arguments in (
            ("course", "item.id", FactType.TEXT, ()),
            ("day", "item.on", FactType.DATE, ()),
            ("rule", "item.policy", FactType.TEXT, ()),
            ("credit", "item.grant", FactType.FRACTION, (("key", "credit"),)),
            ("notation", "item.notation", FactType.TEXT, (("key", "notation"),)),
            ("quality", "item.grant", FactType.FRACTION, (("key", "notation"),)),
        )
    )
    listed = defined("awards.1", FactType.LIST, reads=Reads.DECISION, arguments=CREDIT, members=members)
    found = value_of(AWARDS, listed, subject="course/GEO")
    line = {"rule": "test/policy", "notation": "CH", "quality": ABSENT}

    assert (
        {"course": "ALG1", "day": date(2025, 9, 1), "credit": 1, **line, "rule": "us-xx/challenge"},
        {"course": "ART", "day": date(2026, 2, 1), "credit": Fraction(1, 2), **line},
    ) == found


def test_an_award_that_no_longer_stands_is_not_counted() -> None:
    """Decided otherwise since, or only proposed, it adds nothing; the snapshot says the same."""
    store = Store()
    store.happen(credit("ALG1", "2025-09-01", Fraction(1)), credit("GEO", "2025-09-01", Fraction(1), effect="proposed"))
    before = value_of(store.record(), awarded(), subject="course/PE")
    store.happen(decided("CREDIT", "not_yet", "2025-10-01", Subject(kind="course", id="ALG1")))

    assert [1, 0] == [before, value_of(store.record(), awarded(), subject="course/PE")]


def standing(method: str, kind: FactType, **arguments: str) -> FactDefinition:
    """Define what the standing decision about a course says."""
    return defined(method, kind, reads=Reads.DECISION, arguments=(*CREDIT, *arguments.items()), about="course/ALG1")


@pytest.mark.parametrize(
    ("asked", "met", "refused"),
    [
        (standing("outcome.1", FactType.CHOICE), "met", "denied"),
        (standing("decision_day.1", FactType.DATE), date(2025, 9, 1), ABSENT),
        (standing("decision_level.1", FactType.FRACTION), Fraction(7, 2), ABSENT),
        (standing("granted.1", FactType.FRACTION, key="credit"), Fraction(1), ABSENT),
        (standing("granted.1", FactType.TEXT, key="notation"), "CH", ABSENT),
        (standing("granted.1", FactType.TEXT, key="credit"), ABSENT, ABSENT),
        (standing("granted.1", FactType.FRACTION, key="other"), ABSENT, ABSENT),
    ],
    ids=lambda one: one.method + one.type if isinstance(one, FactDefinition) else str(one),
)
def test_what_stands_can_be_read_off(asked: FactDefinition, met: Value, refused: Value) -> None:
    """Outcome, day, level and grants are those of the standing decision; all but the outcome only while it is met."""
    awards = record_of(credit("ALG1", "2025-09-01", Fraction(1), level="3.5"))
    denials = record_of(credit("ALG1", "2025-09-01", Fraction(1), level="3.5", outcome="denied"))

    assert [met, refused, ABSENT] == [value_of(one, asked) for one in (awards, denials, record_of())]


def test_a_grant_that_is_not_known_is_not_nothing() -> None:
    """Where it was undetermined what is given, the fact is unknown."""
    given = (Grant(key="credit", value='{"unknown":true}'),)
    record = record_of(decided("CREDIT", "met", subject=COURSE, grants=given))

    assert UNKNOWN is value_of(record, standing("granted.1", FactType.FRACTION, key="credit"))
    assert UNKNOWN is value_of(record, awarded(), subject="course/PE")


def test_a_level_that_is_no_number_is_none() -> None:
    """A decision may carry a text for its level; asked for as a number there is none."""
    record = record_of(credit("ALG1", "2025-09-01", Fraction(1), level='"proficient"'))

    assert ABSENT is value_of(record, standing("decision_level.1", FactType.FRACTION))


ALONE = "member 'it': a member of gathered subjects is one value about that subject: neither a list, nor about another"


@pytest.mark.parametrize(
    ("definition", "problem"),
    [
        (best("reading"), "`about` is 'reading', not the key of a subject such as 'requirement/us-xx/reading'"),
        (
            defined("prerequisites.1", FactType.LIST, about="competency/c1", members=MEMBERS[:1]),
            "prerequisites.1 looks at the framework around the policy's own subject: leave `about` out",
        ),
        (
            gathered(("exam",)),
            "subjects.1: 'exam' is not the key of a subject such as 'requirement/us-xx/reading'",
        ),
        (
            gathered(("course/a",), best("course/b")),
            ALONE,
        ),
        (
            gathered(("course/a",), defined("best.1", FactType.DATE)),
            "member 'it': best.1 gives no date: declare the fact as boolean, fraction, integer",
        ),
        (
            defined("subjects.1", FactType.LIST, arguments=(("of", ("course/a",)),)),
            "subjects.1 gives a list: say in `members` what each member carries",
        ),
        (
            gathered("course/a"),
            "subjects.1, argument 'of': 'course/a' is not a list of texts",
        ),
    ],
)
def test_a_definition_that_cannot_be_read_elsewhere_is_refused(definition: FactDefinition, problem: str) -> None:
    """The sentence says what is wrong and what is allowed."""
    assert problem in definition_problems(definition)


def test_filters_hold_about_the_other_subject() -> None:
    """Only the items the filter lets through are folded there."""
    record = record_of(scored("e1", "70", READING, instrument="sat"), scored("e2", "90", READING, instrument="act"))
    sat = best("requirement/us-xx/reading", where=(FieldIs("instrument", "sat"),))

    assert Fraction(70) == value_of(record, sat, subject=LEARNER_KEY, on=TODAY)
