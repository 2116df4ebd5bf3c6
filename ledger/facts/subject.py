"""What a learner's record holds about one subject: entries in order, facts as far as folded, standing decisions.

Facts are folded when they are asked for, over what has come since: in order they step; where
anything came late, that fact of that subject is folded anew.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy

from ledger.domain.shapes import Payload
from ledger.facts.entries import Entries, Entry
from ledger.facts.filters import Days
from ledger.facts.items import EvidenceItem, Item, items_of
from ledger.facts.order import day_in, order_key
from ledger.facts.readiness import ReadinessEvidence
from ledger.facts.resolving import Folding
from ledger.facts.spans import spans_text
from ledger.facts.standing import StandingDecision
from ledger.facts.state import FactState, Ordered, Place, fold
from ledger.facts.tries import Tries, judge
from ledger.policy.facts import Order

MOST_STATES = 64
"""States kept for one subject; beyond it the one folded least far goes, to be folded anew when asked for."""

FIRST_EVIDENCE = "first-evidence"
"""The state that keeps the day of the first evidence; no definition of a fact has such a key."""

Fetch = Callable[[Sequence[int]], Mapping[int, Payload]]
"""Returns the payloads of the learner's stream at these versions."""


class _Judged:
    """Tries as far as they were judged in this session: which items, from which place on, may not count."""

    def __init__(self, tries: Tries) -> None:
        self.tries = tries
        self.start = tries.count
        self.unprepared: set[Place] = set()


