"""Figures that may not be submitted, certified, received or compared, word for word."""

import json
from pathlib import Path
from typing import Any

import pytest

from ledger.application.pilot_comparing import compare_pilot
from ledger.application.pilot_figures import certify_figures, submit_figures
from ledger.application.pilot_handing import figures_document, receive_figures
from ledger.errors import LedgerError, Refused, UsageError
from ledger.values import canonical, digest
from tests.pilots.places import PINE, TITLE, Places, places
from tests.support.ledgers import author


@pytest.fixture
def there(tmp_path: Path) -> Places:
    """The state and its districts, with the pilot opened."""
    found = places(tmp_path)
    found.open()
    return found


def said(kind: type[LedgerError], command: Any) -> str:
    """Do what may not be done; return what was said."""
    with pytest.raises(kind) as caught:
        command()
    return str(caught.value)


def by(there: Places, who: str, behalf: str | None = None) -> Any:
    """Name somebody in Pine."""
    return there.pine.author(who, "analyst", None, behalf)


def certified(there: Places) -> bytes:
    """Submit and certify Pine's figures; return the document."""
    submit_figures(there.pine, by(there, "analyst"), TITLE)
    certify_figures(there.pine, by(there, "chief"), TITLE, "superintendent", "Complete")
    return figures_document(there.pine, TITLE)


def test_there_is_nothing_to_tell_before_a_pilot_begins(there: Places) -> None:
    """Before the first day figures are refused, and so are those of an organisation that begins later."""
    there.clock.instant = "2026-01-04T17:00:00Z"

    assert ("the pilot 'One kind of task' begins on 2026-01-05; there is nothing to tell before") == said(
        Refused, lambda: submit_figures(there.pine, by(there, "analyst"), TITLE)
    )


def test_figures_are_of_a_position_there_is(there: Places) -> None:
    """A position beyond the end of the log is refused with the last there is."""
    last = there.pine.log.recorder.max_notification_id()

    assert f"there is no position 999 in this ledger; the last is {last}" == said(
        UsageError, lambda: submit_figures(there.pine, by(there, "analyst"), TITLE, position=999)
    )


def test_figures_are_of_ones_own_organisations(there: Places) -> None:
    """An organisation of another ledger is not one to compare with here."""
    assert "us-xx/cedar is not in the ledger of us-xx/pine; its figures come from its own" == said(
        UsageError, lambda: submit_figures(there.pine, by(there, "analyst"), TITLE, beside=["us-xx/cedar"])
    )


def test_nobody_certifies_their_own_figures(there: Places) -> None:
    """Not whoever submitted them, and nobody acting for that person."""
    assert "us-xx/pine has submitted no figures; `mastery pilots submit` does" == said(
        Refused, lambda: certify_figures(there.pine, by(there, "chief"), TITLE, "superintendent", "Complete")
    )
    submit_figures(there.pine, by(there, "analyst"), TITLE)
    behalf = there.pine.vault.person_id("analyst")
    same = "whoever submitted figures does not certify them; another person answers for them"

    assert [same, same] == [
        said(Refused, lambda who=who: certify_figures(there.pine, who, TITLE, "superintendent", "Complete"))
        for who in (by(there, "analyst"), by(there, "chief", behalf))
    ]


def test_figures_are_certified_once(there: Places) -> None:
    """Certified figures need no second certificate; new ones are submitted first."""
    certified(there)

    assert "the figures submitted last are certified already; `mastery pilots export` hands them over" == said(
        Refused, lambda: certify_figures(there.pine, by(there, "deputy"), TITLE, "deputy", "Complete")
    )


def test_only_certified_figures_are_handed_over(there: Places) -> None:
    """Submitted figures that nobody answers for do not leave the district."""
    submit_figures(there.pine, by(there, "analyst"), TITLE)

    assert (
        "us-xx/pine has no certified figures about the pilot 'One kind of task'; "
        "`mastery pilots submit` and `mastery pilots certify` come first"
    ) == said(Refused, lambda: figures_document(there.pine, TITLE))


