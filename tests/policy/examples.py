"""Two invented policies that together use the whole vocabulary, and short ways to write others."""

from datetime import date
from typing import Any

from ledger.policy import (
    ABSENT,
    NONE,
    UNKNOWN,
    Citation,
    DatedValue,
    FactDefinition,
    FactType,
    ParameterDefinition,
    ParameterType,
    Policy,
    Question,
    Reads,
    all_of,
    any_of,
    clause,
    each,
    enough_of,
    fact,
    final_when,
    grant,
    not_,
    panel,
    param,
    table,
    take,
)

LAW = Citation("Invented law")
BEGINNING = date(1990, 1, 1)


def definition(name: str, kind: FactType = FactType.INTEGER, when_none: Any = ABSENT, **more: Any) -> FactDefinition:
    """Define a fact of which only the name, the type and the value for nothing matter."""
    return FactDefinition(name, name, "latest.1", kind, Reads.EVIDENCE, when_none=when_none, **more)


def dated(value: Any, first: date | None = None, last: date | None = None, adopted: date = BEGINNING) -> DatedValue:
    """Date a value."""
    return DatedValue(first, last, value, adopted, LAW)


def parameter(
    name: str, *values: Any, clock: str = "", kind: ParameterType = ParameterType.INTEGER
) -> ParameterDefinition:
    """Define a parameter with dated values, or with one value that always held."""
    held = tuple(value if isinstance(value, DatedValue) else dated(value) for value in values)
    return ParameterDefinition(name, name, kind, clock=clock, values=held)


def policy(requires: Any, *sheet: FactDefinition, **more: Any) -> Policy:
    """Write a policy of which only the rule and the facts matter."""
    more.setdefault("question", Question.CREDIT)
    return Policy(
        "us-ex/policy",
        more.pop("effective", BEGINNING),
        more.pop("question"),
        "A policy",
        LAW,
        requires,
        jurisdiction="us-ex",
        subject="course",
        sheet=sheet,
        **more,
    )


CHALLENGE = Policy(
    "us-ex/course-challenge",
    BEGINNING,
    Question.CREDIT,
    "Credit by challenging a course",
    LAW,
    all_of(
        clause("in-time", "Taken before the course begins.", fact.taken_on < fact.course_begins, final=True),
        final_when(
            fact.tries >= param.tries,
            any_of(
                clause(
                    "local",
                    "{local_cut} % on the district examination.",
                    fact.local_score >= param.local_cut,
                    next="retake",
                ),
                clause(
                    "outside",
                    "{outside_cut} or higher on an outside examination.",
                    fact.outside_score >= param.outside_cut,
                ),
            ),
        ),
    ),
    jurisdiction="us-ex",
    subject="course",
    eligible=all_of(
        clause("not-enrolled", "Not enrolled in the course.", not_(fact.enrolled)),
        clause("tries", "At most {tries} tries at a course.", fact.tries <= param.tries),
        clause(
            "year-cap",
            "At most {year_cap} credits this way in a school year.",
            fact.credits_this_way + fact.credit_sought <= param.year_cap,
        ),
    ),
    grants=(grant("credit", fact.credit_sought), grant("notation", "CH")),
    sheet=(
        definition("taken_on", FactType.DATE),
        definition("course_begins", FactType.DATE),
        definition("tries", when_none=0),
        definition("local_score"),
        definition("outside_score"),
        definition("enrolled", FactType.BOOLEAN, UNKNOWN),
        definition("credits_this_way", when_none=0),
        definition("credit_sought", when_none=UNKNOWN),
    ),
    parameters=(
        parameter("tries", 2),
        parameter("year_cap", 200),
        parameter("local_cut", dated(85, last=date(2024, 6, 30)), dated(80, first=date(2024, 7, 1))),
        parameter("outside_cut", dated(NONE, last=date(2022, 6, 30)), dated(4, first=date(2022, 7, 1))),
    ),
)

FOLIO = Policy(
    "us-ex/portfolio-diploma",
    BEGINNING,
    Question.GRADUATION,
    "A diploma by portfolio",
    LAW,
    all_of(
        each(
            fact.areas,
            clause("area", "Level {cut} in the area.", fact.area_level >= param.cut.by(fact.area)),
            name="area",
        ),
        enough_of(
            "items",
            "{items} items: at least one studio, at most two field.",
            fact.items,
            fact.item_kind,
            param.item_lists,
            param.items,
            take("studio", at_least=1),
            take("field", at_most=2),
            where=clause("judged", "Judged sound.", fact.item_sound),
        ),
        clause("handed-in", "The portfolio is handed in.", fact.handed_in, next="hand in"),
        panel(
            "board",
            "A board of {quorum} or more, no vote against.",
            decided=fact.votes_cast >= param.quorum,
            carried=fact.votes_against.is_(0),
            sent_back=fact.asked_for_more,
        ),
    ),
    jurisdiction="us-ex",
    subject="learner",
    applies=clause("class", "Class of {first_class} or later.", fact.graduating_class >= param.first_class),
    sheet=(
        definition("graduating_class", when_none=UNKNOWN),
        definition(
            "areas",
            FactType.LIST,
            members=(definition("area", FactType.TEXT), definition("area_level")),
        ),
        definition(
            "items",
            FactType.LIST,
            members=(
                definition(
                    "item_kind",
                    FactType.CHOICE,
                    UNKNOWN,
                    choices=("artefact", "placement", "residency"),
                ),
                definition("item_sound", FactType.BOOLEAN, False),
            ),
        ),
        definition("handed_in", FactType.BOOLEAN, False),
        definition("votes_cast", when_none=0),
        definition("votes_against", when_none=0),
        definition("asked_for_more", FactType.BOOLEAN, False),
    ),
    parameters=(
        parameter("first_class", 2027),
        parameter(
            "cut",
            dated(table({"writing": 3, "number": 3}), date(2027, 1, 1), date(2028, 12, 31)),
            dated(table({"writing": 3, "number": 3, "science": 2}), date(2029, 1, 1)),
            clock="graduating_class",
            kind=ParameterType.TABLE,
        ),
        parameter("items", 3),
        parameter("quorum", 3),
        parameter(
            "item_lists",
            table({"artefact": ("studio",), "placement": ("field",), "residency": ("studio", "field")}),
            kind=ParameterType.TABLE,
        ),
    ),
)
