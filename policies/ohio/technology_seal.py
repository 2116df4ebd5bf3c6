"""Ohio: the Technology Seal, by an examination, a college course, or a course the department approved."""

from ledger.policy import FieldIs, any_of, clause, fact, param
from policies.ohio.records import COLLEGE_CREDIT_PLUS, best_grade, best_score, on_record
from policies.ohio.seals import seal
from policies.ohio.sources import SEALS

technology = seal(
    "technology-seal",
    "Technology Seal",
    any_of(
        clause(
            "ap",
            "{ap} or higher on the Advanced Placement examination in Computer Science A or Principles.",
            fact.ap_score >= param.ap,
            SEALS,
            next="take the Advanced Placement examination in computer science",
        ),
        clause(
            "ib-standard",
            "{ib_standard} or higher in International Baccalaureate at standard level.",
            fact.ib_standard_score >= param.ib_standard,
            SEALS,
            next="take International Baccalaureate at standard level",
        ),
        clause(
            "ib-higher",
            "{ib_higher} or higher in International Baccalaureate at higher level.",
            fact.ib_higher_score >= param.ib_higher,
            SEALS,
            next="take International Baccalaureate at higher level",
        ),
        clause(
            "college-course",
            "B or higher in a College Credit Plus technology course.",
            fact.college_grade >= param.grade_b,
            SEALS,
            next="take a College Credit Plus technology course",
        ),
        clause(
            "approved-course",
            "Completed a technology course that the department approved.",
            fact.approved_courses >= 1,
            SEALS,
            next="take a technology course that the department approved",
        ),
    ),
    best_score(
        "ap_score",
        "best score in Computer Science A or Principles",
        "ap-computer-science-a",
        "ap-computer-science-principles",
    ),
    best_score("ib_standard_score", "best International Baccalaureate score, standard level", "ib-standard-level"),
    best_score("ib_higher_score", "best International Baccalaureate score, higher level", "ib-higher-level"),
    best_grade("college_grade", "best grade in a College Credit Plus technology course", COLLEGE_CREDIT_PLUS),
    on_record(
        "approved_courses",
        "approved technology courses completed",
        FieldIs("kind", "course_grade"),
        FieldIs("instrument", "us-oh/approved-technology-course"),
        FieldIs("passed", True),
        unit="courses",
    ),
)
