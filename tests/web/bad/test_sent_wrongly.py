"""What is sent wrongly is refused with a sentence, and nothing is changed."""

import pytest
from flask import Flask
from werkzeug.routing import AnyConverter, BaseConverter, IntegerConverter
from werkzeug.test import TestResponse

from tests.web.changing import HERE, MASTERY, NEW, STRICTER, Person, activated, proposed, somebody
from tests.web.support import sign_in, words

ELSEWHERE = (
    "Not accepted Only a page of this very address may send something here. Open the page again, and send its form "
    "from there."
)
STALE = "Not accepted This form was made for somebody else, or for a session that is over. Nothing was changed"


def nothing_was_changed(app: Flask) -> bool:
    """Say whether no change was proposed."""
    found: list[object] = somebody(app, "tester").client.get("/us-tx/changes.json").get_json()
    return found == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:8000"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
        {"Sec-Fetch-Site": "none", "Origin": "http://localhost"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://127.0.0.1"},
    ],
)
def test_another_site_cannot_send(own: Flask, headers: dict[str, str]) -> None:
    """A form that comes from anywhere but this very address is refused, token or not."""
    ortiz = somebody(own, "m.ortiz")
    response = ortiz.client.post(NEW, data={**ortiz.hidden(NEW), **STRICTER}, headers=headers)

    assert response.status_code == 403
    assert ELSEWHERE in words(response)
    assert nothing_was_changed(own)


def value_for(name: str, converter: BaseConverter) -> object:
    """Return something an address may hold in this place."""
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return 9 if isinstance(converter, IntegerConverter) else {"scope": "us-tx", "edition": MASTERY}.get(name, "1")


def test_no_address_takes_anything_unguarded(own: Flask) -> None:
    """Whatever can be sent to refuses what is not ours, before it looks at anything else."""
    sendable = [one for one in own.url_map.iter_rules() if "POST" in (one.methods or ()) and "/api/" not in one.rule]
    client, adapter = own.test_client(), own.url_map.bind("localhost")
    addresses = [
        adapter.build(one.endpoint, {name: value_for(name, one._converters[name]) for name in one.arguments})
        for one in sendable
    ]
    refused = {address: client.post(address, data={"x": "1"}).status_code for address in addresses}

    assert len(refused) >= 45
    assert {} == {address: status for address, status in refused.items() if status != 403}


@pytest.mark.parametrize("headers", [{"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"}])
def test_either_header_is_enough(own: Flask, headers: dict[str, str]) -> None:
    """A browser that sends one of the two is believed."""
    ortiz = somebody(own, "m.ortiz")

    assert ortiz.client.post(NEW, data={**ortiz.hidden(NEW), **STRICTER}, headers=headers).status_code == 303


@pytest.mark.parametrize("token", ["", "0" * 64, "ü"])
def test_a_form_without_its_token_is_refused(own: Flask, token: str) -> None:
    """Only what a page of ours gave counts."""
    ortiz = somebody(own, "m.ortiz")
    response = ortiz.send(NEW, {**STRICTER, "token": token})

    assert response.status_code == 403
    assert STALE in words(response)
    assert nothing_was_changed(own)


def test_a_form_made_for_somebody_else_is_refused(own: Flask) -> None:
    """Whoever signed in in another window sends nothing in the name of the one before."""
    ortiz = somebody(own, "m.ortiz")
    form = {**ortiz.hidden(NEW), **STRICTER}
    sign_in(ortiz.client, "d.lee")
    response = ortiz.client.post(NEW, data=form, headers=HERE)

    assert response.status_code == 403
    assert STALE in words(response)
    assert nothing_was_changed(own)


def raw(app: Flask, body: bytes, kind: str) -> TestResponse:
    """Send some bytes as m.ortiz."""
    return somebody(app, "m.ortiz").client.post(NEW, data=body, content_type=kind, headers=HERE)


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data; boundary=x", ""])
def test_only_forms_are_read(own: Flask, kind: str) -> None:
    """Nothing but what an ordinary form sends is taken."""
    response = raw(own, b"{}", kind)

    assert response.status_code == 415
    assert "Only the forms of these pages can be sent here." in words(response)


def test_what_is_too_long_is_not_read(own: Flask) -> None:
    """A body of more than 64 kB is refused."""
    response = raw(own, b"reason=" + b"x" * 70_000, "application/x-www-form-urlencoded")

    assert response.status_code == 413
    assert "What was sent is too long: at most 64 kB." in words(response)


