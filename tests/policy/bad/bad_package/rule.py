"""A sound rule; the file of its parameters is not."""

from datetime import date

from ledger.policy import (
    Citation,
    FactDefinition,
    FactType,
    Policy,
    Question,
    Reads,
    clause,
    fact,
    param,
)

LAW = Citation("Invented law")

policy = Policy(
    "us-ex/policy",
    date(2020, 1, 1),
    Question.CREDIT,
    "A policy",
    LAW,
    clause("score", "{cut} points.", fact.scor >= param.cut, LAW),
    jurisdiction="us-ex",
    subject="course",
    sheet=(FactDefinition("score", "score", "best.1", FactType.INTEGER, Reads.EVIDENCE),),
)
