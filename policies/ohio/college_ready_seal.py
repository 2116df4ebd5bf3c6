"""Ohio: the College-Ready Seal, free of remediation in every subject by the ACT or by the SAT."""

from ledger.policy import all_of, any_of, clause, fact, param
from policies.ohio.records import best_score
from policies.ohio.seals import seal
from policies.ohio.sources import SEALS

NEXT = "take the ACT or the SAT"

college_ready = seal(
    "college-ready-seal",
    "College-Ready Seal",
    any_of(
        all_of(
            clause(
                "act-english",
                "ACT English {act_english} or higher.",
                fact.act_english >= param.act_english,
                SEALS,
                next=NEXT,
            ),
            clause(
                "act-reading",
                "ACT reading {act_reading} or higher.",
                fact.act_reading >= param.act_reading,
                SEALS,
                next=NEXT,
            ),
            clause(
                "act-mathematics",
                "ACT mathematics {act_mathematics} or higher.",
                fact.act_mathematics >= param.act_mathematics,
                SEALS,
                next=NEXT,
            ),
        ),
        all_of(
            clause(
                "sat-reading-writing",
                "SAT evidence-based reading and writing {sat_reading_writing} or higher.",
                fact.sat_reading_writing >= param.sat_reading_writing,
                SEALS,
                next=NEXT,
            ),
            clause(
                "sat-mathematics",
                "SAT mathematics {sat_mathematics} or higher.",
                fact.sat_mathematics >= param.sat_mathematics,
                SEALS,
                next=NEXT,
            ),
        ),
    ),
    best_score("act_english", "best ACT English score", "act-english"),
    best_score("act_reading", "best ACT reading score", "act-reading"),
    best_score("act_mathematics", "best ACT mathematics score", "act-mathematics"),
    best_score("sat_reading_writing", "best SAT evidence-based reading and writing score", "sat-reading-and-writing"),
    best_score("sat_mathematics", "best SAT mathematics score", "sat-mathematics"),
)
