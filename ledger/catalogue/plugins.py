"""Plugins: which are installed and wanted, what they register, what their hooks give."""

import os
import sys
import traceback
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import pluggy

from ledger.catalogue.building import Building, take_policies
from ledger.catalogue.contents import near
from ledger.catalogue.drafts import drafts
from ledger.errors import LedgerError
from ledger.policy import hookspecs
from ledger.policy.facts import FactDefinition
from ledger.policy.model import Jurisdiction, Policy
from ledger.policy.modules import PolicyModule

BUILT_IN = "built-in"
"""The plugin that comes with the product and is always enabled."""

TRACE = "LEDGER_TRACE_PLUGINS"
"""Environment variable: 1 writes each hook call and what it gave to standard error."""


class PluginFound(Protocol):
    """An installed plugin, as an entry point gives it."""

    @property
    def name(self) -> str:
        """The name it is enabled by."""

    def load(self) -> Any:
        """Import it."""


def register(building: Building, wanted: Collection[str], found: Iterable[PluginFound]) -> None:
    """Import and register the plugins wanted; one that cannot be is a problem."""
    building.manager.add_hookspecs(hookspecs)
    if os.environ.get(TRACE) == "1":
        building.manager.add_hookcall_monitoring(_trace_call, _trace_result)
    plugins = sorted([*found, *drafts(wanted)], key=lambda plugin: plugin.name)
    names = [plugin.name for plugin in plugins]
    for name in sorted(set(wanted) - set(names)):
        building.refuse(name, "", f"no plugin of this name is installed ({near(name, names)}).")
    for plugin in plugins:
        if plugin.name in wanted:
            _register_one(building, plugin)


def _register_one(building: Building, plugin: PluginFound) -> None:
    try:
        building.manager.register(plugin.load(), plugin.name)
    except pluggy.PluginValidationError as error:
        building.refuse(plugin.name, "", " ".join(str(error).split()))
        return
    except Exception as error:
        building.refuse(plugin.name, "", f"cannot be imported: {_words_for(error)}")
        return
    for caller in building.manager.get_hookcallers(building.manager.get_plugin(plugin.name)) or ():
        if caller.spec is None:
            hooks = [name for name in vars(hookspecs) if name.startswith("ledger_")]
            building.refuse(plugin.name, "", f"there is no hook {caller.name!r} ({near(caller.name, hooks)}).")


def _words_for(error: Exception) -> str:
    """Say what was raised, and in which line of the plugin: the language's own lines help nobody."""
    if isinstance(error, LedgerError):
        return str(error)
    language = Path(hookspecs.__file__).parent
    every = traceback.extract_tb(error.__traceback__)
    frames = [frame for frame in every if language not in Path(frame.filename).parents]
    place = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {error}{place}"


def _trace_call(hook_name: str, *_: object) -> None:
    sys.stderr.write(f"{hook_name}\n")


def _trace_result(outcome: Any, hook_name: str, implementations: Sequence[Any], *_: object) -> None:
    givers = ", ".join(each.plugin_name for each in implementations)
    sys.stderr.write(f"{hook_name} of {givers or 'nobody'} gave {outcome.get_result()!r}\n")


def ask(building: Building) -> None:
    """Call every hook of every plugin once, and take what it gives."""
    takers: Mapping[str, tuple[type[Any] | tuple[type[Any], ...], Callable[[str, Any], None]]] = {
        "ledger_jurisdictions": (Jurisdiction, lambda plugin, given: building.jurisdictions.append((plugin, given))),
        "ledger_facts": (FactDefinition, lambda plugin, given: building.facts.append((plugin, given))),
        "ledger_policies": ((Policy, PolicyModule), lambda plugin, given: take_policies(building, plugin, given)),
    }
    for plugin, _ in sorted(building.manager.list_name_plugin()):
        for hook, (kind, take) in takers.items():
            for given in _given(building, plugin, hook):
                if isinstance(given, kind):
                    take(plugin, given)
                else:
                    building.refuse(plugin, hook, f"gave {given!r}, which is not what this hook is for.")


def _given(building: Building, plugin: str, hook: str) -> list[Any]:
    """Return what one plugin gives through one hook; what it raises is a problem of that plugin."""
    others = [each for name, each in building.manager.list_name_plugin() if name != plugin]
    try:
        answers = building.manager.subset_hook_caller(hook, others)()
        return [given for answer in answers for given in answer]
    except Exception as error:
        building.refuse(plugin, hook, f"raised {_words_for(error)}")
        return []
