"""Evidence posted to the API with its decision, by eight clients at once, beside the bare ping of that server.

A post goes the whole way: token, access, the schema of the body, decision, append on disk, and the answer that says
what was decided. The ping is the shortest answer the same server gives, by the same clients over the same connections.
The server is `mastery serve`, a process of its own.
"""

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

from benchmarks import content
from benchmarks.measuring import Check, Measure, Report, Setting, ratio_of
from ledger.access.actions import Action
from ledger.accounts.tokens import Tokens
from ledger.application import Ledger, open_ledger
from ledger.application.granting import grant_role
from ledger.domain.access import Place
from ledger.domain.learner import EvidenceRecorded

CLIENTS, POSTS, LEARNERS, BEFORE = 8, 400, 40, 20
"""Clients at once, posts of all of them in a round, learners, and pieces of evidence each has before."""

TARGET = 0.25
"""Seconds within which 99 of 100 posts should be answered."""

PATIENCE = 60
SENT = "Sent over HTTP "
"""What the task of every piece sent begins with."""

MASTERY = "from ledger.cli import main; main()"
LISTENING = re.compile(r"http://127\.0\.0\.1:(\d+)")

Asked = tuple[int, bytes]
"""Status and body of an answer."""

Ask = Callable[[HTTPConnection, int], Asked]
"""Sends one request, given its number."""


def run(setting: Setting) -> Report:
    """Measure posts and pings in turns."""
    home, each = setting.directory / "http-home", setting.size(POSTS, 16) // CLIENTS
    with content.classroom(home) as ledger:
        learners = _filled(ledger, setting.size(BEFORE, 2))
    report, pings, posts, decided = Report(), list[list[float]](), list[list[float]](), 0
    post = _posting(learners, _token(home))
    with served(home) as port:
        for number in range(setting.rounds):
            pings.append(_timed(port, _ping, number, each)[0])
            seconds, answers = _timed(port, post, number, each)
            posts.append(seconds)
            decided += sum(bool(json.loads(one)["result"]["decided"]) for one in answers)
    ours, bare = [*map(_rate, posts)], [*map(_rate, pings)]
    name = "evidence POST to the API"
    report.measures.append(Measure(name, "posts/s", ours, bare=bare, ratio=ratio_of(ours, bare), against="ping"))
    report.notes += [_said("API post", posts), _said("ping", pings)]
    sent = each * CLIENTS * setting.rounds
    report.notes.append(f"API post: {decided * 100 // sent} % of {sent:,} posts wrote a decision")
    report.checks.append(Check("every post is stored once", _stored(home), sent))
    return report


def _rate(seconds: Sequence[float]) -> float:
    return CLIENTS * len(seconds) / sum(seconds)


def _said(name: str, rounds: Sequence[Sequence[float]]) -> str:
    seconds = sorted(one for each in rounds for one in each)
    late = seconds[min(len(seconds) - 1, len(seconds) * 99 // 100)]
    verdict = f", target {TARGET * 1000:.0f} ms {'met' if late <= TARGET else 'missed'}" if name != "ping" else ""
    return f"{name}: {CLIENTS} clients, median {median(seconds) * 1000:.1f} ms, p99 {late * 1000:.1f} ms{verdict}"


def _filled(ledger: Ledger, before: int) -> list[str]:
    """Give the learners a history, and somebody the role of a registrar; return the learners."""
    learners = [ledger.vault.learner_id(f"S-{number}") for number in range(LEARNERS)]
    for learner in learners:
        made = [content.evidence(ledger, f"{learner} {one}", one) for one in range(before)]
        content.written(ledger, learner, [EvidenceRecorded(evidence=one) for one in made])
    place = Place(kind="jurisdiction", organisation="us-xx")
    person = ledger.vault.person_id("registrar")
    grant_role(ledger, content.operator(ledger), person, "registrar", place, first_day=date(2020, 1, 1))
    return learners


def _token(home: Path) -> str:
    """Make a token that records evidence."""
    from web import create_app
    from web.ledgers import ledgers_of

    known = ledgers_of(create_app(home, environment={}))
    vault, may = known.open("us-xx").ledger.vault, frozenset({Action.RECORD_EVIDENCE})
    token = Tokens(known.access, vault, known.clock).make(vault.person_id("registrar"), "a benchmark", may, may, 1)
    known.close()
    return token


def _ping(connection: HTTPConnection, _: int) -> Asked:
    return _sent(connection, "GET", "/favicon.ico", None, {})


def _posting(learners: Sequence[str], token: str) -> Ask:
    def post(connection: HTTPConnection, number: int) -> Asked:
        body = {
            "competencies": [f"C.{number % content.COMPETENCIES}"],
            "kind": content.KINDS[number % len(content.KINDS)],
            "purpose": "summative",
            "level": content.LEVELS[number % len(content.LEVELS)],
            "task": f"{SENT}{number}",
            "occurred": date.today().isoformat(),
        }
        address = f"/api/v1/ledgers/us-xx/learners/{learners[number % LEARNERS]}/evidence"
        headers = {
            "Authorization": f"Bearer {token}",
            "Idempotency-Key": f"http-{number:08}",
            "Content-Type": "application/json",
        }
        status, answer = _sent(connection, "POST", address, json.dumps(body), headers)
        if status != 200:
            raise RuntimeError(f"a post was answered with {status}: {answer[:300]!r}")
        return status, answer

    return post


def _sent(connection: HTTPConnection, method: str, path: str, body: str | None, headers: dict[str, str]) -> Asked:
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    return answer.status, answer.read()


def _timed(port: int, ask: Ask, number: int, each: int) -> tuple[list[float], list[bytes]]:
    """Let the clients ask, all at once; return the seconds and the body of each answer."""

    def client(one: int) -> list[tuple[float, bytes]]:
        connection, first = HTTPConnection("127.0.0.1", port, timeout=PATIENCE), (number * CLIENTS + one) * each
        found = []
        for asked in range(first, first + each):
            began = time.perf_counter()
            _, body = ask(connection, asked)
            found.append((time.perf_counter() - began, body))
        connection.close()
        return found

    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = [one for found in pool.map(client, range(CLIENTS)) for one in found]
    return [seconds for seconds, _ in answers], [body for _, body in answers]


def _stored(home: Path) -> int:
    """Count the evidence that came through the API."""
    with open_ledger(home, "us-xx", environment={}) as ledger:
        recorded = ledger.log.scan(topics=("learner.evidence-recorded.1",))
        return sum((one.data.evidence.task or "").startswith(SENT) for one in recorded)


@contextmanager
def served(home: Path) -> Iterator[int]:
    """Serve a home by the command itself; give the port."""
    command = [sys.executable, "-c", MASTERY, "--home", str(home), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:  # noqa: S603
        try:
            yield _port(server)
        finally:
            server.terminate()


def _port(server: "subprocess.Popen[str]") -> int:
    for line in server.stdout or ():
        if found := LISTENING.search(line):
            return int(found[1])
    raise RuntimeError("mastery serve ended before it said where it listens")
