"""Bringing in an edition of a framework: what it changes, and the scales that come with its rubrics."""

from dataclasses import dataclass, replace

from ledger.application.governing import define_scale, import_framework
from ledger.application.ledger import Ledger
from ledger.domain.competencies import Edition, edition_digest
from ledger.domain.framework import ScaleDefined
from ledger.domain.framework_changes import Difference, difference
from ledger.domain.scales import scales
from ledger.storage.append import Appended
from ledger.storage.envelope import Author
from ledger.values import random_identifier


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of an edition.

    `before` is the edition held until now, null for a framework that is new; `appended` is null where
    this very edition is held already; `scales` are those of its rubrics that were not held.
    """

    digest: str
    before: Edition | None
    changes: Difference
    appended: Appended | None
    scales: tuple[ScaleDefined, ...]


def bring_edition(ledger: Ledger, author: Author, edition: Edition, source: bytes) -> Brought:
    """Store an edition of a framework and the scales of its rubrics, and say what it changes."""
    before = held_edition(ledger, edition.framework)
    appended = import_framework(ledger, author, edition, source)
    defined = tuple(
        scale
        for scale in scales(edition)
        if define_scale(ledger, replace(author, command=random_identifier()), scale) is not None
    )
    changes = Difference() if before is None else difference(before, edition)
    return Brought(edition_digest(edition), before, changes, appended, defined)


def held_edition(ledger: Ledger, framework: str) -> Edition | None:
    """Return the edition of a framework that this ledger holds now."""
    governance = ledger.governance()
    digest = governance.current_editions(governance.position).get(framework)
    return None if digest is None else governance.outline(digest).edition
