"""Long work: started by a form, done by two threads beside the pages, followed on a page of its own.

What is asked for is written down before it begins, so a page that follows it may be loaded again, and a
server that was stopped leaves word of what it broke off. One form starts one piece of work, however often
it is sent.
"""

import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from queue import SimpleQueue
from time import monotonic
from urllib.parse import urlsplit

from flask import Flask, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from ledger.errors import LedgerError, Refused
from ledger.home import Home
from ledger.storage.factory import wall_clock
from ledger.storage.job_store import UNFINISHED, JobRow, JobStore
from ledger.values import identifier, is_identifier, ordered_identifier, random_identifier
from web import access
from web.guard import COMMAND
from web.ledgers import here, ledgers, ledgers_of

THREADS = 2
MOST_UNFINISHED = 6
"""Pieces of work one person may have waiting or under way."""

MOST_REMEMBERED = 64
"""Pieces of work of which a server remembers what exactly they failed with."""

BEAT, SILENCE = 2, 15
"""Seconds between two words of a server that it works, and until what it does counts as broken off."""

EVERY = 0.25
"""Seconds between two words of how far a piece of work is."""

KEPT = timedelta(days=30)

BROKEN = "It could not be finished. What went wrong is written where the server was started."


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a result is read: an address of these pages, or the name of a file that the work left in its folder."""

    address: str = ""
    file: str = ""


class CancelledError(Exception):
    """Somebody asked that a piece of work be ended."""


@dataclass
class Progress:
    """Told how far a piece of work is; raises `CancelledError` into it once it is to be ended."""

    job: str
    jobs: "Jobs"
    _told: float = 0

    def __call__(self, done: int, total: int, words: str = "") -> None:
        """Tell how much is done of how much there is (0 where nobody knows), and what is being done."""
        if monotonic() - self._told < EVERY and done != total:
            return
        self._told = monotonic()
        self.jobs.store.change(self.job, done=done, total=total, said=words)
        row = self.jobs.store.find(self.job)
        if self.jobs.closing or row is None or row.to_end:
            raise CancelledError

    def file(self, name: str) -> Path:
        """Return where the work may leave a file of this name; say its name in the outcome."""
        folder = self.jobs.folder(self.job)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder / name


Work = Callable[[Progress], Outcome]


@dataclass
class Ordered:
    """Work that this server has taken on: what it is, that it is over, and what it failed with."""

    job: str
    work: Work
    over: threading.Event = field(default_factory=threading.Event)
    error: LedgerError | None = None


class Jobs:
    """The work of one home, and the threads of this server that do it."""

    def __init__(self, app: Flask, home: Path, clock: Callable[[], str]) -> None:
        self.app, self.home, self.clock = app, Home(home), clock
        self.store = JobStore(self.home.jobs_file)
        self.server = random_identifier()
        self.closing = False
        self._queue: SimpleQueue[Ordered | None] = SimpleQueue()
        self._orders: dict[str, Ordered] = {}
        self._threads: list[threading.Thread] = []
        self._stopped = threading.Event()
        self._starting = threading.Lock()

    def folder(self, job: str) -> Path:
        """Return the folder of a piece of work."""
        return self.home.jobs / job

    def start(self, row: JobRow, work: Work) -> JobRow:
        """Take on a piece of work; the same one taken on before is returned as it stands."""
        with self._starting:
            known = self.store.find(row.job)
            if known is not None:
                return known
            if self.store.unfinished(row.person) >= MOST_UNFINISHED:
                raise Refused(f"you have {MOST_UNFINISHED} pieces of work under way; wait until one has ended")
            self._begin()
            ordered = self._orders[row.job] = Ordered(row.job, work)
            if len(self._orders) > MOST_REMEMBERED:
                del self._orders[next(iter(self._orders))]
            found = self.store.add(row)
            self._queue.put(ordered)
            return found

    def find(self, job: str) -> JobRow | None:
        """Return a piece of work as it stands now."""
        self._tidy()
        return self.store.find(job)

    def listed(self, ledger: str, person: str | None, limit: int = 50) -> tuple[JobRow, ...]:
        """Return the work of a ledger, of one person or of everybody, the latest first."""
        self._tidy()
        return self.store.listed(ledger, person, limit)

    def over(self, job: str, seconds: float) -> bool:
        """Wait so long for a piece of work; say whether it is over. Raises the error it failed with."""
        ordered = self._orders.get(job)
        if ordered is None:
            return True
        is_over = ordered.over.wait(seconds)
        if ordered.error is not None:
            raise ordered.error
        return is_over

    def cancel(self, row: JobRow) -> None:
        """End a piece of work: at once where it still waits, else the next time it tells how far it is."""
        if not self.store.change(row.job, ("waiting",), state="cancelled", ended=self.clock()):
            self.store.change(row.job, ("running",), to_end=1)

    def close(self) -> None:
        """End what is under way, and let go of the file."""
        self.closing = True
        self._stopped.set()
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join(SILENCE)
        if self._threads:
            self.store.keep_alive(self.server, "")
            self.store.interrupt("1", self.clock())
        self.store.close()

    def _tidy(self) -> None:
        if not self.home.jobs_file.exists():
            return
        self.store.interrupt(_earlier(wall_clock(), timedelta(seconds=SILENCE)), self.clock())
        for job in self.store.forget(_earlier(self.clock(), KEPT)):
            shutil.rmtree(self.folder(job), ignore_errors=True)

    def _begin(self) -> None:
        if not self._threads:
            works = [self._beat, *[self._serve] * THREADS]
            self._threads = [threading.Thread(target=one, daemon=True, name="job") for one in works]
            for thread in self._threads:
                thread.start()

    def _beat(self) -> None:
        while not self._stopped.wait(BEAT):
            with suppress(LedgerError):  # said again in two seconds
                self.store.keep_alive(self.server, wall_clock())

    def _serve(self) -> None:
        while (ordered := self._queue.get()) is not None and not self.closing:
            try:
                self._do(ordered)
            except LedgerError:  # the file of long work cannot be written to; the work itself may have been done
                self.app.logger.exception("job %s cannot be written down", ordered.job)
            finally:
                ordered.over.set()

    def _do(self, ordered: Ordered) -> None:
        if not self.store.change(ordered.job, ("waiting",), state="running", begun=self.clock()):
            return
        ended = self._ended(ordered)
        self.store.change(ordered.job, UNFINISHED, ended=self.clock(), **ended)

    def _ended(self, ordered: Ordered) -> dict[str, str]:
        try:
            outcome = ordered.work(Progress(ordered.job, self))
        except CancelledError:
            return {"state": "interrupted" if self.closing else "cancelled"}
        except LedgerError as error:
            ordered.error = error
            return {"state": "failed", "problem": str(error)}
        except Exception:
            self.app.logger.exception("job %s failed", ordered.job)
            return {"state": "failed", "problem": BROKEN}
        return {"state": "done", "address": outcome.address, "file": outcome.file}


def _earlier(instant: str, by: timedelta) -> str:
    return f"{datetime.fromisoformat(instant) - by:%Y-%m-%dT%H:%M:%S.%f}Z"


def register(app: Flask) -> None:
    """Let an application do long work; it ends with the ledgers."""
    known = ledgers_of(app)
    app.extensions["jobs"] = jobs = Jobs(app, known.home, known.clock)
    known.before_closing.append(jobs.close)


def jobs() -> Jobs:
    """Return the long work of the application at work."""
    found: Jobs = current_app.extensions["jobs"]
    return found


def start(kind: str, words: str, work: Work, *, back: str = "") -> str:
    """Start a piece of long work for whoever is signed in; return its id.

    `work` runs outside of the request: it may use what it was given, and nothing of Flask. `back` is the page
    from which it can be started again, by default the one it is started from. Raises `Refused` where the
    person has too much under way.
    """
    person, command = access.person().person, request.form.get(COMMAND, "")
    number = command if is_identifier(command) else ordered_identifier()
    row = JobRow(
        job=identifier("job", person, kind, words, number),
        ledger=here().ledger.jurisdiction,
        person=person,
        kind=kind,
        words=words,
        back=back or _came_from(),
        server=jobs().server,
        made=ledgers().clock(),
        alive=wall_clock(),
    )
    return jobs().start(row, work).job


def _came_from() -> str:
    """Return the page of ours that the request came from, else the overview."""
    found = urlsplit(request.referrer or "")
    ours = found.netloc == request.host and found.path.startswith("/") and not found.path.startswith("//")
    return found._replace(scheme="", netloc="", fragment="").geturl() if ours else url_for("scoped.overview")


def followed(job: str, seconds: float = 1) -> Response:
    """Lead to the result of a piece of work where it is there within some seconds, else to the page that follows it.

    Raises the `LedgerError` with which it failed within them.
    """
    row = jobs().store.find(job) if jobs().over(job, seconds) else None
    if row is not None and row.state == "done" and row.address:
        return redirect(row.address, 303)
    return redirect(url_for("scoped.job", job=job), 303)
