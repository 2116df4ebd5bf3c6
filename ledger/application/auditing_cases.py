"""The commands of an auditor's case: opened, sampled, added to, made again, noted, concluded.

A case is read and kept by whoever opened it alone; for anybody else it is not there.
"""

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

from ledger.application.ledger import Ledger
from ledger.application.proposing import Placing
from ledger.audit.parallel import Told
from ledger.audit.sampled import replay_positions
from ledger.audit.sampling import draw, strata_of
from ledger.audit.verdicts import Verdict
from ledger.domain.case_fold import Case, fold_case
from ledger.domain.cases import (
    CaseConcluded,
    CaseNoted,
    CaseOpened,
    CaseReplayed,
    CaseSampled,
    CaseVerdict,
    DecisionsAdded,
    NoteKind,
)
from ledger.domain.governance import Governance
from ledger.domain.learner import Decided
from ledger.domain.shapes import Payload
from ledger.domain.topics import TOPIC_OF
from ledger.errors import Refused, UnknownName, UsageError
from ledger.storage.append import Appended
from ledger.storage.envelope import Author
from ledger.storage.inspection import Inspection
from ledger.values import identifier

PREFIX = "case/"
LONGEST_TITLE, LONGEST_NOTE, LONGEST_BASIS, LONGEST_SEED = 120, 4_000, 200, 100
MOST_DRAWN, MOST_ADDED = 1_000, 1_000
"""Decisions a sample draws, and decisions a case holds besides."""

Make: TypeAlias = Callable[[Case], Payload]
"""Returns the event that follows from a case as it is; may refuse."""

_PURPOSE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


def open_case(ledger: Ledger, author: Author, title: str, basis: str, purpose: str = "audit") -> str:
    """Open a case and return its id; a repeat of the command gives the one of the first time.

    Raises `UsageError` where the title, the basis or the purpose is none.
    """
    _require_text(title, "a title", LONGEST_TITLE)
    require_basis(basis)
    if not _PURPOSE.fullmatch(purpose) or len(purpose) > LONGEST_TITLE:
        raise UsageError(f"{purpose[:40]!r} is not a code for a purpose: lower-case words with hyphens, such as audit")
    case, asked = identifier("case", author.command), ["open-case", title, basis, purpose]
    if ledger.log.recorder.earlier(ledger.command(author, asked)) is not None:
        return case
    text = ledger.vault.put_text(author.actor, title)

    def make(_: Governance) -> Placing:
        number = len(ledger.log.recorder.streams(PREFIX)) + 1
        return [(PREFIX + case, CaseOpened(case=case, number=number, title=text, purpose=purpose, basis=basis))]

    ledger.write_as_governed(author, asked, make)
    return case


def require_basis(basis: str) -> None:
    """Raise `UsageError` where what something rests on is not named."""
    if not basis.strip() or len(basis) > LONGEST_BASIS or not basis.isprintable():
        raise UsageError(f"name the law, rule or order it rests on, in 1 to {LONGEST_BASIS} characters")


def case_of(ledger: Ledger, reader: str, case: str) -> Case:
    """Return a case to whoever opened it, by vault id; raise `UnknownName` for anybody else."""
    found = _folded(ledger, PREFIX + case) if re.fullmatch(r"[0-9a-f-]{36}", case) else None
    if found is None or found.owner != reader:
        raise UnknownName("there is no such case of yours")
    return found


def cases_of(ledger: Ledger, reader: str) -> tuple[Case, ...]:
    """Return the cases somebody opened, the newest first."""
    found = (_folded(ledger, stream) for stream in ledger.log.recorder.streams(PREFIX))
    own = [one for one in found if one is not None and one.owner == reader]
    return tuple(sorted(own, key=lambda one: -one.opened.number))


def draw_sample(ledger: Ledger, author: Author, case: str, wanted: int, seed: str, after: int = 0) -> Appended:
    """Draw decisions into a case by a seed; raise `Refused` where a sample was drawn, or there is nothing to draw."""
    if not 1 <= wanted <= MOST_DRAWN:
        raise UsageError(f"a sample has 1 to {MOST_DRAWN:,} decisions")
    if not seed.strip() or not seed.isprintable() or len(seed) > LONGEST_SEED:
        raise UsageError(f"a seed is 1 to {LONGEST_SEED} printable characters, named by the auditor")
    asked = ["draw-sample", case, str(wanted), seed, str(after)]

    def make(found: Case) -> Payload:
        if found.sample is not None:
            raise Refused("this case has its sample: to draw another would be to choose; open another case for that")
        return _drawn(ledger, case, wanted, seed, after)

    return _write(ledger, author, case, asked, make)


