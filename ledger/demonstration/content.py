"""What is taught and where: two invented districts in Texas, three local frameworks in our own words."""

from ledger.demonstration.records import District, Framework, Standard

STATE = "us-tx"
STATE_NAME = "Texas (demonstration: people, schools and districts are invented)"
ZONE = "America/Chicago"

PINE_VALLEY = District(f"{STATE}/pine-valley", "Pine Valley (invented)", "PV")
CEDAR_RIDGE = District(f"{STATE}/cedar-ridge", "Cedar Ridge (invented)", "CR")
DISTRICTS = (PINE_VALLEY, CEDAR_RIDGE)
SCHOOLS = ("north-campus", "south-campus")
"""The schools of each district; both have every grade."""

GRADE_3 = "grade-3"
ALGEBRA = "algebra"

MATHEMATICS = Framework(
    "grade-3-mathematics",
    "Grade 3 mathematics (invented for the demonstration)",
    (
        Standard("M3.1", "Numbers", "Reads, writes and compares whole numbers up to ten thousand."),
        Standard("M3.2", "Numbers", "Rounds a whole number to the nearest ten or hundred and says why.", ("M3.1",)),
        Standard("M3.3", "Operations", "Adds and subtracts within a thousand and checks the answer."),
        Standard("M3.4", "Operations", "Explains a product as equal groups, as an array and as jumps on a line."),
        Standard("M3.5", "Operations", "Recalls products of one-digit numbers and uses them.", ("M3.4",)),
        Standard("M3.6", "Operations", "Divides by sharing and by grouping, and says what is left.", ("M3.5",)),
        Standard("M3.7", "Fractions", "Shows a fraction as equal parts of a whole and places it on a line."),
        Standard("M3.8", "Fractions", "Compares two fractions by reasoning about their size.", ("M3.7",)),
        Standard("M3.9", "Measurement", "Finds the area of a rectangle and says how it differs from its perimeter."),
        Standard("M3.10", "Data", "Makes a bar chart from answers collected in class and reads it."),
    ),
)

READING = Framework(
    "grade-3-reading",
    "Grade 3 reading (invented for the demonstration)",
    (
        Standard("R3.1", "Fluency", "Reads a text of the grade aloud at a steady pace and with expression."),
        Standard("R3.2", "Words", "Works out an unknown word from its parts and from the sentence around it."),
        Standard("R3.3", "Stories", "Retells a story in order and says what changed between beginning and end."),
        Standard("R3.4", "Stories", "Says what a character wants and shows where the text says so.", ("R3.3",)),
        Standard("R3.5", "Information", "Finds the main idea of a text and two details that carry it."),
        Standard("R3.6", "Information", "Uses headings, pictures and charts to find an answer."),
        Standard("R3.7", "Information", "Compares what two texts say about one subject.", ("R3.5",)),
        Standard("R3.8", "Speaking", "Performs a read-aloud with others and listens for their turn."),
    ),
)

COURSE = "ALG1"
"""The high-school course with priority standards."""

ALGEBRA_1 = Framework(
    "algebra-1",
    "Algebra I (invented for the demonstration)",
    (
        Standard("A1.1", "Expressions", "Rewrites an expression with variables without changing its value."),
        Standard("A1.2", "Expressions", "Builds an expression for a situation and says what each part means."),
        Standard("A1.3", "Equations", "Solves a linear equation and checks the solution.", ("A1.1",)),
        Standard("A1.4", "Equations", "Solves a linear inequality and shows its solutions.", ("A1.3",), False),
        Standard("A1.5", "Functions", "Tells a function from a relation that is none, and reads its notation."),
        Standard("A1.6", "Functions", "Finds slope and intercept and says what they mean.", ("A1.5",)),
        Standard("A1.7", "Functions", "Draws a line from its equation and writes one from its graph.", ("A1.6",)),
        Standard("A1.8", "Systems", "Solves a system of two linear equations in two ways.", ("A1.3", "A1.7")),
        Standard("A1.9", "Polynomials", "Adds, subtracts and multiplies polynomials.", ("A1.1",), False),
        Standard("A1.10", "Polynomials", "Factors a quadratic expression.", ("A1.9",), False),
        Standard("A1.11", "Quadratics", "Solves a quadratic equation and picks the method.", ("A1.3",)),
        Standard("A1.12", "Quadratics", "Models a situation with a quadratic function and judges the model."),
        Standard("A1.13", "Data", "Fits a line to data and says how far it can be trusted.", (), False),
        Standard("A1.14", "Data", "Reads a two-way table and says whether two things go together.", (), False),
    ),
    COURSE,
)

FRAMEWORKS = (MATHEMATICS, READING, ALGEBRA_1)
TAUGHT = {GRADE_3: (MATHEMATICS, READING), ALGEBRA: (ALGEBRA_1,)}
"""The frameworks of each track."""

PRIORITY = tuple(standard.code for standard in ALGEBRA_1.standards if standard.priority)

THREE_KINDS = ("A1.2",)
"""Standards for which Cedar Ridge asks for three kinds of task."""

GEOMETRY, SPANISH, HISTORY = "GEOM", "SPAN1", "WHIST"
EXAMINED = (GEOMETRY, SPANISH, HISTORY)
"""Courses for which credit may be had by examination."""

SCALE = "four-levels"
LEVELS = (("Beginning", "1"), ("Developing", "2"), ("Nearly there", "2.5"), ("Meeting", "3"), ("Exceeding", "4"))
BANDS = (("Beginning", "0"), ("Developing", "50"), ("Nearly there", "65"), ("Meeting", "75"), ("Exceeding", "92"))
"""From which percent of a score a level is reached."""


def standards_of(track: str) -> tuple[Standard, ...]:
    """Return the standards a track is taught."""
    return tuple(standard for framework in TAUGHT[track] for standard in framework.standards)
