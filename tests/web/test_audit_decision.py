"""Beside a decision: made again, proved, asked under another rule, taken away."""

import hashlib
import io
import zipfile
from dataclasses import replace

from flask import Flask

from ledger.catalogue import Catalogue
from tests.web.auditing import BASIS, auditor, change, decision_of, opened, signed
from tests.web.support import words
from web.ledgers import ledgers_of

STRICTER = "competency-based/mastery@2000-01-01"


def test_a_decision_whose_evidence_was_edited_is_not_identical(own: Flask) -> None:
    """Where a row was edited before it, the page gives the verdict and names the row."""
    person = auditor(own)
    learner = opened(own).ledger.vault.find("S-3") or ""
    position = decision_of(person, learner)
    change(own, "UPDATE stored_events SET state = replace(state, 'Test', 'Quiz') WHERE position = ?", position - 1)
    said = words(person.client.get(f"/us-tx/decisions/{position}"))

    assert "Made again just now from the ledger alone: evidence altered" in said


def test_the_proof_of_a_decision_is_told_line_by_line(own: Flask) -> None:
    """From the event over leaf and path to checkpoint and signature every line holds once the log is signed."""
    person = auditor(own)
    position = decision_of(person, opened(own).ledger.vault.find("S-1") or "", "CREDIT")
    before = person.client.get(f"/us-tx/decisions/{position}/proof.json").get_json()
    signed(own)
    after = person.client.get(f"/us-tx/decisions/{position}/proof.json").get_json()
    row = opened(own).ledger.log.recorder.at(position)

    assert [line["step"] for line in after["lines"]] == [
        "event",
        "leaf",
        "path",
        "checkpoint",
        "signature",
        "witnesses",
    ]
    assert {line["holds"] for line in after["lines"][:-1]} == {"holds"}
    assert row is not None
    assert after["lines"][0]["hash"] == hashlib.sha256(row[4]).hexdigest()
    assert [line["holds"] for line in before["lines"]] == ["holds", "holds", "open"]


def test_a_line_that_does_not_hold_is_red_and_the_others_are_told(own: Flask) -> None:
    """Of an event that was changed after it was signed, the leaf fails, and no other line does."""
    person = auditor(own)
    signed(own)
    position = decision_of(person, opened(own).ledger.vault.find("S-1") or "", "CREDIT")
    edit = "UPDATE stored_events SET state = CAST(replace(state, 'CREDIT', 'MASTERY') AS BLOB) WHERE position = ?"
    change(own, edit, position)
    view = person.client.get(f"/us-tx/events/{position}.json").get_json()
    said = words(person.client.get(f"/us-tx/events/{position}"))

    assert [line["step"] for line in view["lines"] if line["holds"] == "fails"] == ["leaf"]
    assert "The leaf does not speak for this event: it does not fit its leaf." in said
    assert "A line does not hold : what stands here is not what was signed" in said


def test_the_receipt_and_the_proof_are_files(covered: Flask) -> None:
    """A credit that is signed has a receipt and a proof to take away."""
    person = auditor(covered)
    position = decision_of(person, opened(covered).ledger.vault.find("S-1") or "", "CREDIT")
    page = f"/us-tx/decisions/{position}"
    receipt = person.client.get(f"{page}/receipt.json")
    proof = person.client.get(f"{page}/proof.tlog-proof")

    assert receipt.get_json()["position"] == position
    assert proof.text.startswith("c2sp.org/tlog-proof@v1\n")
    assert f'{page}/receipt.json">' in person.client.get(page).text


def test_another_rule_is_asked_as_a_what_if_with_both_trees(covered: Flask) -> None:
    """The page says loudly what it is not, and shows the decision and the other answer side by side."""
    person = auditor(covered)
    learner = opened(covered).ledger.vault.find("S-3") or ""
    page = f"/us-tx/decisions/{decision_of(person, learner)}/other-rule"
    said = words(person.client.get(f"{page}?rule={STRICTER}&param.level=4"))
    found = person.client.get(f"{page}.json?rule={STRICTER}&param.level=4").get_json()

    assert "What-if, not a replay." in said
    assert "The outcome would have been another:" in said
    assert (found["kind"], found["decided"], found["would_be"]) == ("what-if", "met", "not_yet")
    assert found["values"] == [["level", "4"]]


def test_a_rule_that_cannot_be_asked_says_why(covered: Flask) -> None:
    """A value that does not fit stands at its field; a rule that answers something else is not there."""
    person = auditor(covered)
    page = f"/us-tx/decisions/{decision_of(person, opened(covered).ledger.vault.find('S-3') or '')}/other-rule"
    wrong = person.client.get(f"{page}?rule={STRICTER}&param.level=many")
    other = person.client.get(f"{page}?rule=us-tx/credit-by-examination@2021-08-16")

    assert wrong.status_code == 422
    assert "'many' does not fit" in words(wrong)
    assert other.status_code == 404


def test_a_decision_is_made_again_without_the_plugin_it_was_made_by(own: Flask, installed: Catalogue) -> None:
    """With every plugin uninstalled the archived rule gives the same answer."""
    person = auditor(own)
    position = decision_of(person, opened(own).ledger.vault.find("S-1") or "", "CREDIT")
    ledgers_of(own).catalogue = replace(installed, policies=(), facts={}, jurisdictions={})

    assert "Made again just now from the ledger alone: identical" in words(
        person.client.get(f"/us-tx/decisions/{position}")
    )


def test_a_bundle_is_taken_away_and_written_down(covered: Flask) -> None:
    """The file names nobody and holds the decision; that it was given out stands in the learner's stream, once."""
    person = auditor(covered)
    learner = opened(covered).ledger.vault.find("S-1") or ""
    page = f"/us-tx/decisions/{decision_of(person, learner, 'CREDIT')}/bundle"
    fields = {**person.hidden(page), "basis": BASIS}
    first = person.send(page, fields)
    again = person.client.post(
        page, data=fields, headers={"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    )
    given = [one.data for one in opened(covered).ledger.log.stream(f"learner/{learner}") if hasattr(one.data, "form")]

    assert "bundle.json" in zipfile.ZipFile(io.BytesIO(first.data)).namelist()
    assert b"Abara" not in first.data
    assert again.data == first.data
    assert [(one.basis, one.form) for one in given] == [(BASIS, "bundle")]


def test_a_bundle_needs_a_basis_and_a_checkpoint(own: Flask) -> None:
    """Without a basis, or before anything was signed, nothing is given out, and the form says why."""
    person = auditor(own)
    page = f"/us-tx/decisions/{decision_of(person, opened(own).ledger.vault.find('S-1') or '', 'CREDIT')}/bundle"
    without, early = person.send(page), person.send(page, {"basis": BASIS})
    pin = person.send(page, {"basis": BASIS, "pin": "no checkpoint"})

    assert (without.status_code, early.status_code, pin.status_code) == (422, 422, 422)
    assert "Name it: it stays on record with the learner." in words(without)
    assert "Nothing is signed yet" in words(early)
    assert "A checkpoint you hold" in words(pin)