def test_a_field_sent_twice_is_refused(own: Flask) -> None:
    """Nobody guesses which of the two was meant."""
    response = raw(own, b"reason=one&reason=two", "application/x-www-form-urlencoded")

    assert response.status_code == 400
    assert "The field 'reason' was sent twice; each may be sent once." in words(response)


@pytest.mark.parametrize("command", ["", "7", "0" * 300])
def test_a_form_without_its_number_is_refused(own: Flask, command: str) -> None:
    """Without the number of the command a repeat could not be told from a second wish."""
    response = somebody(own, "m.ortiz").send(NEW, {**STRICTER, "command": command})

    assert response.status_code == 400
    assert "The form has lost the number that keeps it from being sent twice; load the page again." in words(response)
    assert nothing_was_changed(own)


def test_another_form_under_the_same_number_is_refused(own: Flask) -> None:
    """A number is for one wish: going back and changing the form asks for a new one."""
    ortiz = somebody(own, "m.ortiz")
    form = {**ortiz.hidden(NEW), **STRICTER}
    first = ortiz.client.post(NEW, data=form, headers=HERE)
    second = ortiz.client.post(NEW, data={**form, "reason": "Another reason."}, headers=HERE)

    assert first.status_code == 303
    assert second.status_code == 422
    assert "This form was sent before with something else in it, and that was done;" in words(second)
    assert len(ortiz.client.get("/us-tx/changes.json").get_json()) == 1


def test_nobody_can_propose_or_take_a_step(own: Flask) -> None:
    """Without a person a form is refused, whatever page it was taken from."""
    proposed(own)
    nobody = Person(own.test_client())
    refused = [
        nobody.send("/us-tx/changes/1/preview", page="/sign-in"),
        nobody.send(NEW, STRICTER, "/sign-in"),
    ]

    assert [one.status_code for one in refused] == [401, 401]
    assert all("Sign in first; nothing was changed." in words(one) for one in refused)


WRONG = [
    ({"first_day": "5 June"}, "First day : '5 June' is not a day such as 2026-05-30."),
    ({"first_day": "2026-02-30"}, "First day : '2026-02-30' is not a day such as 2026-05-30."),
    ({"first_day": ""}, "First day : It is missing."),
    ({"body": " "}, "Body that decides : It is missing."),
    ({"reason": ""}, "Reason : It is missing."),
    ({"reason": "x" * 4001}, "Reason : It has 4,001 characters; at most 4,000 fit."),
    ({"body": "a\x00b"}, "Body that decides : It holds signs that cannot be shown; type it again."),
    ({"link": "javascript:alert(1)"}, "It is not an address that begins with https:// or http://."),
    ({"clock": "moon"}, "Whom it binds : It is none of those offered."),
    ({"first_class": "20x0"}, "First year : '20x0' is not a year such as 2030."),
    ({"subjects": ","}, "For which subjects : Name them with commas between, such as ALG1, GEO1."),
    ({"subjects": "A1.99"}, "For which subjects : No framework held here has a competency 'A1.99'"),
    ({"emergency": "perhaps"}, "Emergency : Tick it, or leave it."),
    ({"param.level": "three"}, "The level that has to be shown : 'three' does not fit; it is a plain decimal such as"),
    (
        {"param.kinds": "2.5"},
        "Different kinds of task in which the level has to be shown : '2.5' does not fit; it is a",
    ),
    ({"scale": "0" * 64}, "Scale of the levels : No scale edition with digest 0000000000000000 is held"),
    ({"clock": "evidence"}, "Whom it binds : It binds by the evidence; name the day since when, or until when."),
    ({"jurisdiction": "us-ny"}, "Whose rule it becomes : This is the ledger of us-tx; adopt in its own ledger."),
    ({"last_day": "2026-06-01"}, "Last day : 2026-06-01 is before the first day, 2026-06-05."),
    (
        {"first_day": "2026-06-04"},
        "2026-06-04 has passed; a change binds from 2026-06-05 or later, and rewrites nothing.",
    ),
    ({"emergency": "yes", "first_day": "2026-06-06"}, "An emergency binds from today, 2026-06-05"),
]