def _drawn(ledger: Ledger, case: str, wanted: int, seed: str, after: int) -> CaseSampled:
    inspection = Inspection(ledger.log.recorder.datastore)
    through = inspection.last()
    strata = strata_of(inspection, after, through)
    if not strata:
        raise Refused("nothing was decided there, so nothing can be drawn")
    drawn = draw(strata, wanted, seed)
    return CaseSampled(
        case=case,
        seed=seed,
        wanted=wanted,
        after=after,
        through=through,
        population=drawn.population,
        counted=drawn.counted,
        besides=drawn.besides,
    )


def add_decisions(ledger: Ledger, author: Author, case: str, positions: Sequence[int]) -> Appended:
    """Put decisions to a case by their positions; raise `UnknownName` for one that is none."""

    def make(found: Case) -> Payload:
        new = tuple(sorted(set(positions) - set(found.positions)))
        if not new:
            raise Refused("the case holds these decisions already")
        if len(found.added) + len(new) > MOST_ADDED:
            raise Refused(f"a case holds at most {MOST_ADDED:,} decisions besides its sample; open another")
        for position in new:
            _require_decision(ledger, position)
        return DecisionsAdded(case=case, positions=new)

    return _write(ledger, author, case, ["add-decisions", case, *map(str, sorted(set(positions)))], make)


def _require_decision(ledger: Ledger, position: int) -> None:
    row = ledger.log.recorder.at(position)
    if row is None or row[3] != TOPIC_OF[Decided]:
        raise UnknownName(f"there is no decision at position {position}")


def replay_case(ledger: Ledger, author: Author, case: str, progress: Told | None = None) -> Appended:
    """Make every decision of a case again, and write down what came of it; raise `Refused` where there is none."""
    asked = ["replay-case", case]
    if (earlier := ledger.log.recorder.earlier(ledger.command(author, asked))) is not None:
        return earlier
    positions = _open_case(ledger, author, case).positions
    if not positions:
        raise Refused("the case holds no decision yet: draw a sample, or add one")
    found = replay_positions(ledger.log, positions, progress=progress)
    verdicts = {one.position: one.verdict for one in found.kept if one.is_decision}
    others = tuple(
        CaseVerdict(position=one, verdict=verdicts[one].value if one in verdicts else None)
        for one in positions
        if verdicts.get(one) is not Verdict.IDENTICAL
    )
    made = CaseReplayed(case=case, through=found.position, decisions=len(positions), others=others)
    return _write(ledger, author, case, asked, lambda _: made)


def note(
    ledger: Ledger, author: Author, case: str, text: str, position: int | None = None, kind: NoteKind = "note"
) -> Appended:
    """Write a note or a finding down, about a decision of the case or about the case."""
    _require_text(text, "a note", LONGEST_NOTE)
    asked = ["note", case, text, str(position), kind]
    if (earlier := ledger.log.recorder.earlier(ledger.command(author, asked))) is not None:
        return earlier
    if position is not None and position not in _open_case(ledger, author, case).positions:
        raise UnknownName(f"the case does not hold the decision at position {position}")
    said = CaseNoted(case=case, kind=kind, text=ledger.vault.put_text(author.actor, text), position=position)
    return _write(ledger, author, case, asked, lambda _: said)


def conclude(ledger: Ledger, author: Author, case: str, text: str) -> Appended:
    """Conclude a case; nothing more is added to it."""
    _require_text(text, "a conclusion", LONGEST_NOTE)
    asked = ["conclude-case", case, text]
    if (earlier := ledger.log.recorder.earlier(ledger.command(author, asked))) is not None:
        return earlier
    _open_case(ledger, author, case)
    said = CaseConcluded(case=case, text=ledger.vault.put_text(author.actor, text))
    return _write(ledger, author, case, asked, lambda _: said)


def _write(ledger: Ledger, author: Author, case: str, asked: Sequence[str], make: Make) -> Appended:
    return ledger.write_as_governed(
        author, list(asked), lambda _: [(PREFIX + case, make(_open_case(ledger, author, case)))]
    )


def _open_case(ledger: Ledger, author: Author, case: str) -> Case:
    found = case_of(ledger, author.actor, case)
    if found.concluded is not None:
        raise Refused("this case is concluded: open another to go on")
    return found


def _folded(ledger: Ledger, stream: str) -> Case | None:
    return fold_case((event.actor, event.at, event.data) for event in ledger.log.stream(stream))


def _require_text(text: str, what: str, most: int) -> None:
    if not text.strip() or len(text) > most:
        raise UsageError(f"{what} has 1 to {most:,} characters; this one has {len(text.strip()):,}")
