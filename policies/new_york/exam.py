"""New York: one required Regents exam, passed, or met by an appeal or a safety net."""

from datetime import date

from ledger.policy import (
    FactDefinition,
    FactType,
    Policy,
    Question,
    Reads,
    Standing,
    Words,
    all_of,
    any_of,
    clause,
    count_of,
    fact,
    grant,
    param,
    route,
    route_taken,
)
from policies.new_york.exams import APPEALS, DISABILITY, POINTS, SAFETY_NETS, best_score, sittings

APPEAL_RANGE = FactDefinition(
    "appeal_range",
    "range of scores in which an appeal was granted",
    "granted.1",
    FactType.TEXT,
    Reads.DECISION,
    arguments=(("question", "CERTIFICATION"), ("award", "appeal"), ("key", "range")),
)


def _granted(name: str, says: str, award: str) -> FactDefinition:
    return FactDefinition(
        name,
        says,
        "decision.1",
        FactType.BOOLEAN,
        Reads.DECISION,
        arguments=(("question", "CERTIFICATION"), ("award", award)),
        when_none=False,
    )


WAYS = any_of(
    route(
        "passed",
        "passed",
        clause(
            "passed",
            "{passing} or higher on the exam.",
            fact.best >= param.passing,
            APPEALS,
            next="take the exam",
        ),
    ),
    route(
        "special-appeal",
        "special appeal",
        clause("special-appeal", "A special appeal was granted.", fact.special_appeal, APPEALS),
    ),
    route(
        "appeal",
        "appeal",
        clause(
            "appeal",
            "An appeal was granted in a range that leaves the Regents diploma open.",
            fact.appeal_range.in_(param.regents_ranges),
            APPEALS,
        ),
    ),
    route(
        "low-pass",
        "low pass",
        clause(
            "low-pass",
            "{low_pass} or higher by a learner with a disability, entitled to the safety nets on the day of that try; "
            "for the local diploma only.",
            count_of(fact.sittings, all_of(fact.points >= param.low_pass, fact.disability)) >= 1,
            SAFETY_NETS,
        ),
    ),
    route(
        "compensation",
        "made up for by another exam",
        clause(
            "compensation",
            "Another exam makes up for this one, under the compensatory option; for the local diploma only.",
            fact.compensation,
            SAFETY_NETS,
        ),
    ),
    route(
        "local-appeal",
        "appeal for the local diploma",
        clause(
            "local-appeal",
            "An appeal was granted in a range that leads to the local diploma only.",
            fact.appeal_range.in_(param.local_ranges),
            APPEALS,
        ),
    ),
)

exam = Policy(
    "us-ny/regents-exam",
    date(2005, 8, 1),
    Question.CERTIFICATION,
    "A required Regents exam",
    APPEALS,
    WAYS,
    jurisdiction="us-ny",
    subject="requirement",
    award="exam",
    standing=Standing.CURRENT,
    sheet=(
        best_score("best", "highest score on the exam"),
        sittings(POINTS, DISABILITY),
        _granted("special_appeal", "a special appeal was granted", "appeal-special"),
        APPEAL_RANGE,
        _granted("compensation", "another exam makes up for this one", "compensation"),
    ),
    grants=(grant("way", route_taken),),
    words=Words(met="exam requirement met", learner="student", target="exam"),
)
