"""The time the server takes for every page of the console, on the home of a demonstration.

A page is each address that a person may open in the browser: those without a name in them, and one of each
kind with one. Measured is the application's own time, in this process, without a network.
"""

import os
import shutil
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from benchmarks.measuring import Measure, Report, Setting
from ledger.accounts.sessions import Sessions
from ledger.application.granting import grant_role
from ledger.demonstration import build_demo, finished
from ledger.domain.access import Place, Role
from web import create_app
from web.ledgers import ledgers_of
from web.sessions import PLAIN

TARGET = 0.15
"""Seconds that half of the requests for a page may take at the most."""

REQUESTS = 20
SCOPE = "us-tx/pine-valley"
ROLES: tuple[Role, ...] = ("district admin", "approver", "registrar", "auditor")
FIRST_DAY = date(2000, 1, 1)
HOME = "BENCHMARK_HOME"
"""The home of a demonstration to copy; without it a small one is built."""

NOT_PAGES = ("scoped.look_back", "scoped.job_file")
"""Addresses that lead elsewhere."""


def run(setting: Setting) -> Report:
    """Measure every page, the slowest first."""
    home = setting.directory / "pages-home"
    _make(home, setting)
    app, report = create_app(home), Report()
    client = _signed_in(app)
    timed = {address: _timed(client, address, setting.size(REQUESTS, 1)) for address in _addresses(app, client)}
    slowest = sorted(timed.items(), key=lambda one: -median(one[1]))
    for address, seconds in slowest:
        report.measures.append(Measure(_short(address), "pages/s", [1 / one for one in seconds]))
    late = [f"{_short(address)} {median(seconds) * 1000:.0f} ms" for address, seconds in slowest if _late(seconds)]
    said = f"missed by {len(late)} of {len(timed)}: {', '.join(late)}" if late else f"met by all {len(timed)}"
    report.notes.append(f"pages: median under {TARGET * 1000:.0f} ms {said}")
    ledgers_of(app).close()
    return report


def _late(seconds: list[float]) -> bool:
    return median(seconds) > TARGET


def _short(address: str) -> str:
    """Write an address without what nobody can read in it."""
    path = address.removeprefix(f"/{SCOPE.replace('/', '~')}")
    parts = ["…" if len(part) > 24 and any(map(str.isdigit, part)) else part for part in path.split("/")]
    return "/".join(parts)[:60]


def _make(home: Path, setting: Setting) -> None:
    given = os.environ.get(HOME)
    if given:
        shutil.copytree(given, home)
    else:
        build_demo(home, learners=setting.size(200, 12))
    assert finished(home) is not None


def _signed_in(app: Flask) -> FlaskClient:
    known = ledgers_of(app)
    ledger = known.open(SCOPE).ledger
    person = ledger.vault.person_id("pages")
    for role in ROLES:
        place = Place(kind="jurisdiction", organisation=SCOPE)
        grant_role(ledger, ledger.author("pages", "operator"), person, role, place, first_day=FIRST_DAY)
    client = app.test_client()
    client.set_cookie(PLAIN, Sessions(known.access, known.clock).begin(person, "password", "a benchmark"))
    return client


def _timed(client: FlaskClient, address: str, requests: int) -> list[float]:
    client.get(address)
    seconds = []
    for _ in range(requests):
        began = time.perf_counter()
        client.get(address)
        seconds.append(time.perf_counter() - began)
    return seconds


def _addresses(app: Flask, client: FlaskClient) -> Iterator[str]:
    """Yield the pages that answer."""
    names, found, adapter = _names(client), set(), app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in NOT_PAGES or not rule.endpoint.startswith("scoped."):
            continue
        wanted = set(rule.arguments) - {"form"}
        if wanted <= names.keys():
            found.add(adapter.build(rule.endpoint, {name: names[name] for name in wanted}))
    yield from (address for address in sorted(found) if _is_page(client, address))


def _is_page(client: FlaskClient, address: str) -> bool:
    answer = client.get(address)
    return answer.status_code == 200 and answer.mimetype == "text/html"


def _names(client: FlaskClient) -> dict[str, Any]:
    """Return a value for each name that stands in an address."""
    scope = SCOPE.replace("/", "~")
    [first, *_] = client.get(f"/{scope}/decisions.json").get_json()["rows"]
    policies = client.get(f"/{scope}/policies.json").get_json()
    frameworks = client.get(f"/{scope}/frameworks.json").get_json()
    classes = client.get(f"/{scope}/classes.json").get_json()
    every = {
        "scope": scope,
        "learner": first["learner"],
        "position": first["position"],
        "digest": policies[0]["digest"],
        "edition": policies[0]["edition"],
        "change": "1",
        "version": 1,
    }
    if classes:
        every |= {"organisation": classes[0]["organisation"].replace("/", "~"), "section": classes[0]["section"]}
    if frameworks:
        every["framework"] = frameworks[0].get("framework", frameworks[0].get("id", ""))
    return every
