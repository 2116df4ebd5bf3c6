"""The audit queries as pages, and files of other systems held against the ledger."""

import csv
import io
from unittest.mock import patch

import pytest
from flask import Flask

from ledger.audit.queries.registry import QUERIES
from tests.web.auditing import auditor, long_work
from tests.web.changing import HERE
from tests.web.support import words

PAGE = "/us-tx/audit/queries"
FILE = "/us-tx/audit/reconcile"


def test_every_query_has_a_page_with_its_own_lines(covered: Flask) -> None:
    """The list names all twelve; each page says what a finding is, what is left alone, and takes its thresholds."""
    client = auditor(covered).client
    listed = client.get(PAGE).text

    assert all(f'href="{PAGE}/{name}"' in listed for name in QUERIES)
    for name, query in QUERIES.items():
        page = client.get(f"{PAGE}/{name}")
        assert query.innocent in words(page)
        assert all(f'name="{one.name}"' in page.text for one in query.thresholds)


def test_findings_lead_to_their_events_and_name_nobody(covered: Flask) -> None:
    """A correction without a document is found, by pseudonym, with a link to each event, and as CSV and JSON."""
    person = auditor(covered)
    found = long_work(person, f"{PAGE}/undocumented", {"slip-minutes": "0"})
    address = found.request.path
    table = list(csv.DictReader(io.StringIO(person.client.get(f"{address}.csv").text)))
    data = person.client.get(f"{address}.json").get_json()
    finding = data["found"]["answers"][0]["findings"][0]

    assert "slip minutes: 0." in words(found)
    assert f'href="/us-tx/events/{finding["position"]}"' in found.text
    assert "Rivera" not in found.text
    assert [int(row["position"]) for row in table] == [
        one["position"] for one in data["found"]["answers"][0]["findings"]
    ]


def test_all_twelve_are_asked_at_once_since_a_day(covered: Flask) -> None:
    """Those that found nothing are listed too; since a day nobody recorded on, nothing is found."""
    said = words(long_work(auditor(covered), PAGE, {"since": "2026-12-31"}))

    assert "0 findings, as of position" in said
    assert "Nothing was found by 12" in said


@pytest.mark.parametrize(
    ("address", "fields", "said"),
    [
        (f"{PAGE}/undocumented", {"slip-minutes": "-1"}, "Give a whole number from 0 to 1,000,000."),
        (f"{PAGE}/undocumented", {"since": "yesterday"}, "Give a day such as 2026-05-30, or a position of the log"),
        (PAGE, {"since": "2026-13-01"}, "Give a day such as 2026-05-30"),
    ],
)
def test_a_line_that_is_none_is_said_at_its_field(
    covered: Flask, address: str, fields: dict[str, str], said: str
) -> None:
    """What was typed is kept, with the sentence."""
    response = auditor(covered).send(address, fields)

    assert response.status_code == 422
    assert said in words(response)
    assert f'value="{next(iter(fields.values()))}"' in response.text


def test_what_is_not_there_is_not_found(covered: Flask) -> None:
    """A query there is not, and an answer nobody kept, are sentences."""
    client = auditor(covered).client

    assert "There is no query 'nonsense'" in words(client.get(f"{PAGE}/nonsense"))
    assert "Nothing is kept of this answer any more" in words(client.get(f"{PAGE}/undocumented/{'0' * 24}"))
    assert client.get(f"{PAGE}/undocumented/..%2F..%2Fvault").status_code == 404


def test_a_transcript_is_held_against_the_ledger(covered: Flask) -> None:
    """A credit nobody decided is told with its line; whoever sent the file alone reads what was found."""
    person = auditor(covered)
    sent = _sent(person, b"learner,course,award\nS-1,SPAN2,\nS-9,ALG1,\n")
    page = person.client.get(sent.headers["Location"])
    other = auditor(covered)
    other.client.set_cookie("mastery", "")
    table = person.client.get(sent.headers["Location"] + ".csv").text

    assert sent.status_code == 303
    assert "Credit for ALG1 stands on nothing: the ledger knows no learner S-9." in words(page)
    assert "credit-without-decision,3,," in table
    assert other.client.get(sent.headers["Location"]).status_code == 303


def test_a_roster_is_held_against_the_ledger(covered: Flask) -> None:
    """Who is on the roster and not in the ledger is told."""
    data = b"learner,organisation,grade,course,section,session,from,until\nS-1,us-tx/north,9,,,,2025-08-18,\n"
    person = auditor(covered)
    sent = _sent(person, data, "roster")

    assert "1 difference" in words(person.client.get(sent.headers["Location"]))


@pytest.mark.parametrize(
    ("data", "kind", "said"),
    [
        (b"", "transcript", "Choose a CSV file that is not empty."),
        (b"learner,course\nS-1,SPAN2\n", "both", "Say whether it is a transcript or a roster."),
        (b"name,score\nAda,3\n", "transcript", "transcript.csv"),
        (b"\xff\xfe\x00\x00", "transcript", "transcript.csv"),
    ],
)
def test_a_file_with_a_fault_is_refused_whole(covered: Flask, data: bytes, kind: str, said: str) -> None:
    """An empty file, an unknown kind, other columns and bytes that are no text are told with what is wrong."""
    response = _sent(auditor(covered), data, kind)

    assert response.status_code == 422
    assert said in words(response)


def test_a_file_too_long_is_not_read(covered: Flask) -> None:
    """Five megabytes are taken and no more; other forms of these pages take no file at all."""
    person = auditor(covered)
    with patch("web.audit_reconcile_pages.MOST_ROWS", 2):
        rows = _sent(person, b"learner,course\n" * 4)
    large = _sent(person, b"x" * (5 * 1024 * 1024))
    large.request.environ["wsgi.input"].close()  # the client keeps what is this long in a file
    elsewhere = person.client.post(
        f"{PAGE}/undocumented",
        data={**person.hidden(FILE), "file": (io.BytesIO(b"a"), "a.csv")},
        headers=HERE,
        content_type="multipart/form-data",
    )

    assert "It has more than 2 rows" in words(rows)
    assert (large.status_code, elsewhere.status_code) == (413, 415)
    assert "at most 5,120 kB" in words(large)


def _sent(person, data: bytes, kind: str = "transcript"):  # type: ignore[no-untyped-def]
    fields = {**person.hidden(FILE), "kind": kind, "file": (io.BytesIO(data), "../../x.csv")}
    return person.client.post(FILE, data=fields, headers=HERE, content_type="multipart/form-data")
