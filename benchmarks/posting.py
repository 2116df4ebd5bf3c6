"""Evidence sent through the console with its decision, by eight clients at once, beside the bare ping of that server.

A post goes the whole way: session, token, access, the form's checks, whether it is a retake, decision, append
on disk. The ping is the shortest answer the same server gives, by the same clients over the same connections.
The server is a process of its own, as it is in use.
"""

import multiprocessing
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.client import HTTPConnection
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from benchmarks import content
from benchmarks.measuring import Check, Measure, Report, Setting, ratio_of
from ledger.accounts.sessions import Sessions
from ledger.application import Ledger
from ledger.application.granting import grant_role
from ledger.domain.access import Place
from ledger.domain.learner import EvidenceRecorded
from ledger.values import random_identifier

CLIENTS, POSTS, LEARNERS, BEFORE = 8, 400, 40, 20
"""Clients at once, posts of all of them in a round, learners, and pieces of evidence each has before."""

TARGET = 0.25
"""Seconds within which 99 of 100 posts should be answered."""

PATIENCE = 60
HERE = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}

Ask = Callable[[HTTPConnection, int], int]
"""Sends one request, given its number; returns the status."""


def run(setting: Setting) -> Report:
    """Measure posts and pings in turns."""
    home = setting.directory / "posting-home"
    with content.classroom(home) as ledger:
        world = _World(ledger, setting.size(POSTS, 16))
        world.fill(setting.size(BEFORE, 2))
    report, rounds = Report(), [_Round() for _ in range(setting.rounds)]
    with served(home) as port:
        for number, one in enumerate(rounds):
            one.ping = world.timed(port, world.ping, number)
            one.post = world.timed(port, world.post(home, port), number)
    posts, pings = [one.rate(one.post) for one in rounds], [one.rate(one.ping) for one in rounds]
    report.measures.append(
        Measure(
            "evidence POST with decision", "posts/s", posts, bare=pings, ratio=ratio_of(posts, pings), against="ping"
        )
    )
    report.notes += [_said("post", [one.post for one in rounds]), _said("ping", [one.ping for one in rounds])]
    report.checks.append(Check("every post is stored once", world.stored(home), world.posts * setting.rounds))
    return report


