"""A school that knows everything there is to know about two learners."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from ledger.application import Ledger
from ledger.application.documenting import keep_document
from ledger.application.erasing import LearnerErased, Order, erase
from ledger.application.learning import correct, record_evidence
from ledger.application.learning import record as record_other
from ledger.domain.learner import StatusSet
from ledger.projections.rebuild import Difference, rebuild
from ledger.projections.runner import catch_up
from ledger.storage.read_models import ReadModels
from ledger.vault import Contact, Profile
from tests.support.ledgers import author, classroom, evidence

BASIS = "retention schedule 12"
LETTER = b"Dear Ms Quillfeather, we misread the third page."
NOTE = "Wept through the second task"
REASON = "Another hand wrote the third page"
STATUS = "us-xx/seen-in-the-ledger-alone"


@dataclass(frozen=True)
class School:
    """An opened ledger; Wilhelmina is to be erased, Balthasar is not."""

    ledger: Ledger
    gone: str
    stays: str

    def erased(self, *, payloads: bool = True, decisions: bool = False, basis: str = BASIS) -> LearnerErased:
        """Erase Wilhelmina."""
        order = Order(basis, payloads, decisions)
        return erase([self.ledger], [author(self.ledger)], self.gone, order, brought_up)

    def rebuilt(self) -> tuple[Difference, ...]:
        """Make the read models anew and return how those in use differed."""
        models = self.models()
        try:
            return rebuild(self.ledger.log, models)
        finally:
            models.close()

    def models(self) -> ReadModels:
        """Return the read models, to be closed."""
        return ReadModels(self.ledger.home.read_file(self.ledger.jurisdiction))


def brought_up(ledger: Ledger) -> None:
    """Bring the read models of a ledger up to date."""
    models = ReadModels(ledger.home.read_file(ledger.jurisdiction))
    catch_up(ledger.log, models)
    models.close()


def founded(home: Path) -> School:
    """Found the school and record work, a correction, a status, a note and a letter of each learner."""
    ledger = classroom(home)
    gone, stays = (ledger.vault.learner_id(name) for name in ("QF-31337", "BT-90210"))
    contact = Contact(kind="email", value="mina@quillfeather.example")
    known = Profile(
        given_name="Wilhelmina",
        family_name="Quillfeather",
        birth_date="2009-02-27",
        contacts=(contact,),
        groups=("left-handed-fencer",),
    )
    ledger.vault.put_profiles({gone: known, stays: Profile(given_name="Balthasar", family_name="Törnqvist")})
    for learner, name in ((gone, "W"), (stays, "B")):
        _work(ledger, learner, name)
    brought_up(ledger)
    return School(ledger, gone, stays)


def _work(ledger: Ledger, learner: str, name: str) -> None:
    for number, kind in enumerate(("task", "exam", "task", "exam")):
        work = evidence(ledger, f"{name}-opus-{number}", f"C.{number // 2}", "3", kind=kind)
        note = ledger.vault.put_text(learner, NOTE)
        record_evidence(ledger, author(ledger), learner, msgspec.structs.replace(work, note=note))
    better = evidence(ledger, f"{name}-opus-0", "C.0", "4")
    letter = keep_document(ledger, learner, LETTER, "text/plain")
    correct(ledger, author(ledger), learner, better, REASON, letter)
    record_other(
        ledger, author(ledger), learner, StatusSet(code=f"{STATUS}-{name}", holds=True, first_day="2026-01-05")
    )
