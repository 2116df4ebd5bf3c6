"""New York: what the Regents diploma and the local diploma ask of the required Regents exams."""

from datetime import date

from ledger.policy import (
    UNKNOWN,
    FactDefinition,
    FactType,
    Policy,
    Question,
    Reads,
    Words,
    all_of,
    clause,
    count_of,
    each,
    fact,
    grant,
    param,
)
from policies.new_york.exams import APPEALS, SAFETY_NETS

EXAM_DECISION = (("question", "CERTIFICATION"), ("award", "exam"))

EXAMS = FactDefinition(
    "exams",
    "required exams",
    "subjects.1",
    FactType.LIST,
    Reads.DECISION,
    arguments=(("of", param.required_exams),),
    when_none=(),
    members=(
        FactDefinition("exam", "code of the exam", "item.id", FactType.TEXT, Reads.DECISION),
        FactDefinition(
            "met",
            "the exam requirement is met",
            "decision.1",
            FactType.BOOLEAN,
            Reads.DECISION,
            arguments=EXAM_DECISION,
            when_none=False,
        ),
        FactDefinition(
            "way",
            "the way in which it is met",
            "granted.1",
            FactType.TEXT,
            Reads.DECISION,
            arguments=(*EXAM_DECISION, ("key", "way")),
            when_none=UNKNOWN,
        ),
    ),
)

exams_by_appeal = count_of(fact.exams, fact.way.in_(param.appeals))

WORDS = Words(met="exams for the diploma met", learner="student", target="diploma")

EXAM_MET = clause(
    "exam",
    "The exam is passed, or met by an appeal or a safety net.",
    fact.met,
    SAFETY_NETS,
    next="meet the requirement of every exam",
)

regents = Policy(
    "us-ny/regents-diploma",
    date(2005, 8, 1),
    Question.GRADUATION,
    "Regents exams for the Regents diploma",
    APPEALS,
    all_of(
        each(
            fact.exams,
            all_of(
                EXAM_MET,
                clause(
                    "way",
                    "In a way that leaves the Regents diploma open: passed, by a special appeal, or by an appeal.",
                    fact.way.in_(param.regents_ways),
                    APPEALS,
                    next="pass the exam, or have it met by an appeal that leaves the Regents diploma open",
                ),
            ),
            name=fact.exam,
        ),
        clause(
            "appeals",
            "At most {regents_appeals} exam by appeal; special appeals do not count.",
            exams_by_appeal <= param.regents_appeals,
            APPEALS,
            next="pass an exam that was appealed",
        ),
    ),
    jurisdiction="us-ny",
    subject="learner",
    award="regents",
    sheet=(EXAMS,),
    grants=(grant("diploma", "Regents diploma"),),
    words=WORDS,
)

local = Policy(
    "us-ny/local-diploma",
    date(2005, 8, 1),
    Question.GRADUATION,
    "Regents exams for the local diploma",
    SAFETY_NETS,
    all_of(
        each(fact.exams, EXAM_MET, name=fact.exam),
        clause(
            "appeals",
            "At most {local_appeals} exams by appeal; special appeals do not count.",
            exams_by_appeal <= param.local_appeals,
            APPEALS,
            next="pass an exam that was appealed",
        ),
    ),
    jurisdiction="us-ny",
    subject="learner",
    award="local",
    sheet=(EXAMS,),
    grants=(grant("diploma", "local diploma"),),
    words=WORDS,
)
