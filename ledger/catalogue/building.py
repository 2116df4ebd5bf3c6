"""A catalogue in the making: what plugins gave, the files beside it, and every problem of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

import pluggy

from ledger.catalogue.contents import Beside
from ledger.errors import Problem
from ledger.facts.check import definition_problems
from ledger.policy import hookspecs
from ledger.policy.beside import read_module
from ledger.policy.check import problems as problems_of
from ledger.policy.checks.places import definitions
from ledger.policy.facts import FactDefinition
from ledger.policy.model import Jurisdiction, Policy
from ledger.policy.modules import PolicyModule


@dataclass(slots=True)
class Building:
    """A catalogue in the making: what was given, by which plugin, and what is wrong."""

    method_names: frozenset[str]
    manager: pluggy.PluginManager = field(default_factory=lambda: pluggy.PluginManager(hookspecs.PROJECT))
    jurisdictions: list[tuple[str, Jurisdiction]] = field(default_factory=list)
    facts: list[tuple[str, FactDefinition]] = field(default_factory=list)
    policies: list[tuple[Policy, Beside]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, plugin: str, where: str, what: str) -> None:
        """Note a problem of a plugin."""
        self.problems.append(Problem(plugin, "", where, what))

    def refuse_all(self, plugin: str, found: Iterable[Problem]) -> None:
        """Note problems of a policy, with the plugin that gave it."""
        self.problems.extend(replace(problem, plugin=plugin) for problem in found)


def take_policies(building: Building, plugin: str, given: Policy | PolicyModule) -> None:
    """Take policies from a plugin, with the data beside them, and note every problem of them."""
    if isinstance(given, Policy):
        _take(building, given, Beside(plugin), ())
        return
    read = read_module(given)
    for problem in read.parameters.problems:
        where = ", ".join(part for part in (read.file, problem.where) if part)
        building.problems.append(replace(problem, plugin=plugin, where=where))
    for name in read.unread:
        building.refuse(plugin, f"{read.file}, {name}", "is read by no policy of its module.")
    beside = Beside(plugin, read.cases_file, read.cases, read.law)
    for policy in read.policies:
        _take(building, policy, beside, read.broken)


def _take(building: Building, policy: Policy, beside: Beside, broken: Collection[str]) -> None:
    building.refuse_all(beside.plugin, problems_of(policy, building.method_names, broken))
    for definition in policy.sheet:
        if building.method_names.issuperset(each.method for each, _ in definitions((definition,))):
            where = f"fact {definition.name!r}"
            found = [Problem(beside.plugin, policy.id, where, f"{what}.") for what in definition_problems(definition)]
            building.problems.extend(found)
    building.policies.append((policy, beside))
