"""A framework of one district's own, invented, and how it is aligned to the state's: with gaps, as such things have."""

from ledger.demonstration.content import PINE_VALLEY
from ledger.demonstration.records import Framework, Standard

DISTRICT = PINE_VALLEY
"""Whose it is."""

PATHWAY = Framework(
    "pine-valley-algebra",
    "Algebra pathway of Pine Valley (invented for the demonstration)",
    (
        Standard("PV.1", "Language", "Rewrites what letters say in another way that is worth the same."),
        Standard("PV.2", "Language", "Puts a story into symbols and tells the story back from them."),
        Standard("PV.3", "Solving", "Finds the number behind a letter and checks it in the story."),
        Standard("PV.4", "Change", "Says what goes in, what comes out, and whether that is a function."),
        Standard("PV.5", "Change", "Reads from a graph how fast something grows."),
        Standard("PV.6", "Change", "Goes from a line to its equation and back."),
        Standard("PV.7", "Solving", "Finds by drawing where two lines meet."),
        Standard("PV.8", "Solving", "Solves a quadratic equation with the formula."),
        Standard("PV.9", "Language", "Takes a quadratic expression apart into factors."),
        Standard("PV.10", "Ways of working", "Finds the mistake in a solution and puts it right."),
        Standard("PV.11", "Ways of working", "Plans the work of a month and keeps to the plan."),
        Standard("PV.12", "Ways of working", "Presents a finding to people from outside the school."),
    ),
)

ALIGNED = (
    ("A1.1", "PV.1", "exactMatchOf"),
    ("A1.2", "PV.2", "exactMatchOf"),
    ("A1.3", "PV.3", "exactMatchOf"),
    ("A1.3", "PV.10", "isRelatedTo"),
    ("A1.4", "PV.3", "isRelatedTo"),
    ("A1.5", "PV.4", "exactMatchOf"),
    ("A1.6", "PV.5", "isPartOf"),
    ("A1.7", "PV.5", "isPeerOf"),
    ("A1.7", "PV.6", "exactMatchOf"),
    ("A1.8", "PV.7", "isPartOf"),
    ("A1.10", "PV.9", "exactMatchOf"),
    ("A1.11", "PV.8", "isPartOf"),
    ("A1.11", "PV.10", "isRelatedTo"),
    ("A1.12", "PV.2", "isPartOf"),
)
"""State standard, local competency, and what the second is to the first; three standards and two others are left."""

ALIGNED_SINCE = "2010-08-01"
"""The first day of every alignment; as old as the state's adoptions."""

ALIGNMENT_FILE = "pine-valley.alignment.csv"
