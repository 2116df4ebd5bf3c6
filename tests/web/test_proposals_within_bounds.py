"""What may be proposed: within the law, within the bounds set above, or answered for by a person."""

from flask import Flask

from ledger.application.bound_setting import BoundOrder, set_bound
from ledger.application.governing import pull_upstream
from tests.web.changing import MASTERY, STRICTER, Person, proposed, said, somebody
from tests.web.support import BOARD, FIRST_DAY, TODAY, author, words
from web.ledgers import ledgers_of


def test_an_unverified_policy_is_proposed_knowingly(own: Flask) -> None:
    """Without the tick it is refused in words of the page; with it, it is proposed."""
    ortiz = somebody(own, "m.ortiz")
    address = "/us-tx/changes/new/policy/certification/nurse-aide@2000-01-01"
    fields = {"first_day": "2026-06-05", "body": "Board", "reason": "A programme of our own."}
    refused = ortiz.send(address, fields)
    sent = ortiz.send(address, {**fields, "acknowledge": "yes"})

    assert refused.status_code == 422
    assert "It rests on something nobody has verified; tick this to propose it all the same." in words(refused)
    assert sent.status_code == 303


def test_the_law_s_own_values_cannot_be_set(own: Flask) -> None:
    """They stand in the form to be read; one that is sent all the same is refused, by a learner for whom it matters."""
    ortiz = somebody(own, "m.ortiz")
    address = "/us-tx/changes/new/policy/us-tx/credit-by-examination@2005-03-07"
    page = ortiz.client.get(address)
    sent = ortiz.send(address, {"param.score": "60", "first_day": "2026-06-05", "body": "Board", "reason": "Easier."})

    assert "Nobody below may change it." in words(page)
    assert 'name="param.score"' not in page.text
    assert sent.status_code == 422
    assert "percent correct" in words(sent).lower()
    assert "a student with 60 % on another approved test would be awarded, and is not under the law" in words(sent)


def test_what_cannot_be_proved_is_answered_for(own: Flask) -> None:
    """Whoever proposes may answer for the bounds by name, in a capacity, with a reason."""
    proposed(own, attested="The rules read other facts.", capacity="superintendent")
    governance = ledgers_of(own).open("us-tx").ledger.governance()
    attestation = next(iter(governance.changes)).proposed.attestation

    assert attestation is not None
    assert (attestation.capacity, attestation.day, attestation.reason) == (
        "superintendent",
        "2026-06-05",
        "The rules read other facts.",
    )


def floored(app: Flask, policy: str) -> Person:
    """Let the state set a policy as its floor, and a person of the district act."""
    ledgers = ledgers_of(app)
    state, district = ledgers.open("us-tx").ledger, ledgers.open("us-tx/pine-valley").ledger
    order = BoundOrder(ledgers.catalogue.find(policy, TODAY), ("floor",), FIRST_DAY, BOARD, "Nobody below it.")
    set_bound(state, author(state), order)
    pull_upstream(district, author(district), state)
    return somebody(app, "tester")


def test_a_bound_that_is_broken_is_told_with_a_learner(own: Flask) -> None:
    """Where the state has set a floor, a district's easier rule is refused in words that name a learner."""
    lee = floored(own, "traditional/course")
    address = "/us-tx~pine-valley/changes/new/policy/traditional/course@2000-01-01"
    fields = {"first_day": "2026-06-05", "body": "Board", "reason": "Another mark."}
    refused, accepted = (lee.send(address, {**fields, "param.pass_mark": mark}) for mark in ("60", "80"))

    assert refused.status_code == 422
    assert (
        "Floor of us-tx: refused: a student for whom the average of the graded work is 60 % would be awarded; the "
        "floor is 70 %."
    ) in words(refused)
    assert accepted.status_code == 303, words(accepted)


def test_what_cannot_be_compared_asks_for_a_person(own: Flask) -> None:
    """The field in which a person answers for it stands open, with the reason beside it."""
    lee = floored(own, "competency-based/mastery")
    address = f"/us-tx~pine-valley/changes/new/policy/{MASTERY}"
    refused = lee.send(address, STRICTER)
    accepted = lee.send(address, {**STRICTER, "attested": "Level 4 is above level 3.", "capacity": "superintendent"})
    page = said(lee, "/us-tx~pine-valley/changes/1")

    assert refused.status_code == 422
    assert "Why it keeps within the bounds : Floor of us-tx: not comparable with the floor" in words(refused)
    assert "--attested" not in words(refused)
    assert 'href="#attested"' in refused.text
    assert accepted.status_code == 303
    assert "cannot be proved; a named person answers for it." in page
