"""How far a change has come, as its page says it."""

import re

from flask import Flask

from tests.web.changing import Person, activated, proposed, said, somebody, submitted


def way(person: Person, change: int = 1) -> list[str]:
    """Return each station of the way with its state."""
    page = person.client.get(f"/us-tx/changes/{change}").text
    return [f"{words}: {state}" for state, words in re.findall(r'<li class="(done|current|ahead)"[^>]*>([^<]+)', page)]


def test_the_next_station_is_the_one_to_be_passed(own: Flask) -> None:
    """Before the preview it is the preview, then the request, then the approval."""
    ortiz = proposed(own)
    stations = [next(one for one in way(ortiz) if "current" in one)]
    for step in ("preview", "submit"):
        ortiz.step(step)
        stations += [one for one in way(ortiz) if "current" in one]

    assert stations == ["Preview: current", "Request for approval: current", "Approval: current"]


def test_what_governs_has_passed_all(own: Flask) -> None:
    """No station is ahead."""
    assert {one.partition(": ")[2] for one in way(activated(own))} == {"done"}


def test_what_was_withdrawn_goes_no_further(own: Flask) -> None:
    """The stations passed stay, and none is the next."""
    ortiz = submitted(own)
    ortiz.step("withdraw", {"reason": "Not now."})
    early = somebody(own, "tester")
    early.send(
        "/us-tx/changes/new/policy/shared/behind@2000-01-01",
        {
            "first_day": "2026-06-05",
            "body": "Board of trustees",
            "reason": "To see earlier who falls behind.",
        },
    )
    early.step("withdraw", {"reason": "Not now either."}, change=2)

    assert [one.partition(": ")[2] for one in way(ortiz)] == ["done"] * 3 + ["ahead"] * 3
    assert [one.partition(": ")[2] for one in way(early, 2)] == ["done"] + ["ahead"] * 5
    assert "It was never previewed." in said(early, "/us-tx/changes/2")


def test_the_address_of_a_step_leads_to_the_change(own: Flask) -> None:
    """Whoever loads again the page that a form was sent to sees the change."""
    response = proposed(own).client.get("/us-tx/changes/1/withdraw")

    assert (response.status_code, response.headers["Location"]) == (302, "/us-tx/changes/1")


def test_a_step_that_is_refused_keeps_what_was_typed_open(own: Flask) -> None:
    """The form stays unfolded with the reason in it."""
    activated(own)
    ortiz = somebody(own, "m.ortiz")
    fields = {"first_day": "2020-01-01", "body": "Board of trustees", "reason": "Too many lost what they had shown."}
    response = ortiz.step("roll-back", fields)

    assert response.status_code == 409
    assert "<details open><summary>Roll back</summary>" in response.text
    assert "Too many lost what they had shown." in response.text


def test_days_stand_in_words(own: Flask) -> None:
    """The day of activation is written like every other day."""
    assert "For 5 June 2026 (America/Chicago)." in said(activated(own), "/us-tx/changes/1/history")


def test_a_preview_that_no_longer_holds_is_to_be_made_again(own: Flask) -> None:
    """Where another rule governs since, the way leads back to the preview, and the page says what moved."""
    ortiz = submitted(own)
    fields = {"first_day": "2026-06-05", "body": "Board of trustees", "reason": "Nobody needs it."}
    rows = ortiz.client.get("/us-tx/policies.json").get_json()
    position = next(one["position"] for one in rows if one["policy"] == "competency-based/readiness")
    ortiz.send(f"/us-tx/changes/new/end/{position}", fields)
    for step in ("preview", "submit"):
        ortiz.step(step, change=2)
    lee = somebody(own, "d.lee")
    for step in ("approve", "schedule", "activate"):
        lee.step(step, change=2)

    assert "Preview: current" in way(lee)
    assert "It no longer holds: What governs readiness changed (position" in said(lee, "/us-tx/changes/1").replace(
        " :", ":"
    )
