"""ETag and If-Match: the version of the stream behind a thing, so that nobody overwrites what they have not seen."""

import re

from flask import Response, g, request

from web.api.kinds import KINDS
from web.api.problems import Refusal

_TAG = re.compile(r'\s*(W/)?"([^"]*)"\s*(?:,|$)')


def tag(version: int) -> str:
    """Return the tag of a version."""
    return f'"v{version}"'


def show(version: int) -> None:
    """Let the answer to this request carry a version."""
    g.api_version = version


def stamp(response: Response) -> Response:
    """Put the version that was shown on an answer."""
    if "api_version" in g:
        response.headers["ETag"] = tag(g.api_version)
    return response


def require_given() -> None:
    """Refuse a command that names no version at all."""
    if not request.headers.get("If-Match", "").strip():
        raise Refusal("version-needed", KINDS["version-needed"].means)


def require(version: int, changed_by: str) -> None:
    """Refuse a command about another version than the present one; `changed_by` made the present one."""
    given = request.headers.get("If-Match", "").strip()
    known = {tag for weak, tag in _TAG.findall(given) if not weak}
    if given != "*" and f"v{version}" not in known:
        detail = f"the present version is {tag(version)}, and If-Match asks for {given[:80]}"
        raise Refusal("stale-version", detail, version=version, changed_by=changed_by)
