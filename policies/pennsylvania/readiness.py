"""Pennsylvania's course requirement, and two pathways that follow it: career concentrator, alternative assessment."""

from collections.abc import Callable

from ledger.policy import (
    UNKNOWN,
    Citation,
    Confidence,
    FactDefinition,
    FactType,
    Reads,
    all_of,
    any_of,
    clause,
    count_of,
    fact,
    param,
)
from ledger.policy.rules import Rule
from ledger.policy.terms import Node
from policies.pennsylvania.keystones import AREAS, SECTION_121, Area, best, passed

ACT_6 = Citation("24 P.S. §1-121(c)", confidence=Confidence.SECONDARY)
"""Career and technical education concentrators (Act 6 of 2017): read in districts' summaries."""

PROGRAM = "requirement/us-pa/career-program"
EVIDENCE = "requirement/us-pa/evidence"
"""What the evidence of the career program, and all other evidence of readiness, is recorded about."""

PROGRAM_FACTS = (
    FactDefinition(
        "concentrator",
        "career and technical education concentrator",
        "status.1",
        FactType.BOOLEAN,
        Reads.STATUS,
        arguments=(("code", "us-pa/career-concentrator"),),
        when_none=UNKNOWN,
    ),
    passed("certified", "industry competency certification for the program", "us-pa/industry-certification", PROGRAM),
    passed("likely_to_succeed", "high likelihood of success on it", "us-pa/likelihood-of-success", PROGRAM),
    passed("ready_to_continue", "readiness to go on with the program", "us-pa/continued-engagement", PROGRAM),
)

ASSESSMENT_FACTS = (
    best("act", "best ACT composite score", "act", EVIDENCE),
    best("sat", "best SAT score", "sat", EVIDENCE),
    best("psat", "best PSAT/NMSQT score", "psat-nmsqt", EVIDENCE),
    best("asvab", "best ASVAB AFQT score", "asvab-afqt", EVIDENCE),
    passed("apprenticed", "pre-apprenticeship completed", "us-pa/pre-apprenticeship", EVIDENCE),
    passed(
        "four_year_college",
        "accepted by an accredited four-year nonprofit college",
        "us-pa/four-year-college",
        EVIDENCE,
    ),
    passed("college_ready", "evidence of readiness for college-level work", "us-pa/college-readiness", EVIDENCE),
)


def _course_in(area: Area) -> Rule:
    return clause(
        f"course-{area.code}",
        f"{area.title}: Proficient, or the locally established grade-based requirement of the course is met.",
        any_of(area.score >= param.proficient, area.course_met),
        SECTION_121,
        next=f"meet the grade requirement of the {area.title} course",
    )


COURSES = all_of(*(_course_in(area) for area in AREAS))


CONCENTRATOR = all_of(
    clause(
        "concentrator",
        "The student is a career and technical education concentrator.",
        fact.concentrator,
        ACT_6,
        next="become a career and technical education concentrator",
    ),
    any_of(
        clause(
            "certification",
            "The industry competency certification of the program has been earned.",
            fact.certified,
            ACT_6,
            next="earn the certification of the program",
        ),
        clause(
            "likely-success",
            "A high likelihood of success on the program's industry competency assessment has been shown.",
            fact.likely_to_succeed,
            ACT_6,
            next="show that success on the program's assessment is likely",
        ),
        clause(
            "continued-engagement",
            "Readiness for continued engagement in the program has been shown.",
            fact.ready_to_continue,
            ACT_6,
            next="show readiness to go on with the program",
        ),
    ),
)


def _in_each_area(identity: str, says: str, reached: Callable[[Area], Node], next_step: str) -> Rule:
    """Ask for something in every area in which the learner is not Proficient."""
    return all_of(
        *(
            clause(
                f"{identity}-{area.code}",
                f"{area.title}: Proficient, or {says} in this area.",
                any_of(area.proficient, reached(area)),
                SECTION_121,
                next=f"{next_step} in the area of {area.title}",
            )
            for area in AREAS
        )
    )


ALTERNATIVE_ASSESSMENT = any_of(
    clause("act", "ACT composite of {act} or higher.", fact.act >= param.act, SECTION_121, next="take the ACT"),
    clause("sat", "SAT of {sat} or higher.", fact.sat >= param.sat, SECTION_121, next="take the SAT"),
    clause("psat", "PSAT/NMSQT of {psat} or higher.", fact.psat >= param.psat, SECTION_121, next="take the PSAT/NMSQT"),
    clause(
        "asvab",
        "ASVAB AFQT of {asvab} or higher, the lowest score a service branch admits in the year of graduation.",
        fact.asvab >= param.asvab,
        SECTION_121,
        next="take the ASVAB",
    ),
    clause(
        "workkeys",
        "WorkKeys certificate Gold (level {workkeys}) or higher.",
        count_of(fact.workkeys, fact.workkeys_level >= param.workkeys) >= 1,
        SECTION_121,
        next="earn WorkKeys Gold",
    ),
    clause(
        "pre-apprenticeship",
        "A pre-apprenticeship program has been completed.",
        fact.apprenticed,
        SECTION_121,
        next="complete a pre-apprenticeship",
    ),
    clause(
        "four-year-college",
        "Accepted by an accredited four-year nonprofit college, with evidence of readiness for college-level work.",
        all_of(fact.four_year_college, fact.college_ready),
        SECTION_121,
        next="be accepted by a four-year college, and show readiness for its work",
    ),
    _in_each_area(
        "ap",
        "{ap} or higher on an Advanced Placement examination",
        lambda area: area.fact("ap") >= param.ap,
        "pass an AP examination",
    ),
    _in_each_area(
        "ib",
        "{ib} or higher on an International Baccalaureate examination",
        lambda area: area.fact("ib") >= param.ib,
        "pass an IB examination",
    ),
    _in_each_area(
        "college-course",
        "a concurrent or college course completed",
        lambda area: area.fact("college_course"),
        "complete a college course",
    ),
)
