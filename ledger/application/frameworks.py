"""Finding frameworks and competencies by the names people give them."""

from ledger.domain.governance import Governance
from ledger.errors import UnknownName
from ledger.values import identifier


def framework_named(governance: Governance, name: str, read_to: int | None = None) -> str:
    """Return the id of the framework meant by its id, its title, or the name a plain file was brought in under.

    Raises `UnknownName` where there is none, or where several have the title.
    """
    held = titles(governance, read_to)
    identity = next((one for one in (name, identifier("framework", name)) if one in held), None)
    if identity is not None:
        return identity
    found = [one for one, title in held.items() if title.casefold() == name.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownName(f"{len(found)} frameworks are called {name!r}; name one by its id: {', '.join(found)}")
    there = "; ".join(f"{title} ({one})" for one, title in held.items())
    raise UnknownName(
        f"no framework is called {name!r} here; there is {there}"
        if held
        else "no framework is held here; bring one in with `mastery import framework`"
    )


def titles(governance: Governance, read_to: int | None = None) -> dict[str, str]:
    """Return the title of each framework held at a position, now without one, by its id."""
    current = governance.current_editions(governance.position if read_to is None else read_to)
    return {framework: governance.outline(digest).edition.title for framework, digest in current.items()}


def competency_in(governance: Governance, framework: str, name: str) -> tuple[str, str]:
    """Return edition digest and id of the competency meant by an id, or a code that one alone has, in a framework."""
    edition = governance.current_editions(governance.position)[framework]
    outline = governance.outline(edition)
    found = outline.by_id.get(name) or outline.by_code.get(name)
    if found is None:
        raise UnknownName(
            f"{outline.edition.title} has no competency with the id {name!r}, nor one alone with that code"
        )
    return edition, found.id
