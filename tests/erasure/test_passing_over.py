"""Whoever asks about everybody passes over a learner whose payloads were erased: previews, what-ifs, pages."""

from datetime import date

import pytest

from ledger.application.previewing import preview
from ledger.application.records import folded_record
from ledger.deciding.again import Again
from ledger.domain.learner import Decided
from ledger.errors import EvidenceErased
from tests.erasure.school import School
from tests.erasure.support import stream_events
from tests.support.people import signed_in
from tests.support.suppositions import THREE_KINDS, supposing
from web import create_app
from web.ledgers import ledgers_of

MASTERY = "competency-based/mastery"
TODAY = date(2026, 6, 15)


def test_a_preview_tells_of_the_others_alone(school: School) -> None:
    """A change of rules would do nothing to a learner of whom nothing but decisions is left."""
    before = preview(school.ledger, supposing(school.ledger, MASTERY, THREE_KINDS), TODAY)

    school.erased()

    after = preview(school.ledger, supposing(school.ledger, MASTERY, THREE_KINDS), TODAY)
    assert {school.gone, school.stays} == {row.learner for row in before.rows}
    assert {school.stays} == {row.learner for row in after.rows}


def test_no_fact_is_made_of_what_is_left(school: School) -> None:
    """Making a past decision again on what is left is refused: its facts would be others."""
    made = next(one for one in stream_events(school.ledger, school.gone) if isinstance(one, Decided))
    school.erased()
    record = folded_record(school.ledger, f"learner/{school.gone}")

    with pytest.raises(EvidenceErased, match=f"payloads of learner {school.gone} were erased"):
        Again(school.ledger.governance(), school.ledger.shelf()).answer(made, record)


def test_pages_show_what_stands(school: School) -> None:
    """The pages of the learner and of each decision open, and say that it was erased."""
    school.erased()
    app = create_app(school.ledger.home.path, environment={})
    client = signed_in(app, "us-xx")

    page = client.get(f"/us-xx/learners/{school.gone}")
    listed = client.get(f"/us-xx/decisions.json?rows=100&learner={school.gone}").get_json()["rows"]
    shown = [client.get(f"/us-xx/decisions/{one['position']}") for one in listed]

    ledgers_of(app).close()
    assert (200, {200}) == (page.status_code, {one.status_code for one in shown})
    assert "entries erased: retention schedule 12" in page.get_data(as_text=True)
    assert all(school.gone[:4] in one.get_data(as_text=True) for one in shown)
