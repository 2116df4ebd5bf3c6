"""Virginia: an expedited retake of the end-of-course test, before the next time everyone takes it."""

from datetime import date

from ledger.policy import (
    Citation,
    Confidence,
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
    final_when,
    not_,
    panel,
    param,
)
from policies.virginia.sittings import COURSE_PASSED, SCORES_IN_BAND, SITTINGS

GUIDANCE = Citation(
    "Virginia Department of Education, graduation requirements: expedited retake", confidence=Confidence.SECONDARY
)
BOARD_2017 = Citation("Board of Education, 28 September 2017; memorandum 325-17", confidence=Confidence.SECONDARY)

VERIFIED = FactDefinition(
    "verified",
    "a verified credit in the course",
    "decision.1",
    FactType.BOOLEAN,
    Reads.DECISION,
    arguments=(("question", "CREDIT"), ("award", "verified")),
    when_none=False,
)

EXTENUATING = FactDefinition(
    "extenuating",
    "extenuating circumstances of a sitting are claimed",
    "status.1",
    FactType.BOOLEAN,
    Reads.STATUS,
    arguments=(("code", "us-va/extenuating-circumstances"),),
    when_none=False,
)

MISSED = FactDefinition(
    "missed",
    "a sitting was missed, and a legitimate reason is claimed",
    "status.1",
    FactType.BOOLEAN,
    Reads.STATUS,
    arguments=(("code", "us-va/missed-sitting"),),
    when_none=False,
)

SUPERINTENDENT = FactDefinition(
    "superintendent",
    "the superintendent's decision",
    "panel_result.1",
    FactType.CHOICE,
    Reads.PANEL,
    arguments=(("body", "us-va/division-superintendent"),),
    choices=("carried", "not_carried", "sent_back"),
)

SCORES_IN_ACCOMMODATED_BAND = count_of(
    fact.sittings,
    all_of(fact.points >= param.accommodated_from, fact.points < param.band_from, fact.accommodated),
)
SCORES_THAT_SUFFICE = count_of(
    fact.sittings,
    all_of(
        fact.points <= param.band_to,
        any_of(
            fact.points >= param.band_from,
            all_of(fact.points >= param.accommodated_from, fact.accommodated),
        ),
    ),
)
FAILED_SITTINGS = count_of(fact.sittings, fact.points <= param.band_to)

retake = Policy(
    "us-va/expedited-retake",
    date(2004, 1, 1),
    Question.CREDIT,
    "Expedited retake of the end-of-course test",
    GUIDANCE,
    all_of(
        clause("passed", "The course has been passed.", fact.course_passed, GUIDANCE, next="pass the course"),
        final_when(
            fact.superintendent.is_("not_carried"),
            any_of(
                clause(
                    "by-score",
                    "A score in one of these bands opens the retake by itself.",
                    SCORES_THAT_SUFFICE >= 1,
                    GUIDANCE,
                ),
                panel(
                    "superintendent",
                    "The division superintendent accepts the circumstances or the reason.",
                    decided=fact.superintendent.exists(),
                    carried=fact.superintendent.is_("carried"),
                    sent_back=fact.superintendent.is_("sent_back"),
                    cites=GUIDANCE,
                    next="bring the claim before the superintendent",
                ),
            ),
        ),
    ),
    eligible=all_of(
        clause("needed", "The verified credit in the course is still needed.", not_(fact.verified), GUIDANCE),
        any_of(
            clause(
                "band",
                "A score from {band_from} to {band_to} on the end-of-course test.",
                SCORES_IN_BAND >= 1,
                GUIDANCE,
            ),
            clause(
                "accommodated-band",
                "A score from {accommodated_from} to below {band_from}, taken under credit accommodations.",
                SCORES_IN_ACCOMMODATED_BAND >= 1,
                BOARD_2017,
            ),
            clause(
                "extenuating",
                "The test was failed by whatever margin, and extenuating circumstances are claimed.",
                all_of(FAILED_SITTINGS >= 1, fact.extenuating),
                GUIDANCE,
            ),
            clause(
                "missed",
                "A sitting was missed, and a legitimate reason is claimed.",
                fact.missed,
                GUIDANCE,
            ),
        ),
    ),
    jurisdiction="us-va",
    subject="course",
    award="verified-retake",
    standing=Standing.CURRENT,
    sheet=(VERIFIED, COURSE_PASSED, SITTINGS, EXTENUATING, MISSED, SUPERINTENDENT),
    words=Words(
        met="may retake the test at once",
        denied="no expedited retake",
        needs_panel="before the superintendent",
        ineligible="not open to an expedited retake",
        learner="student",
        target="course",
    ),
)
