"""Long work: started, followed on a page of its own, ended, broken off, gone wrong."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from ledger.errors import Refused
from ledger.storage.factory import wall_clock
from ledger.storage.job_store import JobRow
from tests.web.changing import Person, somebody
from tests.web.support import NOW, STATE, words
from web import jobs
from web.access import Visitor
from web.ledgers import ledgers_of

PATIENCE = 20
LONG_AGO = "2026-04-01T08:00:00.000000Z"


@dataclass
class Starter:
    """Starts work for somebody, as a page does that was sent a form."""

    app: Flask
    name: str = "k.state"
    command: str = ""

    def start(self, work: jobs.Work, kind: str = "count") -> str:
        """Start a piece of work."""
        sent = {"data": {"command": self.command}, "headers": {"Referer": "http://localhost/us-tx/what-if?on=today"}}
        with self.app.test_request_context("/us-tx/", method="POST", **sent):
            known = ledgers_of(self.app)
            g.opened = known.open(STATE)
            g.visitor = Visitor(self.name, g.opened.ledger.vault.person_id(self.name))
            return jobs.start(kind, "Counting everything", work)

    @property
    def known(self) -> jobs.Jobs:
        """Return the long work of the application."""
        found: jobs.Jobs = self.app.extensions["jobs"]
        return found

    def over(self, job: str) -> JobRow:
        """Wait until a piece of work is over."""
        self.known.over(job, PATIENCE)
        found = self.known.store.find(job)
        assert found is not None
        return found

    @property
    def browser(self) -> Person:
        """Return a browser of whoever starts the work."""
        return somebody(self.app, self.name)


@pytest.fixture
def starter(own: Flask) -> Starter:
    """Start work on a home of one's own."""
    return Starter(own)


class Held:
    """Work that tells how far it is, then waits until it is let go."""

    def __init__(self) -> None:
        self.told, self.free = threading.Event(), threading.Event()

    def __call__(self, progress: jobs.Progress) -> jobs.Outcome:
        """Tell, wait, tell once more."""
        progress(3, 12, "looking at the third")
        self.told.set()
        self.free.wait(PATIENCE)
        progress(12, 12)
        return jobs.Outcome("/us-tx/policies")


def outcome(address: str = "/us-tx/policies") -> Callable[[jobs.Progress], jobs.Outcome]:
    """Return work that is done at once."""
    return lambda _: jobs.Outcome(address)


def page(client: FlaskClient, job: str) -> str:
    """Return what the page of a piece of work says."""
    return words(client.get(f"/us-tx/jobs/{job}"))


def test_work_is_followed_until_its_result(starter: Starter) -> None:
    """The page says how far it is, asks again by itself, and leads on once the work is done."""
    held = Held()
    job = starter.start(held)
    held.told.wait(PATIENCE)
    client = starter.browser.client
    during = client.get(f"/us-tx/jobs/{job}")
    held.free.set()
    starter.over(job)

    assert "◐ under way" in words(during)
    assert "How far 3 of 12, 25 % Now Looking at the third." in words(during)
    assert f'content="2; url=/us-tx/jobs/{job}?lead=1"' in during.text
    assert f'data-poll="/us-tx/jobs/{job}?lead=1"' in during.text
    assert "✓ done It is done. Look at the result" in page(client, job)
    assert "data-poll" not in client.get(f"/us-tx/jobs/{job}").text
    assert client.get(f"/us-tx/jobs/{job}?lead=1").headers["Location"] == "/us-tx/policies"


def test_the_list_is_data_too(starter: Starter) -> None:
    """What was started stands in a list, as a page, as JSON and as CSV."""
    starter.over(starter.start(outcome()))
    client = starter.browser.client
    [row] = client.get("/us-tx/jobs.json").get_json()

    assert "Counting everything ✓ done" in words(client.get("/us-tx/jobs"))
    assert {"state": "done", "kind": "count", "percent": 100, "back": "/us-tx/what-if?on=today"}.items() <= row.items()
    assert client.get("/us-tx/jobs.csv").text.startswith("job,kind,words,state,")


def test_one_form_starts_one_piece_of_work(starter: Starter) -> None:
    """Sent twice it is the same; another kind of work by the same form is another."""
    starter.command = "0198c2d3-0000-7000-8000-000000000001"
    times: list[int] = []

    def work(_: jobs.Progress) -> jobs.Outcome:
        times.append(1)
        return jobs.Outcome()

    started = [starter.start(work), starter.start(work), starter.start(work, "other")]
    for job in started:
        starter.over(job)

    assert (started[0] == started[1], started[0] == started[2], len(times)) == (True, False, 2)


