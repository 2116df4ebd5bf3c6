"""The ledgers of one home, opened when first asked for and kept open."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from flask import Flask, current_app, g

from ledger import catalogue
from ledger.application import Ledger, open_ledger
from ledger.catalogue import Catalogue
from ledger.home import Home
from ledger.inquiry.naming import Naming
from ledger.projections.runner import catch_up
from ledger.storage.access_store import AccessStore
from ledger.storage.read_models import ReadModels
from ledger.storage.reading_log import ReadingLog
from ledger.vault import Vault


@dataclass(frozen=True)
class Opened:
    """A ledger with its read models, and the names its frameworks and scales give."""

    ledger: Ledger
    read_models: ReadModels

    @property
    def scope(self) -> str:
        """Return the jurisdiction as it stands in an address: slashes are tildes."""
        return scope_of(self.ledger.jurisdiction)

    @property
    def models(self) -> ReadModels:
        """Return the read models after folding what came since the last time."""
        catch_up(self.ledger.log, self.read_models)
        return self.read_models

    @property
    def position(self) -> int:
        """Return the last position of the log."""
        return self.ledger.log.recorder.max_notification_id()

    def naming(self) -> Naming:
        """Return what names subjects and levels, with what governs now."""
        return Naming(self.ledger.governance())

    def close(self) -> None:
        """Close the files."""
        self.read_models.close()
        self.ledger.close()


@dataclass
class Ledgers:
    """What is open of a home; safe for threads."""

    home: Path
    clock: Callable[[], str]
    environment: Mapping[str, str]
    before_closing: list[Callable[[], None]] = field(default_factory=list)
    """What is to be ended before the ledgers are closed, such as long work on them."""

    _open: dict[str, Opened] = field(default_factory=dict)
    _opening: threading.Lock = field(default_factory=threading.Lock)

    def jurisdictions(self) -> tuple[str, ...]:
        """Name every jurisdiction with a ledger here."""
        return Home(self.home).jurisdictions()

    def open(self, jurisdiction: str) -> Opened:
        """Return the ledger of a jurisdiction; raise `UnknownName` where there is none."""
        with self._opening:
            if jurisdiction not in self._open:
                ledger = open_ledger(self.home, jurisdiction, clock=self.clock, environment=self.environment)
                models = ReadModels(ledger.home.read_file(ledger.jurisdiction))
                self._open[jurisdiction] = Opened(ledger, models)
            return self._open[jurisdiction]

    @property
    def vault(self) -> Vault:
        """Return the vault of this home, which every ledger in it shares."""
        return self.open(self.jurisdictions()[0]).ledger.vault

    @cached_property
    def reads(self) -> ReadingLog:
        """Return the log of what was read of this home."""
        return ReadingLog(Home(self.home).reads_file)

    @cached_property
    def access(self) -> AccessStore:
        """Return what tells who may sign in to this home, and who is signed in."""
        return AccessStore(Home(self.home).access_file)

    @cached_property
    def catalogue(self) -> Catalogue:
        """Return the installed policies, loaded once."""
        return catalogue.load()

    def close(self) -> None:
        """Close every ledger that was opened, after ending what is at work on them."""
        for end in self.before_closing:
            end()
        with self._opening:
            while self._open:
                self._open.popitem()[1].close()
            self.reads.close()
            self.access.close()


def ledgers_of(app: Flask) -> Ledgers:
    """Return the ledgers an application serves."""
    found: Ledgers = app.extensions["ledgers"]
    return found


def ledgers() -> Ledgers:
    """Return the ledgers of the application at work."""
    return ledgers_of(current_app)


def here() -> Opened:
    """Return the ledger the request is about."""
    opened: Opened = g.opened
    return opened


def scope_of(jurisdiction: str) -> str:
    """Write a jurisdiction as one part of an address: slashes become tildes."""
    return jurisdiction.replace("/", "~")


def jurisdiction_of(scope: str) -> str:
    """Read a jurisdiction out of an address."""
    return scope.replace("~", "/")
