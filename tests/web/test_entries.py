"""What a learner's page says of cohorts, support, votes and choices."""

from pathlib import Path

import pytest

from ledger.application.learning import record
from ledger.domain.learner import ChoiceMade, CohortSet, PanelMember, PanelVoted, StatusSet, SupportProvided
from ledger.domain.shapes import Subject
from tests.support.ledgers import author, opened
from tests.web.support import NOW, sign_in, staff, words
from web import create_app
from web.ledgers import ledgers_of

COURSE = Subject(kind="course", id="ALG")
MEMBERS = (PanelMember(role="teacher", vote="yes"), PanelMember(role="expert", vote="no"))
SAID = (
    CohortSet(clock="class", year=2027, day=None),
    StatusSet(code="us-xx/status", holds=True),
    SupportProvided(subject=COURSE, kind="tutoring", occurred="2026-03-05", hours="1.5"),
    PanelVoted(body="review", subject=None, occurred="2026-03-06", result="sent_back", members=MEMBERS),
    ChoiceMade(choice="path", options=("stem",), subject=COURSE, occurred="2026-03-07"),
)


@pytest.mark.parametrize(
    "expected",
    [
        "Also on record",
        "not dated Cohort: class 2027 the learner 1",
        "Status: us-xx/status holds the learner 2",
        "Support: tutoring provided, 1.5 hours ALG 3",
        "Panel: review: sent back (1 yes, 1 no) the learner 4",
        "7 March 2026 Choice: path: stem ALG 5",
    ],
)
def test_the_page_lists_what_was_said(tmp_path: Path, expected: str) -> None:
    """Each has a line with its day, what it says, its subject and its entry."""
    with opened(tmp_path) as ledger:
        learner = ledger.vault.learner_id("S-1")
        for payload in SAID:
            record(ledger, author(ledger), learner, payload)
        staff(ledger)
    app = create_app(tmp_path, clock=lambda: NOW, environment={})
    said = words(sign_in(app.test_client(), "tester").get(f"/us-xx/learners/{learner}"))
    ledgers_of(app).close()

    assert expected in said