@pytest.mark.parametrize(("fields", "sentence"), WRONG)
def test_what_is_wrong_is_said_beside_what_was_typed(own: Flask, fields: dict[str, str], sentence: str) -> None:
    """Each problem stands in the list at the top and beside its field, and nothing typed is lost."""
    ortiz = somebody(own, "m.ortiz")
    response = ortiz.send(NEW, {**STRICTER, **fields})

    assert response.status_code == 422
    assert sentence in words(response)
    assert 'value="2026-14"' in response.text
    assert nothing_was_changed(own)


def test_all_problems_are_told_at_once(own: Flask) -> None:
    """A person puts everything right in one go; each sentence leads to its field."""
    ortiz = somebody(own, "m.ortiz")
    response = ortiz.send(NEW, {"param.level": "x", "param.kinds": "y", "first_day": "z"})
    linked = [
        name
        for name in ("param.level", "param.kinds", "first_day", "body", "reason")
        if f'href="#{name}"' in response.text
    ]

    assert linked == ["param.level", "param.kinds", "first_day", "body", "reason"]
    assert response.text.count('aria-invalid="true"') == 5


@pytest.mark.parametrize(
    ("step", "fields", "sentence"),
    [
        ("decline", {}, "Reason : It is missing."),
        ("withdraw", {"reason": " "}, "Reason : It is missing."),
        ("schedule", {"on": "soon"}, "Day of activation : 'soon' is not a day such as 2026-05-30."),
    ],
)
def test_a_step_that_lacks_something_says_what(own: Flask, step: str, fields: dict[str, str], sentence: str) -> None:
    """The page of the change is shown again with the problem."""
    proposed(own)
    response = somebody(own, "tester").step(step, fields)

    assert response.status_code == 422
    assert sentence in words(response)


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        ("submit", "Change 1 was never previewed; preview it first."),
        ("approve", "Nobody has asked for approval of change 1."),
        ("schedule", "Change 1 is not approved yet."),
        ("activate", "Change 1 is not approved yet."),
    ],
)
def test_a_step_that_comes_too_early_says_why(own: Flask, step: str, sentence: str) -> None:
    """A button that was kept from an older page does nothing."""
    proposed(own)
    response = somebody(own, "tester").step(step)

    assert response.status_code == 409
    assert sentence in words(response)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/us-tx/changes/9", "There is no change '9' here"),
        ("/us-tx/changes/1/nothing", "There is nothing at this address."),
        ("/us-tx/changes/new/policy/a/b@2000-01-01", "No policy 'a/b@2000-01-01' is installed or archived here."),
        (f"{NEW}?like=1", "There is no adoption at position 1 here."),
        ("/us-tx/changes/new/end/1", "There is no adoption at position 1 here."),
        ("/us-tx/changes/1/preview/nobody", "There is no learner 'nobody' here: a learner's address ends in a UUID."),
    ],
)
def test_what_is_not_there_is_not_found(own: Flask, address: str, sentence: str) -> None:
    """The page names what was looked for."""
    response = proposed(own).client.get(address)

    assert response.status_code == 404
    assert sentence in words(response)


def test_what_never_governed_has_done_nothing(own: Flask) -> None:
    """What came of a change can be asked once it governs."""
    response = proposed(own).client.get("/us-tx/changes/1/outcome")

    assert response.status_code == 409
    assert "Change 1 has not come to govern; there is only its preview." in words(response)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("preview?kind=won", "Kind: 'won' is none of gain, loss, person, other."),
        (
            "outcome?fate=fine",
            "Fate: 'fine' is none of came_true, award_stands, settled_otherwise, open, not_asked, no_longer, unpre",
        ),
    ],
)
def test_a_list_is_narrowed_by_what_there_is(own: Flask, asked: str, sentence: str) -> None:
    """Another word is refused with those there are."""
    response = activated(own).client.get(f"/us-tx/changes/1/{asked}")

    assert response.status_code == 400
    assert sentence in words(response)


def test_an_adoption_from_above_is_not_ended_below(own: Flask) -> None:
    """A district looks at what binds it, and ends it nowhere."""
    client = somebody(own, "tester").client
    governs = client.get("/us-tx~pine-valley/policies.json").get_json()
    response = client.get(f"/us-tx~pine-valley/changes/new/end/{governs[0]['position']}")

    assert response.status_code == 404
    assert "was received from above, and is ended there" in words(response)
