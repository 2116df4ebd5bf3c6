"""What a what-if of these pages is asked: two rules of one question, values of one's own, ledgers and groups."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ledger.inquiry.trying import Asking, Simulated, try_rules
from ledger.overrides import read_overrides
from ledger.policy.model import Policy
from ledger.simulation.reading import Tried
from web import proposing
from web.ledgers import Opened, ledgers
from web.policy_form import ParameterField, ReadParameters, parameter_fields, read_parameters
from web.remembering import memory

SIDES = ("baseline", "candidate")
ALL_GROUPS = ("all",)
SEED = secrets.randbits(32)
"""Draws the unchanged learners that are decided again; one for as long as the server runs, so that pages agree."""


@dataclass(frozen=True, slots=True)
class SideOf:
    """One rule of a what-if as typed: the policy, its values as fields of a form, and what is wrong with them."""

    name: str
    policy: Policy
    fields: tuple[ParameterField, ...]
    read: ReadParameters

    @property
    def typed(self) -> dict[str, str]:
        """Return what was typed, by the names of the inputs."""
        return {f"{self.name}.param.{name}": text for name, text in self.read.given.items()}


@dataclass(frozen=True, slots=True)
class Question:
    """A what-if as typed: both sides once both rules are chosen, and every problem by the name of its input."""

    sides: tuple[SideOf, ...] = ()
    groups: bool = False
    problems: Mapping[str, str] = field(default_factory=dict)

    @property
    def fits(self) -> bool:
        """Say whether it can be asked."""
        return len(self.sides) == len(SIDES) and not self.problems

    @property
    def address(self) -> dict[str, Any]:
        """Return what an address says of it."""
        said = {one.name: one.policy.edition for one in self.sides}
        values = {name: text for one in self.sides for name, text in one.typed.items()}
        return {**said, **values, **({"groups": "yes"} if self.groups else {})}


def read_question(opened: Opened, given: Mapping[str, str], today: date, *, may_group: bool) -> Question:
    """Read what was asked; nothing is raised but `UnknownName` for a rule that is not here."""
    named = [(name, given.get(name, "").strip()) for name in SIDES]
    if not all(edition for _, edition in named):
        return Question()
    sides = tuple(_side(opened, name, edition, given, today) for name, edition in named)
    problems = {f"{one.name}.param.{name}": said for one in sides for name, said in one.read.problems.items()}
    if len({(one.policy.question, one.policy.award, one.policy.subject) for one in sides}) > 1:
        problems["candidate"] = "It answers another question than the baseline; compare two rules for the same one."
    return Question(sides, bool(given.get("groups")) and may_group, problems)


def _side(opened: Opened, name: str, edition: str, given: Mapping[str, str], today: date) -> SideOf:
    policy = proposing.policy_of(opened, ledgers().catalogue, edition)
    prefix = f"{name}."
    own = {key.removeprefix(prefix): text for key, text in given.items() if key.startswith(prefix)}
    read = read_parameters(policy, own, today)
    return SideOf(name, policy, parameter_fields(policy, today, read.given, read.problems, {}), read)


def asking_of(question: Question, districts: tuple[str, ...], today: date) -> Asking:
    """Return what is asked of the ledgers; `districts` are those that whoever asks reaches."""
    tried = [Tried(one.policy, read_overrides(one.policy, one.read.given, today)[0]) for one in question.sides]
    return Asking(tried[0], tried[1], today, districts, ALL_GROUPS if question.groups else (), SEED)


def key_of(question: Question, districts: tuple[str, ...], today: date) -> tuple[object, ...]:
    """Name a what-if: what was asked, of which ledgers at which positions, on which day."""
    at = tuple((name, ledgers().open(name).position) for name in districts)
    return ("what-if", tuple(sorted(question.address.items())), at, today)


def known(question: Question, districts: tuple[str, ...], today: date) -> bool:
    """Say whether it was worked out already."""
    return key_of(question, districts, today) in memory()


def worked_out(
    opened: Opened,
    question: Question,
    districts: tuple[str, ...],
    today: date,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Simulated:
    """Return what came of it, worked out now where that was not done before."""
    asking, home, vault = asking_of(question, districts, today), ledgers().home, opened.ledger.vault
    return memory().answer(key_of(question, districts, today), lambda: try_rules(home, vault, asking, progress))
