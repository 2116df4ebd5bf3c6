"""Ohio: the Science Seal, by a course, a test, or a college-level examination."""

from ledger.policy import any_of, clause, fact, param
from policies.ohio.records import COLLEGE_CREDIT_PLUS, END_OF_COURSE, alternate_level, best_grade, best_score
from policies.ohio.seals import seal
from policies.ohio.sources import SEALS, UNSEEN_SCORES

science = seal(
    "science-seal",
    "Science Seal",
    any_of(
        clause(
            "advanced-course",
            "B or higher in an advanced science course.",
            fact.advanced_grade >= param.grade_b,
            SEALS,
            next="take an advanced science course",
        ),
        clause(
            "biology-test",
            "Proficient on the state test in biology: a scale score of {proficient} or higher.",
            fact.biology_score >= param.proficient,
            SEALS,
            next="take the state test in biology",
        ),
        clause(
            "ap",
            "{ap} or higher on an Advanced Placement examination in a science.",
            fact.ap_score >= param.ap,
            UNSEEN_SCORES,
            next="take an Advanced Placement examination in a science",
        ),
        clause(
            "ib",
            "{ib_standard} or higher in an International Baccalaureate science at standard level, {ib_higher} or "
            "higher at higher level.",
            any_of(fact.ib_standard_score >= param.ib_standard, fact.ib_higher_score >= param.ib_higher),
            UNSEEN_SCORES,
            next="take an International Baccalaureate science",
        ),
        clause(
            "college-course",
            "B or higher in a College Credit Plus science course.",
            fact.college_grade >= param.grade_b,
            SEALS,
            next="take a College Credit Plus science course",
        ),
        clause(
            "alternate-assessment",
            "Basic or higher on the alternate assessment in science, for a student who takes it in place of the test.",
            fact.alternate_level >= param.basic,
            SEALS,
        ),
    ),
    best_grade("advanced_grade", "best grade in an advanced science course", "us-oh/advanced-science-course"),
    best_score("biology_score", "best scale score on the state test in biology", END_OF_COURSE),
    best_score("ap_score", "best Advanced Placement score in a science", "ap"),
    best_score("ib_standard_score", "best International Baccalaureate score, standard level", "ib-standard-level"),
    best_score("ib_higher_score", "best International Baccalaureate score, higher level", "ib-higher-level"),
    best_grade("college_grade", "best grade in a College Credit Plus science course", COLLEGE_CREDIT_PLUS),
    alternate_level("best performance level on the alternate assessment in science"),
)
