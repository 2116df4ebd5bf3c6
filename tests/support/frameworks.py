"""A state's framework and a local one beside it, in one ledger."""

from datetime import date

from ledger.application import Ledger
from ledger.application.aligning import Pair, align
from ledger.application.governing import import_framework
from ledger.domain.competencies import CHILD, Competency, Edition, Link
from ledger.projections.runner import catch_up
from ledger.storage.append import Appended
from ledger.storage.read_models import ReadModels
from tests.support.ledgers import AUTHORITY, author

NEW_YEAR = date(2026, 1, 1)


def local_framework(*codes: str) -> Edition:
    """Build a local framework of flat competencies p1, p2 ..., coded PV.1 and so on unless named."""
    named = codes or ("PV.1", "PV.2", "PV.3")
    return Edition(
        framework="local-framework",
        title="Local framework",
        items=tuple(
            Competency(id=f"p{number}", code=code, label=f"Local {number}", statement=f"Local {number}.")
            for number, code in enumerate(named, start=1)
        ),
    )


def state_framework(retired: str | None = None) -> Edition:
    """Build a state's framework: a domain d with the standards s1, s2 and s3, coded S.1 ..., and s4 at the top."""
    items = [Competency(id="d", label="Domain", statement="Domain.", kind="Domain")]
    items += [
        Competency(
            id=f"s{number}",
            code=f"S.{number}",
            label=f"Standard {number}",
            statement=f"Standard {number}.",
            retired=retired if number == 3 else None,
        )
        for number in range(1, 5)
    ]
    links = tuple(Link(kind=CHILD, origin=f"s{number}", destination="d", sequence=number) for number in range(1, 4))
    return Edition(framework="state-framework", title="State framework", items=tuple(items), links=links)


def beside(ledger: Ledger, *editions: Edition) -> Ledger:
    """Bring both frameworks into a ledger, or the editions given."""
    for edition in editions or (state_framework(), local_framework()):
        import_framework(ledger, author(ledger), edition, b"source")
    return ledger


def aligned(
    ledger: Ledger,
    local: str,
    state: str,
    relation: str = "exactMatchOf",
    first_day: date = NEW_YEAR,
    last_day: date | None = None,
) -> Appended | None:
    """Align two competencies named by code."""
    by = author(ledger)
    return align(ledger, by, Pair(local, state), relation, first_day=first_day, last_day=last_day, authority=AUTHORITY)


def models_of(ledger: Ledger) -> ReadModels:
    """Return the read models of a ledger, up to date."""
    models = ReadModels(ledger.home.read_file(ledger.jurisdiction))
    catch_up(ledger.log, models)
    return models
