"""What governs the demonstration: frameworks, scale and rules of the state, and what each district decides itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ledger.application import Ledger
from ledger.application.adopting import Adoption, adopt
from ledger.application.governing import define_scale, designate, find_competency, import_framework, pull_upstream
from ledger.application.ledger import CLIENT
from ledger.catalogue import Catalogue
from ledger.demonstration.content import (
    CEDAR_RIDGE,
    COURSE,
    EXAMINED,
    FRAMEWORKS,
    PRIORITY,
    THREE_KINDS,
)
from ledger.demonstration.files import SCALE_FILE, framework_file
from ledger.demonstration.records import District
from ledger.domain.framework import ScaleDefined
from ledger.domain.shapes import Authority
from ledger.errors import InputFaults
from ledger.interchange.framework_csv import read_framework_csv
from ledger.interchange.frameworks import Converted
from ledger.interchange.scale_toml import read_scale
from ledger.storage.envelope import Author
from ledger.values import identifier

EXAMINATIONS = "us-tx/credit-by-examination"
SINCE = date(2010, 8, 1)
"""From when the state's adoptions bind."""


@dataclass(frozen=True, slots=True)
class Hands:
    """Who does what in one ledger; a command carries an id that follows from its name, so a repeat is known."""

    ledger: Ledger
    seed: int

    @property
    def registrar(self) -> str:
        """Return the id of the person who does what no teacher does."""
        return f"registrar of {self.ledger.jurisdiction}"

    def author(self, name: str, who: str = "", role: str = "registrar") -> Author:
        """Return the author of a command: the registrar where nobody is named."""
        command = identifier("demonstration", str(self.seed), self.ledger.opened.ledger, name)
        return self.ledger.author(who or self.registrar, role, command)

    def once(self, name: str, command: Callable[[Author], object], who: str = "", role: str = "registrar") -> None:
        """Run a command, unless an earlier run of the same build did."""
        author = self.author(name, who, role)
        if self.ledger.log.recorder.known_command(CLIENT, author.command) is None:
            command(author)


def govern_state(hands: Hands, files: Path, catalogue: Catalogue) -> None:
    """Bring frameworks and scale into the state's ledger, and adopt what binds both districts."""
    for framework in FRAMEWORKS:
        data = (files / framework_file(framework)).read_bytes()
        converted = read_framework_csv(data, framework_file(framework), framework.name, framework.title)
        if not isinstance(converted, Converted):
            raise InputFaults(converted)
        import_framework(hands.ledger, hands.author(framework.name), converted.edition, data)
    scale = _scale(files)
    define_scale(hands.ledger, hands.author(SCALE_FILE), scale)
    board = Authority(body="State board of the demonstration (invented)", minute="14")
    for policy in ("competency-based/readiness", "competency-based/mastery"):
        _adopt(hands, catalogue, policy, board, "One rule for both districts.", scale=scale.digest)
    statute = Authority(body="Texas Education Code 28.023; 19 TAC 74.24")
    _adopt(hands, catalogue, EXAMINATIONS, statute, "State law on credit by examination.", subjects=EXAMINED)


def govern_district(hands: Hands, above: Ledger, district: District, catalogue: Catalogue) -> None:
    """Receive what the state decided, designate the course's standards, and adopt what the district decides."""
    pull_upstream(hands.ledger, hands.author("pull"), above)
    board = Authority(body=f"Board of {district.name}", minute="7")
    hands.once(
        "designate",
        lambda author: designate(hands.ledger, author, PRIORITY, COURSE, first_day=SINCE, authority=board),
    )
    for policy in ("competency-based/course", "competency-based/course-advancement"):
        _adopt(hands, catalogue, policy, board, "Credit follows mastery.", subjects=(COURSE,))
    if district is CEDAR_RIDGE:
        _govern_cedar_ridge(hands, catalogue, board)


def _govern_cedar_ridge(hands: Hands, catalogue: Catalogue, board: Authority) -> None:
    ids = tuple(find_competency(hands.ledger, code)[2] for code in THREE_KINDS)
    scale = hands.ledger.governance().scales[-1].payload.digest
    _adopt(
        hands,
        catalogue,
        "competency-based/mastery",
        board,
        "Expressions for a situation are to be shown in three kinds of task.",
        subjects=ids,
        overrides={"kinds": "3"},
        scale=scale,
    )
    _adopt(
        hands,
        catalogue,
        EXAMINATIONS,
        board,
        "The board opens the lower score to learners with prior instruction.",
        subjects=EXAMINED,
        overrides={"instruction_route": "yes"},
    )


def _adopt(
    hands: Hands,
    catalogue: Catalogue,
    policy: str,
    authority: Authority,
    reason: str,
    *,
    subjects: tuple[str, ...] | None = None,
    overrides: Mapping[str, str] | None = None,
    scale: str | None = None,
) -> None:
    adoption = Adoption(
        policy=catalogue.find(policy, SINCE),
        jurisdiction=hands.ledger.jurisdiction,
        first_day=SINCE,
        authority=authority,
        reason=reason,
        overrides=overrides,
        subjects=subjects,
        scale=scale,
    )
    hands.once(f"adopt {policy}", lambda author: adopt(hands.ledger, author, adoption))


def _scale(files: Path) -> ScaleDefined:
    scale = read_scale((files / SCALE_FILE).read_bytes(), SCALE_FILE)
    if not isinstance(scale, ScaleDefined):
        raise InputFaults(scale)
    return scale
