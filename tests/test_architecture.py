"""Imports go one way, and each outside library is named only where it belongs."""

import ast
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for package in ("ledger", "policies", "web")
    for path in sorted((ROOT / package).rglob("*.py"))
}

EVERYONE = "values errors durable"
ARROWS = {
    "ledger": "",
    "values": "",
    "errors": "",
    "durable": "",
    "home": EVERYONE,
    "keys": EVERYONE,
    "policy": "values errors",
    "policies": "policy",
    "pytest_plugin": "policy",
    "domain": EVERYONE,
    "interchange": f"{EVERYONE} domain",
    "facts": f"{EVERYONE} domain policy",
    "catalogue": f"{EVERYONE} policy facts",
    "overrides": f"{EVERYONE} policy",
    "bounds": f"{EVERYONE} policy domain overrides",
    "deciding": f"{EVERYONE} facts bounds policy domain overrides",
    "pilots": f"{EVERYONE} domain facts policy bounds deciding",
    "storage": f"{EVERYONE} domain keys",
    "vault": f"{EVERYONE} domain keys storage",
    "documents": f"{EVERYONE} domain vault",
    "projections": f"{EVERYONE} domain facts storage home",
    "access": f"{EVERYONE} domain",
    "accounts": f"{EVERYONE} access home storage vault",
    "application": f"{EVERYONE} access domain facts policy overrides bounds deciding pilots catalogue storage vault "
    "keys home documents audit",
    "importing": f"{EVERYONE} domain facts storage vault interchange application",
    "inquiry": f"{EVERYONE} access home domain facts policy catalogue bounds deciding simulation storage vault "
    "application audit projections",
    "demonstration": f"{EVERYONE} home keys domain policy catalogue application importing interchange vault inquiry "
    "storage audit",
    "simulation": f"{EVERYONE} domain facts bounds policy deciding storage",
    "audit": f"{EVERYONE} domain interchange facts policy overrides bounds deciding simulation storage projections "
    "home keys",
}
AT_THE_EDGE = ("cli", "web")
"""These two may import every part; no part imports them."""

OUTSIDE = {
    "flask": ("web",),
    "pluggy": ("ledger.catalogue", "ledger.policy.hookspecs"),
    "sqlite3": ("ledger.storage",),
    "sqlalchemy": ("ledger.storage", "ledger.projections"),
    "eventsourcing": ("ledger.storage", "ledger.application"),
}
STANDS_ALONE = "ledger.audit.verifier"
"""Checks what the rest of the program hands out; its folder may be copied elsewhere, so it imports relatively."""

MAKES_DECISIONS_AGAIN = f"{STANDS_ALONE}.deciding"
"""The one module of it that asks the rest of the program, from the auditor's own copy."""

FOR_TYPES_ALONE = {("ledger.policy.parameters", "ledger.policy.model")}
"""Imports that do not happen at run time and would close a circle if they did."""

BESIDE_THE_STANDARD_LIBRARY = {"pluggy", "pytest", "ledger", "policies"}


def within(module: str, places: tuple[str, ...]) -> bool:
    """Say whether a module is one of the places or inside one."""
    return any(module == place or module.startswith(f"{place}.") for place in places)


def imported(module: str) -> Iterator[str]:
    """Name every module a module imports, wherever in its text the import stands."""
    for node in ast.walk(ast.parse(FILES[module].read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level or within(module, (STANDS_ALONE,)), f"{module} imports relatively; name it in full"
            assert node.level < 2, f"{module} imports from outside of its folder"
            source = ".".join(name for name in (module.rpartition(".")[0] * node.level, node.module) if name)
            names = [f"{source}.{alias.name}" for alias in node.names]
            yield from (name if name in FILES else source for name in names)


IMPORTS = {module: set(imported(module)) for module in FILES}


def part(module: str) -> str:
    """Return the part of the tree a module belongs to: `policy` for `ledger.policy.terms`."""
    names = module.split(".")
    return names[1] if names[0] == "ledger" and len(names) > 1 else names[0]


def test_imports_go_one_way() -> None:
    """No part imports another that the table does not name for it, and every part stands in the table."""
    against = {
        f"{module} -> {target}"
        for module, targets in IMPORTS.items()
        for target in targets & FILES.keys()
        if part(module) not in AT_THE_EDGE and part(target) not in {part(module), *ARROWS[part(module)].split()}
    }

    assert against == set()


def test_no_modules_import_each_other() -> None:
    """The modules can be put in an order in which each imports only earlier ones."""
    earlier = {
        module: {target for target in targets & FILES.keys() if (module, target) not in FOR_TYPES_ALONE}
        for module, targets in IMPORTS.items()
    }

    assert len(list(TopologicalSorter(earlier).static_order())) == len(FILES)


def test_outside_libraries_stay_in_their_place() -> None:
    """Flask is named in web alone, a database in storage alone, pluggy where plugins are hosted."""
    against = {
        f"{module} -> {target}"
        for module, targets in IMPORTS.items()
        for target in targets
        if not within(module, OUTSIDE.get(target.split(".")[0], (part(module), module)))
    }

    assert against == set()


def test_the_verifier_stands_alone() -> None:
    """What checks a bundle shares no code with what makes one, but for making decisions again."""
    own = {"cryptography", *sys.stdlib_module_names}
    replay = {"domain", "policy", "facts", "deciding", "errors"}
    against = {
        f"{module} -> {target}"
        for module, targets in IMPORTS.items()
        for target in targets
        if within(module, (STANDS_ALONE,)) and not within(target, (STANDS_ALONE,)) and target.split(".")[0] not in own
        if module != MAKES_DECISIONS_AGAIN
        or not (part(target) in replay or target in {"msgspec", "ledger.audit.comparing"})
    }

    assert against == set()


def test_rules_need_the_standard_library_alone() -> None:
    """Neither the rule language nor a policy imports a library that an auditor would have to install."""
    known = BESIDE_THE_STANDARD_LIBRARY | sys.stdlib_module_names
    against = {
        f"{module} -> {target}"
        for module, targets in IMPORTS.items()
        for target in targets
        if part(module) in {"policy", "policies"} and target.split(".")[0] not in known
    }

    assert against == set()
