"""Virginia: a verified credit awarded by a local panel, for a score just below the line."""

from datetime import date

from ledger.policy import (
    FactDefinition,
    FactType,
    Policy,
    Question,
    Reads,
    Words,
    all_of,
    any_of,
    clause,
    count_of,
    fact,
    grant,
    panel,
    param,
)
from policies.virginia import DIVISIONS
from policies.virginia.sittings import COURSE_PASSED, GRADE_9_ENTRY, IN_BAND, SCORES_IN_BAND, SITTINGS, TRIES

POLICY = "us-va/locally-awarded-verified-credit"
PANEL = (("body", "us-va/local-review-panel"),)

AWARDED_SO_FAR = FactDefinition(
    "awarded_so_far",
    "verified credits awarded locally in other courses",
    "awarded.1",
    FactType.FRACTION,
    Reads.DECISION,
    unit="verified credits",
    arguments=(
        ("question", "CREDIT"),
        ("award", "locally-verified"),
        ("policy", POLICY),
        ("key", "verified_credit"),
        ("year_starts", ""),
    ),
    when_none=0,
    lowest=0,
)

PANEL_RESULT = FactDefinition(
    "panel_result",
    "result of the local panel's last vote",
    "panel_result.1",
    FactType.CHOICE,
    Reads.PANEL,
    arguments=PANEL,
    choices=("carried", "not_carried", "sent_back"),
)

PANEL_VOTES = FactDefinition(
    "panel_votes",
    "educators who took part in the local panel's last vote",
    "panel_votes.1",
    FactType.INTEGER,
    Reads.PANEL,
    unit="members",
    arguments=(*PANEL, ("vote", "cast"), ("role", "")),
    when_none=0,
    lowest=0,
)

ACCOMMODATED = count_of(fact.sittings, all_of(IN_BAND, fact.accommodated)) >= 1

credit = Policy(
    POLICY,
    date(2004, 1, 1),
    Question.CREDIT,
    "Locally awarded verified credit",
    DIVISIONS,
    all_of(
        clause("passed", "The course has been passed.", fact.course_passed, DIVISIONS, next="pass the course"),
        clause(
            "tries",
            "The end-of-course test has been taken at least {tries_needed} times.",
            fact.tries >= param.tries_needed,
            DIVISIONS,
            next="take the end-of-course test again",
        ),
        panel(
            "panel",
            "A local panel of {quorum} or more educators reviews the evidence and awards the credit; it may also ask "
            "for remediation and another test, or for more work. Its decision is final.",
            decided=fact.panel_votes >= param.quorum,
            carried=fact.panel_result.is_("carried"),
            sent_back=fact.panel_result.is_("sent_back"),
            cites=DIVISIONS,
            next="bring the evidence before the local panel",
        ),
    ),
    eligible=all_of(
        clause(
            "band",
            "A score from {band_from} to {band_to} on at least one try, once the test has been taken.",
            any_of(fact.tries <= 0, SCORES_IN_BAND >= 1),
            DIVISIONS,
        ),
        clause(
            "cap",
            "Locally awarded verified credits, this one included: {most} at most; under credit accommodations "
            "there is no limit.",
            any_of(fact.awarded_so_far + 1 <= param.most, ACCOMMODATED),
            DIVISIONS,
        ),
    ),
    jurisdiction="us-va",
    subject="course",
    award="locally-verified",
    sheet=(COURSE_PASSED, TRIES, SITTINGS, GRADE_9_ENTRY, AWARDED_SO_FAR, PANEL_RESULT, PANEL_VOTES),
    grants=(
        grant("verified_credit", 1),
        grant("credit_type", "locally awarded verified credit"),
        grant("diploma", "Standard Diploma only", when=any_of(param.standard_diploma_only, ACCOMMODATED)),
    ),
    words=Words(
        met="awarded locally",
        denied="not awarded by the panel",
        needs_panel="before the local panel",
        learner="student",
        target="course",
    ),
)
