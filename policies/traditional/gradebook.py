"""What a gradebook and an attendance book say of a course: hours, pieces of graded work, their average."""

from ledger.policy import Counted, FactDefinition, FactType, FieldIn, FieldIs, Reads, param

EVERY_PURPOSE = ("baseline", "practice", "formative", "summative")
"""Time in class counts, whatever it was spent on."""

GRADED_KINDS = ("task", "exam", "portfolio", "performance")
"""Kinds of evidence a gradebook averages."""

GRADED = (FieldIn("kind", GRADED_KINDS), Counted(param.graded_purposes))

HOURS = FactDefinition(
    "hours",
    "hours of instruction in the course",
    "sum.1",
    FactType.FRACTION,
    Reads.EVIDENCE,
    measure="value",
    unit="hours",
    where=(FieldIs("kind", "hours"), Counted(EVERY_PURPOSE)),
    when_none=0,
    lowest=0,
)

WORKS = FactDefinition(
    "works",
    "pieces of graded work with a score",
    "count.1",
    FactType.INTEGER,
    Reads.EVIDENCE,
    measure="percent",
    unit="pieces",
    where=GRADED,
    when_none=0,
    lowest=0,
)

AVERAGE = FactDefinition(
    "average",
    "average of the graded work",
    "mean.1",
    FactType.FRACTION,
    Reads.EVIDENCE,
    measure="percent",
    unit="percent",
    where=GRADED,
)

ROUNDED_AVERAGE = FactDefinition(
    "rounded_average",
    "average of the graded work, rounded to a whole percent, a half up",
    "mean.1",
    FactType.FRACTION,
    Reads.EVIDENCE,
    measure="percent",
    unit="percent",
    where=GRADED,
    arguments=(("round_to", 1),),
)
