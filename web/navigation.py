"""Where one can go: the sections of the bar, and the pages within each; what somebody may not open is left out."""

from dataclasses import dataclass

from flask import Flask, current_app, request, url_for

from web import access

SECTIONS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("Overview", (("Overview", "scoped.overview"),)),
    ("My targets", (("My targets", "scoped.my_targets"),)),
    ("Learners", (("Learners", "scoped.learners"),)),
    ("Classes", (("Classes", "scoped.classes"),)),
    (
        "Decisions",
        (
            ("All decisions", "scoped.decisions"),
            ("Would now differ", "scoped.to_settle"),
        ),
    ),
    (
        "Policies",
        (
            ("Policies", "scoped.policies"),
            ("Compare two", "scoped.compare_policies"),
            ("Try another rule", "scoped.what_if_page"),
        ),
    ),
    (
        "Changes",
        (
            ("Changes", "scoped.changes"),
            ("Propose one", "scoped.choose"),
        ),
    ),
    (
        "Frameworks",
        (
            ("Frameworks", "scoped.frameworks"),
            ("Designations", "scoped.designations"),
        ),
    ),
    ("Pilots", (("Pilots", "scoped.pilots"), ("Open one", "scoped.new_pilot"))),
    (
        "Audit",
        (
            ("Integrity", "scoped.integrity"),
            ("Queries", "scoped.queries"),
            ("Cases and samples", "scoped.cases"),
            ("Names", "scoped.disclosed_names"),
        ),
    ),
    (
        "Access",
        (
            ("Who holds which role", "scoped.grants"),
            ("Who looked at what", "scoped.read_log"),
            ("My roles", "scoped.own_roles"),
            ("My tokens", "scoped.tokens"),
        ),
    ),
)
"""For each section what the bar calls it (as the pages' `section` does), and its pages: label and endpoint.

An endpoint that does not exist is left out; what a page asks of a person, the page itself declares.
"""


@dataclass(frozen=True, slots=True)
class Way:
    """A link to a page: `current` says that this is where one is."""

    label: str
    address: str
    current: bool


def register(app: Flask) -> None:
    """Let every page show where one can go."""
    app.add_template_global(sections)
    app.add_template_global(pages_of)
    app.add_template_global(exists)


def exists(endpoint: str) -> bool:
    """Say whether there is such a page at all."""
    return endpoint in current_app.view_functions


def opens_page(endpoint: str) -> bool:
    """Say whether there is a page at an endpoint, and whoever is signed in may open it."""
    need = getattr(current_app.view_functions.get(endpoint), "need", access.UNDECLARED)
    if not isinstance(need, access.Need):
        return need in (None, access.SIGNED_IN) and access.visitor() is not None
    anywhere = need.target is access.anywhere
    return access.may(need.action, access.ANYWHERE if anywhere else None)


def sections(section: str) -> list[Way]:
    """Return the sections somebody may open, each leading to the first of its pages that may be."""
    found = []
    for label, pages in SECTIONS:
        endpoint = next((one for _, one in pages if opens_page(one)), None)
        if endpoint is not None:
            found.append(Way(label, url_for(endpoint), label == section))
    return found


def pages_of(section: str) -> list[Way]:
    """Return the pages of a section that somebody may open, nothing where there is but one."""
    pages = dict(SECTIONS).get(section or "", ())
    found = [Way(label, url_for(one), request.endpoint == one) for label, one in pages if opens_page(one)]
    return found if len(found) > 1 else []