def altered(data: bytes, **changes: Any) -> bytes:
    """Change a document and write it in canonical form; a double underscore leads inside."""
    document = json.loads(data)
    for path, value in changes.items():
        part = document
        *places, last = path.split("__")
        for place in places:
            part = part[place]
        part[last] = value
    return canonical(document)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"document": "mastery pilot figures 2"},
            "this is no document of pilot figures: it is not 'mastery pilot figures 1' in its one canonical form",
        ),
        ({"submitted__figures": "{}"}, "the figures are not those that were certified: they have another digest"),
        ({"certified__digest": "0" * 64}, "the figures are not those that were certified: they have another digest"),
        (
            {"certified__jurisdiction": "us-xx/cedar"},
            "the certificate is about another pilot or another jurisdiction than the figures",
        ),
        (
            {"more": 1},
            "this is no document of pilot figures: Object contains unknown field `more`",
        ),
        (
            {"position": "7"},
            "this is no document of pilot figures: Expected `int`, got `str` - at `$.position`",
        ),
        (
            {
                "submitted__figures": "{}",
                "submitted__digest": "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
                "certified__digest": "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
            },
            "the figures are not of format 1: Object missing required field `format`",
        ),
    ],
)
def test_a_document_that_was_altered_is_refused(there: Places, changes: dict[str, Any], words: str) -> None:
    """Another form, other figures, another certificate: each is refused for what it is."""
    data = altered(certified(there), **changes)

    assert words == said(UsageError, lambda: receive_figures(there.state, author(there.state), data))


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff\xfe", b'{"document": 1.5}'])
def test_what_is_no_document_is_refused(there: Places, data: bytes) -> None:
    """Whatever bytes arrive, they are refused in a sentence."""
    found = said(UsageError, lambda: receive_figures(there.state, author(there.state), data))

    assert found.startswith("this is no document of pilot figures: ")


def test_a_document_has_one_form(there: Places) -> None:
    """The same document indented is another file, and refused, so that a digest stands for it."""
    pretty = json.dumps(json.loads(certified(there)), indent=1).encode()

    assert (
        "this is no document of pilot figures: it is not 'mastery pilot figures 1' in its one canonical form"
    ) == said(UsageError, lambda: receive_figures(there.state, author(there.state), pretty))


def test_figures_go_to_the_ledger_of_the_pilot(there: Places) -> None:
    """Another district receives none, and the state none of a jurisdiction that is not below it."""
    data = certified(there)
    elsewhere = altered(data, submitted__jurisdiction="us-yy/pine", certified__jurisdiction="us-yy/pine")

    assert (
        "the pilot 'One kind of task' stands in the ledger of us-xx; figures go there\n"
        "us-xx/pine is not below us-xx/cedar"
    ) == said(Refused, lambda: receive_figures(there.cedar, author(there.cedar), data))
    assert (
        "us-yy/pine is not below us-xx\nus-xx/pine is not in the ledger of us-yy/pine, which cannot speak for it"
    ) == said(Refused, lambda: receive_figures(there.state, author(there.state), elsewhere))


def refigured(data: bytes, **changes: Any) -> bytes:
    """Change the figures inside a document, and every digest with them."""
    document = json.loads(data)
    figures = canonical({**json.loads(document["submitted"]["figures"]), **changes}).decode()
    digests = {"submitted__digest": digest(figures.encode()), "certified__digest": digest(figures.encode())}
    return altered(data, submitted__figures=figures, **digests)


def test_figures_are_about_the_pilot_they_name(there: Places) -> None:
    """Figures about another question are refused, though every digest fits."""
    data = refigured(certified(there), question="CREDIT")

    assert "the figures are about another pilot or question than 'One kind of task'" == said(
        Refused, lambda: receive_figures(there.state, author(there.state), data)
    )


def test_nobody_speaks_for_another_district(there: Places) -> None:
    """Figures of an organisation that is not in the ledger they come from are refused."""
    data = certified(there)
    (arm,) = json.loads(json.loads(data)["submitted"]["figures"])["arms"]
    theirs = refigured(data, arms=[{**arm, "organisation": "us-xx/cedar"}])

    assert "us-xx/cedar is not in the ledger of us-xx/pine, which cannot speak for it" == said(
        Refused, lambda: receive_figures(there.state, author(there.state), theirs)
    )


def test_earlier_figures_do_not_follow_later_ones(there: Places) -> None:
    """Figures certified before those held are refused, and so are those of another ledger of that name."""
    first, second = certified(there), certified(there)
    position = json.loads(second)["position"]
    receive_figures(there.state, author(there.state), second)

    assert (
        f"figures of us-xx/pine certified at position {position} are held; "
        f"these were certified before, at {position - 2}"
    ) == said(Refused, lambda: receive_figures(there.state, author(there.state), first))
    assert ("figures of us-xx/pine came from ledger.test/us-xx/pine so far, these come from ledger.test/other") == said(
        Refused,
        lambda: receive_figures(there.state, author(there.state), altered(second, origin="ledger.test/other")),
    )


def test_a_pilot_is_compared_where_it_stands(there: Places) -> None:
    """From below there is nothing to compare with; and nobody above can be."""
    assert "the pilot 'One kind of task' stands in the ledger of us-xx; compare it there" == said(
        Refused, lambda: compare_pilot(there.pine, TITLE)
    )
    assert "us-yy/oak is not below us-xx, so its figures cannot be had here" == said(
        UsageError, lambda: compare_pilot(there.state, TITLE, beside=["us-yy/oak", PINE])
    )
