"""What is taught in the small district, who is in its one class, and what they did in the year."""

from collections.abc import Iterator

from ledger.demonstration.content import STATE
from ledger.demonstration.plan import SchoolYear
from ledger.demonstration.records import District, Framework, Row, Standard

DRY_CREEK = District(f"{STATE}/dry-creek", "Dry Creek (invented, to practise on)", "DC")
SCHOOL, SECTION, COURSE, GRADE = f"{DRY_CREEK.jurisdiction}/elementary", "1", "MATH1", "1"
TEACHER = "DC-T-1"

NUMBERS = Framework(
    "grade-1-mathematics",
    "Grade 1 mathematics (invented for the demonstration)",
    (
        Standard("N1.1", "Numbers", "Counts to a hundred, forward from any number and backward."),
        Standard("N1.2", "Operations", "Adds within twenty and shows it with things and in a drawing."),
        Standard("N1.3", "Operations", "Subtracts within twenty and shows it with things and in a drawing."),
        Standard("N1.4", "Measurement", "Orders things by length and measures one with copies of another."),
    ),
    COURSE,
)

LETTERS = "letters"
LETTERS_TITLE = "Letters (invented)"
LETTER_BANDS = (("F", "0", "0"), ("D", "1", "60"), ("C", "2", "70"), ("B", "3", "80"), ("A", "4", "90"))
"""Each letter, the level it stands for, and from which percent of a score it is given."""

CLASSMATES = (
    ("DC-0001", "Imani", "Calloway"),
    ("DC-0002", "Oskar", "Brandt"),
    ("DC-0003", "Noor", "Siddiqui"),
    ("DC-0004", "Mateus", "Farrow"),
    ("DC-0005", "Wren", "Tallis"),
    ("DC-0006", "Kofi", "Amankwah"),
)
"""Everybody in the class: the id, the given and the family name."""

FIRST_GRADER = "DC-0001"
"""Who averages 84.5, a B, and cannot subtract yet."""

SCORES = (("counting", "96"), ("adding", "97"), ("measuring", "94"), ("subtracting", "51"))
"""The first grader's tests in the course, in percent; their mean is 84.5."""


def rows(year: SchoolYear) -> Iterator[Row]:
    """Yield what was recorded in the year: levels for each standard, tests in percent for the course, hours in it."""
    for number, (learner, _, _) in enumerate(CLASSMATES):
        for standard in NUMBERS.standards:
            yield from _shown(year, learner, standard.code, weak=not number and standard.code == "N1.3")
        for week, (test, percent) in enumerate(SCORES, start=1):
            yield _test(
                year, learner, test, percent if not number else str(70 + 4 * ((number * week + week) % 7)), week * 8
            )
        yield Row(
            learner=learner,
            course=COURSE,
            kind="hours",
            score="150",
            score_min="0",
            score_max="1000",
            task="Hours in class",
            occurred=year.last_day.isoformat(),
        )


def _test(year: SchoolYear, learner: str, test: str, percent: str, week: int) -> Row:
    return Row(
        learner=learner,
        course=COURSE,
        kind="exam",
        score=percent,
        score_min="0",
        score_max="100",
        task=f"Test in {test}",
        occurred=year.day(week, 3),
    )


def _shown(year: SchoolYear, learner: str, code: str, *, weak: bool) -> Iterator[Row]:
    week = 4 + 7 * int(code[-1])
    for kind, level, later in (("exam", "2" if weak else "3", 0), ("performance", "2" if weak else "4", 3)):
        yield Row(
            learner=learner,
            competency=code,
            kind=kind,
            level=level,
            task=f"{code} {kind}",
            occurred=year.day(week + later, 2),
        )
