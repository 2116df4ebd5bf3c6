"""Ohio: the Citizenship Seal, for American History and for American Government, each in its own way."""

from ledger.policy import Reads, any_of, clause, each, fact, param
from policies.ohio.records import COLLEGE_CREDIT_PLUS, END_OF_COURSE, best_grade, best_score, named, subjects
from policies.ohio.seals import seal
from policies.ohio.sources import SEALS, UNSEEN_SCORES

SUBJECTS = subjects(
    "subjects",
    "American History and American Government",
    ("requirement/us-oh/american-history", "requirement/us-oh/american-government"),
    Reads.EVIDENCE,
    named("subject", "subject", Reads.EVIDENCE),
    best_score("test_score", "best scale score on the end-of-course test", END_OF_COURSE),
    best_score("ap_score", "best Advanced Placement score", "ap"),
    best_score("ib_standard_score", "best International Baccalaureate score, standard level", "ib-standard-level"),
    best_score("ib_higher_score", "best International Baccalaureate score, higher level", "ib-higher-level"),
    best_grade("college_grade", "best grade in a College Credit Plus course", COLLEGE_CREDIT_PLUS),
    best_grade("course_grade", "best grade in the course", "us-oh/course"),
)

citizenship = seal(
    "citizenship-seal",
    "Citizenship Seal",
    each(
        fact.subjects,
        any_of(
            clause(
                "test",
                "Proficient on the end-of-course test: a scale score of {proficient} or higher.",
                fact.test_score >= param.proficient,
                SEALS,
                next="take the end-of-course test",
            ),
            clause(
                "ap",
                "{ap} or higher on the Advanced Placement examination.",
                fact.ap_score >= param.ap,
                SEALS,
                next="take the Advanced Placement examination",
            ),
            clause(
                "ib",
                "{ib_standard} or higher in International Baccalaureate at standard level, {ib_higher} or higher at "
                "higher level.",
                any_of(fact.ib_standard_score >= param.ib_standard, fact.ib_higher_score >= param.ib_higher),
                UNSEEN_SCORES,
                next="take International Baccalaureate in the subject",
            ),
            clause(
                "college-course",
                "B or higher in a College Credit Plus course.",
                fact.college_grade >= param.grade_b,
                SEALS,
                next="take a College Credit Plus course",
            ),
            clause(
                "course",
                "B or higher in the course.",
                fact.course_grade >= param.grade_b,
                SEALS,
                next="reach a B in the course",
            ),
        ),
        name=fact.subject,
    ),
    SUBJECTS,
)