def _said(name: str, rounds: Sequence[Sequence[float]]) -> str:
    seconds = sorted(one for each in rounds for one in each)
    late = seconds[min(len(seconds) - 1, len(seconds) * 99 // 100)]
    verdict = f", target {TARGET * 1000:.0f} ms {'met' if late <= TARGET else 'missed'}" if name == "post" else ""
    return f"{name}: {CLIENTS} clients, median {median(seconds) * 1000:.1f} ms, p99 {late * 1000:.1f} ms{verdict}"


@dataclass(slots=True)
class _Round:
    """Seconds of each request of a round."""

    post: Sequence[float] = ()
    ping: Sequence[float] = ()

    @staticmethod
    def rate(seconds: Sequence[float]) -> float:
        """Return requests a second of all clients together, as if none had waited for another."""
        return CLIENTS * len(seconds) / sum(seconds)


@dataclass(slots=True)
class _World:
    ledger: Ledger
    posts: int
    learners: list[str] = field(default_factory=list)

    def fill(self, before: int) -> None:
        """Give the learners a history, and somebody the role of a registrar."""
        ledger = self.ledger
        for number in range(LEARNERS):
            learner = ledger.vault.learner_id(f"S-{number}")
            self.learners.append(learner)
            made = [content.evidence(ledger, f"{learner} {one}", one) for one in range(before)]
            content.written(ledger, learner, [EvidenceRecorded(evidence=one) for one in made])
        place = Place(kind="jurisdiction", organisation="us-xx")
        person = ledger.vault.person_id("registrar")
        grant_role(ledger, content.operator(ledger), person, "registrar", place, first_day=date(2020, 1, 1))

    def ping(self, connection: HTTPConnection, _: int) -> int:
        """Ask for the shortest answer there is."""
        return _sent(connection, "GET", "/favicon.ico", "", {})

    def post(self, home: Path, port: int) -> Ask:
        """Sign somebody in, and return what sends evidence."""
        cookie = {"Cookie": f"mastery={_session(home)}"}
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.request("GET", f"/us-xx/learners/{self.learners[0]}/record?about=C.1", headers=cookie)
        token = re.search(r'name="token" value="([^"]*)"', connection.getresponse().read().decode())
        if token is None:
            raise RuntimeError("the form of the console holds no token: nobody is signed in")

        def ask(connection: HTTPConnection, number: int) -> int:
            learner, code = self.learners[number % LEARNERS], f"c{number % content.COMPETENCIES}"
            fields = {
                "token": token[1],
                "command": random_identifier(),
                "about": code,
                "by": "level",
                "kind": content.KINDS[number % len(content.KINDS)],
                "purpose": "summative",
                "task": random_identifier(),
                "occurred": (date.today() - timedelta(days=number % 200)).isoformat(),
                f"result.0.{learner}": content.LEVELS[number % len(content.LEVELS)],
            }
            return _sent(connection, "POST", f"/us-xx/learners/{learner}/record", urlencode(fields), {**HERE, **cookie})

        return ask

    def timed(self, port: int, ask: Ask, number: int) -> list[float]:
        """Let the clients ask, all at once; return the seconds of each request."""
        each = self.posts // CLIENTS
        clients = [
            _Client(port, ask, range((number * CLIENTS + one) * each, (number * CLIENTS + one + 1) * each))
            for one in range(CLIENTS)
        ]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        wrong = [status for client in clients for status in client.statuses if status not in (302, 303)]
        if wrong:
            raise RuntimeError(f"a request was answered with {wrong[0]}")
        return [one for client in clients for one in client.seconds]

    def stored(self, home: Path) -> int:
        """Count the evidence that came through the console."""
        from ledger.application import open_ledger

        with open_ledger(home, "us-xx", environment={}) as ledger:
            recorded = ledger.log.scan(topics=("learner.evidence-recorded.1",))
            return sum(one.data.evidence.source.system == "console" for one in recorded)


class _Client(threading.Thread):
    """One client: asks one thing after the other over one connection."""

    def __init__(self, port: int, ask: Ask, numbers: range) -> None:
        super().__init__()
        self.port, self.ask, self.numbers = port, ask, numbers
        self.seconds: list[float] = []
        self.statuses: list[int] = []

    def run(self) -> None:
        """Ask, and take the time of each."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        for number in self.numbers:
            began = time.perf_counter()
            self.statuses.append(self.ask(connection, number))
            self.seconds.append(time.perf_counter() - began)
        connection.close()


def _sent(connection: HTTPConnection, method: str, path: str, body: str, headers: dict[str, str]) -> int:
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def _session(home: Path) -> str:
    from web import create_app
    from web.ledgers import ledgers_of

    known = ledgers_of(create_app(home, environment={}))
    person = known.open("us-xx").ledger.vault.person_id("registrar")
    secret = Sessions(known.access, known.clock).begin(person, "password", "a benchmark")
    known.close()
    return secret


@contextmanager
def served(home: Path) -> Iterator[int]:
    """Serve a home in a process of its own; give the port."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    server = context.Process(target=_serve, args=(home, theirs), daemon=True)
    server.start()
    theirs.close()  # a server that cannot start then ends what is waited for
    try:
        yield ours.recv()
    finally:
        server.terminate()
        server.join()


def _serve(home: Path, told: Connection) -> None:
    from waitress import create_server  # type: ignore[import-untyped]

    from web import create_app

    server = create_server(create_app(home, environment={}), host="127.0.0.1", port=0, threads=CLIENTS)
    told.send(server.effective_port)
    server.run()
