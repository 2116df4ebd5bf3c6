"""Pennsylvania's evidence-based pathway: pieces of evidence of two lists, each examination once."""

from ledger.policy import Counted, FactDefinition, FactType, FieldIs, Reads, all_of, clause, count_of, fact, param
from ledger.policy.terms import SumTerm
from policies.pennsylvania.keystones import AREAS, KEYSTONE, SECTION_121, best
from policies.pennsylvania.readiness import EVIDENCE


def _one_of_each(name: str, says: str, instrument: str, each: str, member: FactDefinition) -> FactDefinition:
    """Define the results on an instrument as pieces: of those equal in a field only the best one is listed."""
    return FactDefinition(
        name,
        says,
        "items.1",
        FactType.LIST,
        Reads.EVIDENCE,
        measure="value",
        where=(Counted(), FieldIs("instrument", instrument)),
        arguments=(("each", each), ("one", "best")),
        about=EVIDENCE,
        when_none=(),
        members=(member,),
    )


def _score(name: str, says: str) -> FactDefinition:
    return FactDefinition(name, says, "item.value", FactType.FRACTION, Reads.EVIDENCE, measure="value")


PIECE_FACTS = (
    _one_of_each(
        "sat_subject_tests",
        "SAT Subject tests, the best result of each",
        "sat-subject",
        "item",
        _score("sat_subject_score", "score of the SAT Subject test"),
    ),
    _one_of_each(
        "ap_examinations",
        "Advanced Placement examinations, the best result of each",
        "ap",
        "item",
        _score("ap_score", "score of the Advanced Placement examination"),
    ),
    _one_of_each(
        "ib_examinations",
        "International Baccalaureate examinations, the best result of each",
        "ib",
        "item",
        _score("ib_score", "score of the International Baccalaureate examination"),
    ),
    _one_of_each(
        "workkeys",
        "the best WorkKeys certificate",
        "act-workkeys",
        "instrument",
        _score("workkeys_level", "level of the WorkKeys certificate"),
    ),
    FactDefinition(
        "keystones",
        "the three Keystone Exams, the best result of each",
        "subjects.1",
        FactType.LIST,
        Reads.EVIDENCE,
        measure="presence",
        arguments=(("of", tuple(area.about for area in AREAS)),),
        when_none=(),
        members=(
            FactDefinition("keystone", "Keystone Exam", "item.id", FactType.TEXT, Reads.EVIDENCE, measure="presence"),
            best("keystone_score", "best score on the Keystone Exam", KEYSTONE, ""),
        ),
    ),
    FactDefinition(
        "other_pieces",
        "pieces of evidence a person judged complete",
        "items.1",
        FactType.LIST,
        Reads.EVIDENCE,
        measure="presence",
        where=(Counted(), FieldIs("passed", True)),
        about=EVIDENCE,
        when_none=(),
        members=(FactDefinition("piece", "kind of evidence", "item.instrument", FactType.TEXT, Reads.EVIDENCE),),
    ),
    FactDefinition(
        "fits_career_plan",
        "the pieces have been found consistent with the career plan",
        "approved.1",
        FactType.BOOLEAN,
        Reads.APPROVAL,
        measure="passed",
        arguments=(("kind", "plan"),),
        about=EVIDENCE,
        when_none=False,
    ),
)


def _first_list() -> SumTerm:
    """Count the pieces of the first list."""
    return (
        count_of(fact.sat_subject_tests, fact.sat_subject_score >= param.sat_subject_piece)
        + count_of(fact.ap_examinations, fact.ap_score >= param.ap_piece)
        + count_of(fact.ib_examinations, fact.ib_score >= param.ib_piece)
        + count_of(fact.workkeys, fact.workkeys_level >= param.workkeys_piece)
        + count_of(fact.other_pieces, fact.piece.in_(param.first_list))
    )


def _both_lists() -> SumTerm:
    """Count the pieces of either list."""
    return (
        _first_list()
        + count_of(fact.keystones, fact.keystone_score >= param.proficient)
        + count_of(fact.other_pieces, fact.piece.in_(param.second_list))
    )


EVIDENCE_BASED = all_of(
    clause(
        "career-plan",
        "The school has found the pieces of evidence consistent with the learner's goals and career plan.",
        fact.fits_career_plan,
        SECTION_121,
        next="have the evidence checked against the career plan",
    ),
    clause(
        "pieces",
        "{pieces_needed} pieces of evidence, each examination counted once. The first list: SAT Subject test of "
        "{sat_subject_piece} or higher; Advanced Placement examination of {ap_piece} or higher; International "
        "Baccalaureate examination of {ib_piece} or higher; WorkKeys certificate Silver (level {workkeys_piece}) or "
        "higher; acceptance by another kind of college; industry-recognised credential; concurrent or college course. "
        "The second list: Proficient ({proficient} or higher) on a Keystone Exam; service-learning project; letter "
        "guaranteeing full-time work; internship or cooperative education certificate; NCAA core courses with an "
        "average of 2.0.",
        _both_lists() >= param.pieces_needed,
        SECTION_121,
        next="add pieces of evidence",
    ),
    clause(
        "first-list",
        "{from_first_list} or more of these {pieces_needed} is of the first list, so that two at most are of the "
        "second.",
        _first_list() >= param.from_first_list,
        SECTION_121,
        next="add a piece of the first list of evidence",
    ),
)
