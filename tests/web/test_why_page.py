"""The page that opens one answer a change would alter."""

from flask import Flask
from markupsafe import escape

from tests.web.changing import said, somebody, submitted
from tests.web.support import words


def lost(app: Flask, question: str = "MASTERY") -> tuple[str, dict[str, str]]:
    """Return the address and the row of one answer that would be lost."""
    client = submitted(app).client
    rows = client.get("/us-tx/changes/1/preview.json?kind=loss&rows=100").get_json()["rows"]
    row = next(one for one in rows if one["question"] == question)
    asked = "&".join(f"{name}={row[name]}" for name in ("question", "subject", "award"))
    return f"/us-tx/changes/1/preview/{row['learner']}?{asked}", row


def test_an_answer_is_explained_without_the_change_and_with_it(own: Flask) -> None:
    """Both trees stand side by side, each with the level it asks for."""
    address, row = lost(own)
    page = words(somebody(own, "m.ortiz").client.get(address))

    assert f"{row['name']}" in page
    assert "Without it : ✓ mastered level 3" in page
    assert "With it : ○ not yet" in page
    assert "Level 3 or higher in 2 or more different kinds of task." in page
    assert "Level 4 or higher in 2 or more different kinds of task." in page


def test_every_row_of_the_list_leads_to_its_reasons(own: Flask) -> None:
    """The link of a row is the address of its page."""
    address, row = lost(own)
    page = somebody(own, "m.ortiz").client.get("/us-tx/changes/1/preview?kind=loss&rows=100").text

    assert address.replace("&", "&amp;") in page
    assert page.count("Why<span") == 23
    assert str(escape(row["name"])) in page


def test_the_reasons_are_data_too(own: Flask) -> None:
    """The same comes as JSON."""
    address, row = lost(own)
    found = somebody(own, "m.ortiz").client.get(address.replace("?", ".json?")).get_json()

    assert found["row"]["learner"] == row["learner"]
    assert (found["without"]["outcome"], found["supposed"]["outcome"]) == ("met", "not_yet")


def test_a_rule_that_ends_leaves_nothing_to_ask(own: Flask) -> None:
    """Where no rule would be asked the page says so."""
    ortiz = submitted(own)
    ortiz.step("withdraw", {"reason": "Another way."})
    rows = ortiz.client.get("/us-tx/policies.json").get_json()
    position = next(one["position"] for one in rows if one["policy"] == "competency-based/readiness")
    fields = {"first_day": "2026-06-05", "body": "Board of trustees", "reason": "Nobody needs it."}
    ortiz.send(f"/us-tx/changes/new/end/{position}", fields)
    ortiz.step("preview", change=2)
    row = ortiz.client.get("/us-tx/changes/2/preview.json").get_json()["rows"][0]
    asked = f"question={row['question']}&subject={row['subject']}"

    assert "No rule would be asked." in said(ortiz, f"/us-tx/changes/2/preview/{row['learner']}?{asked}")


def test_an_answer_that_stays_has_no_page(own: Flask) -> None:
    """What the change does not alter is not found."""
    address, _ = lost(own)
    response = somebody(own, "m.ortiz").client.get(address.partition("?")[0])

    assert response.status_code == 404
    assert "Change 1 alters no such answer about this learner." in words(response)
