"""Priority standards of courses: which, from when, by which body, and who wrote it down."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ledger.application import Ledger
from ledger.domain.framework import CompetencyDesignated
from ledger.domain.governance import covers, received_payload
from ledger.domain.ledger import UpstreamReceived
from ledger.domain.shapes import Subject
from ledger.domain.topics import TOPIC_OF
from ledger.inquiry.coverage_views import DesignationView
from ledger.inquiry.naming import Naming

_DESIGNATED, _RECEIVED = TOPIC_OF[CompetencyDesignated], TOPIC_OF[UpstreamReceived]
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A designation with who wrote it down: a person of the vault, or the ledger it was received from."""

    said: CompetencyDesignated
    position: int
    at: str
    actor: str
    origin: str

    @property
    def key(self) -> _Key:
        return self.said.course, self.said.competency


def designations(
    ledger: Ledger,
    course: str | None = None,
    *,
    on: date | None = None,
    known_at: int | None = None,
    everything: bool = False,
) -> tuple[DesignationView, ...]:
    """Return the priority standards of a course, or of all, that hold on a day; today without one.

    With `everything` also those of other days, the replaced ones, and the words that take one back. With a
    position, as the ledger knew it there.
    """
    day = on or ledger.today()
    entries = [one for one in _entries(ledger, known_at) if course in (None, one.said.course)]
    latest = {one.key: one for one in entries if covers(one.said.first_day, one.said.last_day, day)}
    states = [(one, _state(one, latest.get(one.key), day)) for one in entries]
    wanted = [(one, state) for one, state in states if everything or state == "in force"]
    names = ledger.vault.names({one.actor for one, _ in wanted if not one.origin})
    naming = Naming(ledger.governance())
    views = [_view(naming, one, state, one.origin or names[one.actor]) for one, state in wanted]
    return tuple(sorted(views, key=lambda one: (one.course, one.position)))


def _entries(ledger: Ledger, known_at: int | None) -> Iterator[_Entry]:
    for event in ledger.log.scan(upto=known_at, topics=[_DESIGNATED, _RECEIVED]):
        origin, payload = "", event.data
        if isinstance(payload, UpstreamReceived):
            if payload.topic != _DESIGNATED:
                continue
            origin, payload = payload.origin, received_payload(payload)
        yield _Entry(payload, event.position, event.at, event.actor, origin)


def _state(one: _Entry, latest: _Entry | None, day: date) -> str:
    if not one.said.priority:
        return "takes back"
    if one is latest:
        return "in force"
    if covers(one.said.first_day, one.said.last_day, day) and latest is not None:
        return "replaced" if latest.said.priority else "taken back"
    return "to come" if one.said.first_day > day.isoformat() else "over"


def _view(naming: Naming, one: _Entry, state: str, entered_by: str) -> DesignationView:
    said = one.said
    subject = naming.subject(Subject(kind="competency", id=said.competency, framework=said.edition))
    return DesignationView(
        course=said.course,
        competency=said.competency,
        code=subject.code,
        label=subject.label,
        statement=subject.statement,
        framework=said.framework,
        kind=said.kind,
        state=state,
        first_day=said.first_day,
        last_day=said.last_day,
        body=said.authority.body,
        date=said.authority.date or "",
        minute=said.authority.minute or "",
        link=said.authority.link or "",
        jurisdiction=said.jurisdiction,
        entered_by=entered_by,
        entered=one.at,
        position=one.position,
    )
