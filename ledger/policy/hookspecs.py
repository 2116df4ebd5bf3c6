"""What a policy plugin may provide: three hooks, each called once, when a catalogue is built.

A hook hands over values and decides nothing. A plugin imports `hookimpl` from here.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import pluggy

from ledger.policy.facts import FactDefinition
from ledger.policy.model import Jurisdiction, Policy
from ledger.policy.modules import PolicyModule

PROJECT = "ledger_policies"
"""The name pluggy marks hooks with; not the entry-point group, which is `ledger.policies`."""

_Hook = TypeVar("_Hook", bound=Callable[..., Any])


def hookspec(function: _Hook) -> _Hook:
    """Mark a function as the specification of a hook."""
    return pluggy.HookspecMarker(PROJECT)(function)


def hookimpl(function: _Hook) -> _Hook:
    """Mark a plugin's function as its implementation of the hook of the same name."""
    return pluggy.HookimplMarker(PROJECT)(function)


@hookspec
def ledger_jurisdictions() -> Iterable[Jurisdiction]:  # type: ignore[empty-body]
    """States, districts and schools this plugin knows, each naming its parent."""


@hookspec
def ledger_facts() -> Iterable[FactDefinition]:  # type: ignore[empty-body]
    """Named compositions of fact methods that policies of other plugins may use as well."""


@hookspec
def ledger_policies() -> Iterable[Policy | PolicyModule]:  # type: ignore[empty-body]
    """Every edition of every policy this plugin provides."""