def test_work_is_ended_on_request(starter: Starter) -> None:
    """It ends the next time it tells how far it is; what only waits ends at once."""
    held = [Held(), Held(), Held()]
    running, _, waiting = (starter.start(one) for one in held)
    held[0].told.wait(PATIENCE)
    browser = starter.browser
    browser.send(f"/us-tx/jobs/{waiting}")
    asked = browser.send(f"/us-tx/jobs/{running}")
    said = page(browser.client, running)
    for one in held:
        one.free.set()
    for job in (running, waiting):
        starter.over(job)

    assert asked.status_code == 303
    assert "It is asked to end, and does so at its next step." in said
    assert "– ended on request Somebody ended it before it was done." in page(browser.client, running)
    assert "– ended on request" in page(browser.client, waiting)


def test_what_the_ledger_refuses_is_said_and_raised(starter: Starter) -> None:
    """The page says it in the words of the ledger; whoever waits for the work meets the error itself."""

    def work(_: jobs.Progress) -> jobs.Outcome:
        raise Refused("the preview is stale")

    job = starter.start(work)
    with pytest.raises(Refused, match="the preview is stale"):
        starter.known.over(job, PATIENCE)

    assert "✗ failed The preview is stale." in page(starter.browser.client, job)


def test_a_mistake_of_ours_says_nothing_of_the_inside(starter: Starter) -> None:
    """What went wrong is in the log of the server."""

    def work(_: jobs.Progress) -> jobs.Outcome:
        raise ZeroDivisionError("secret")

    row = starter.over(starter.start(work))

    assert (row.state, row.problem) == ("failed", jobs.BROKEN)


def test_a_server_that_stops_leaves_word_of_what_it_broke_off(starter: Starter) -> None:
    """So does one that was killed, after fifteen seconds without a word from it."""
    held = Held()
    job = starter.start(held)
    held.told.wait(PATIENCE)
    row = starter.known.store.find(job)
    assert row is not None
    starter.known.store.add(replace(row, job="killed", alive="2026-01-01T00:00:00.000000Z", server="another"))
    killed = page(starter.browser.client, "killed")
    held.free.set()
    ledgers_of(starter.app).close()
    again = jobs.Jobs(starter.app, starter.known.home.path, lambda: NOW)
    left = again.find(job)
    again.close()

    assert "! broken off The server was stopped while it was at work." in killed
    assert "Start it again from where it was started" in killed
    assert (left.state if left else "") == "interrupted"


def test_work_is_for_whoever_started_it_and_for_administrators(starter: Starter) -> None:
    """To others of the ledger it is not there; a file is for the starter alone, whoever else follows the work."""

    def work(progress: jobs.Progress) -> jobs.Outcome:
        progress.file("figures.csv").write_text("a,b\n")
        return jobs.Outcome(file="figures.csv")

    job = starter.start(work)
    starter.over(job)
    mine, admin, other = (somebody(starter.app, name).client for name in ("k.state", "m.ortiz", "d.lee"))

    assert [200, 200, 404] == [one.get(f"/us-tx/jobs/{job}").status_code for one in (mine, admin, other)]
    assert [404, 404] == [one.get(f"/us-tx/jobs/{job}/file").status_code for one in (admin, other)]
    with mine.get(f"/us-tx/jobs/{job}/file") as taken:
        assert (taken.data, taken.headers["Content-Disposition"]) == (b"a,b\n", "attachment; filename=figures.csv")
    assert "of somebody else" in words(admin.get("/us-tx/jobs"))
    assert "Nothing was started in the last thirty days." in words(other.get("/us-tx/jobs"))
    assert mine.get(f"/us-tx~pine-valley/jobs/{job}").status_code == 404


def test_nobody_fills_the_queue(starter: Starter) -> None:
    """So many pieces at once, and no more, until one has ended."""
    held = Held()
    started = [starter.start(held) for _ in range(jobs.MOST_UNFINISHED)]
    with pytest.raises(Refused, match="you have 6 pieces of work under way; wait until one has ended"):
        starter.start(held)
    held.free.set()

    assert {starter.over(job).state for job in started} == {"done"}


def test_what_is_done_at_once_needs_no_page_of_progress(starter: Starter) -> None:
    """Whoever waits a moment is led to the result; what takes longer is followed."""
    held = Held()
    quick, slow = starter.start(outcome()), starter.start(held)
    starter.over(quick)
    with starter.app.test_request_context("/us-tx/"):
        g.opened = ledgers_of(starter.app).open(STATE)
        led = [jobs.followed(quick).headers["Location"], jobs.followed(slow, 0).headers["Location"]]
    held.free.set()
    starter.over(slow)

    assert led == ["/us-tx/policies", f"/us-tx/jobs/{slow}"]


def test_old_work_is_forgotten_with_its_files(starter: Starter) -> None:
    """After thirty days nothing is left of it."""

    def work(progress: jobs.Progress) -> jobs.Outcome:
        progress.file("figures.csv").write_text("a,b\n")
        return jobs.Outcome(file="figures.csv")

    job = starter.start(work)
    starter.over(job)
    starter.known.store.change(job, made=LONG_AGO, alive=wall_clock())
    listed = starter.known.listed(STATE, None)

    assert (listed, starter.known.folder(job).exists()) == ((), False)