class SubjectRecord:
    """One subject of a learner's record; `changed` says that its snapshot is no longer what is here."""

    def __init__(
        self,
        key: str,
        fetch: Fetch,
        entries: Entries | None = None,
        states: dict[str, FactState] | None = None,
        tries: dict[str, Tries] | None = None,
        standing: Iterable[StandingDecision] = (),
    ) -> None:
        self.key = key
        self.entries = entries or Entries()
        self.states = states or {}
        self.standing = {decision.key: decision for decision in standing}
        self.changed = False
        self._fetch = fetch
        self._judged = {name: _Judged(each) for name, each in (tries or {}).items()}
        self._items: dict[int, tuple[Item, ...]] = {}
        self._ordered: dict[tuple[Order, int], list[Ordered]] = {}

    @property
    def tries(self) -> dict[str, Tries]:
        """Return what is remembered of tries, by order and purposes."""
        return {name: judged.tries for name, judged in self._judged.items()}

    def append(self, version: int) -> None:
        """Add an entry recorded now; facts take note of it when they are asked for."""
        self.entries.append(version, version)
        self.changed = True
        self._ordered.clear()

    def correct(self, entry: int, version: int) -> None:
        """Let another version hold for an entry; every fact of the subject is folded anew."""
        self.entries.put(entry, version)
        self._forget()

    def withdraw(self, entry: int) -> None:
        """Take an entry out; every fact of the subject is folded anew."""
        self.entries.remove(entry)
        self._forget()

    def decide(self, decision: StandingDecision) -> None:
        """Let a decision stand; no fact changes."""
        self.standing[decision.key] = decision
        self.changed = True

    def supposed(self) -> "SubjectRecord":
        """Return a copy for decisions nobody has made; entries and facts, which those do not change, are shared."""
        other = copy(self)
        other.standing = dict(self.standing)
        return other

    def state_for(self, folding: Folding, days: Days) -> FactState:
        """Return a fact folded over every entry, stepping on from where it was or folding it anew."""
        if not self.entries.count:
            return FactState(state=folding.method.initial(folding.arguments))
        key = state_key(folding, days)
        state = self.states.get(key)
        if state is not None and state.count == self.entries.count:
            return state
        start = state.count if state else 0
        items = self._since(folding.order, start)
        if state is None or (items and state.last is not None and items[0][0] < state.last):
            state, start = FactState(state=folding.method.initial(folding.arguments)), 0
            items = self._since(folding.order, start)
        unprepared = self._unprepared(folding, start)
        return self._keep(
            key,
            FactState(
                self.entries.count,
                items[-1][0] if items else state.last,
                fold(folding, state.state, items, days, unprepared),
            ),
        )

    def first_day(self, evidence: ReadinessEvidence) -> str | None:
        """Return the first day on which an entry shows readiness, nothing where none does."""
        held = self.states.get(evidence.key)
        if self.entries.count and (held is None or held.count != self.entries.count):
            seen = (evidence.day(item) for _, item in self._since(evidence.order, held.count if held else 0))
            days = [day for day in (held.state if held else None, *seen) if day]
            held = self._keep(evidence.key, FactState(self.entries.count, None, min(days, default=None)))
        return held.state if held else None

    def first_evidence_day(self) -> str | None:
        """Return the day of the earliest evidence that has a result: empty where it is undated, nothing for none."""
        held = self.states.get(FIRST_EVIDENCE)
        if self.entries.count and (held is None or held.count != self.entries.count):
            items = self._since(Order.OCCURRED, held.count if held else 0)
            days = [day_in(item, Order.OCCURRED) for _, item in items if type(item) is EvidenceItem and item.has_result]
            known = [] if held is None or held.state is None else [held.state]
            held = self._keep(FIRST_EVIDENCE, FactState(self.entries.count, None, min(known + days, default=None)))
        return held.state if held else None

    def unprepared(self, folding: Folding) -> frozenset[Place]:
        """Return the tries that may not count under a fact, for nothing was prepared between them and the last."""
        return frozenset(self._unprepared(folding, 0))

    def _keep(self, key: str, state: FactState) -> FactState:
        if key not in self.states and len(self.states) >= MOST_STATES:
            least = min(self.states, key=lambda name: (self.states[name].count, name))
            del self.states[least]
        self.states[key] = state
        self.changed = True
        return state

    def _unprepared(self, folding: Folding, start: int) -> set[Place]:
        if folding.tries is None:
            return set()
        judged = self._judged.get(folding.tries)
        if judged is not None and judged.start <= start and self._judge_on(judged, folding):
            return judged.unprepared
        judged = self._judged[folding.tries] = _Judged(Tries())
        self._judge_on(judged, folding)
        return judged.unprepared

    def _judge_on(self, judged: _Judged, folding: Folding) -> bool:
        """Judge what has come since; say whether it came in order."""
        tries = judged.tries
        if tries.count == self.entries.count:
            return True
        items = self._since(folding.order, tries.count)
        if items and tries.last is not None and items[0][0] < tries.last:
            return False
        by_date = folding.order is not Order.RECORDED
        for _, item in items:
            if isinstance(item, EvidenceItem) and item.purpose not in (folding.purposes or ()):
                continue
            if not judge(tries, item, day_in(item, folding.order), by_date):
                judged.unprepared.add((item.entry, item.index))
        tries.count = self.entries.count
        tries.last = items[-1][0] if items else tries.last
        return True

    def _since(self, order: Order, start: int) -> list[Ordered]:
        found = self._ordered.get((order, start))
        if found is None:
            items = self._items_of(list(self.entries.since(start)))
            found = self._ordered[order, start] = sorted([(order_key(item, order), item) for item in items])
        return found

    def _items_of(self, entries: Sequence[Entry]) -> list[Item]:
        wanted = [entry for entry in entries if entry[1] not in self._items]
        if wanted:
            payloads = self._fetch([version for _, version in wanted])
            for entry, version in wanted:
                self._items[version] = items_of(payloads[version], entry, version, self.key)
        return [item for _, version in entries for item in self._items[version]]

    def _forget(self) -> None:
        self.states.clear()
        self._judged.clear()
        self._ordered.clear()
        self.changed = True


def state_key(folding: Folding, days: Days) -> str:
    """Name a fact's state: the key of its definition, and the learner's days it compares with."""
    return " ".join((folding.key, *map(spans_text, days))) if days else folding.key
