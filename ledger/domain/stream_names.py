"""The names of streams and of logs: ASCII that stands in a leaf record without an escape.

Ids that come from outside may be any text; in a stream's name each byte that is not allowed there is
written as a tilde and two hexadecimal digits, and so is the tilde itself, so that no two ids meet.
"""

import re

ALLOWED = "ASCII letters, digits and / _ . : @ - ~ only"
"""What a name may hold, for people."""

_NAME = re.compile(r"[A-Za-z0-9/_.:@~-]+")
_OTHER = re.compile(rb"[^A-Za-z0-9/_.:@-]")


def is_name(text: str) -> bool:
    """Say whether text may name a stream or a log."""
    return _NAME.fullmatch(text) is not None


def framework_stream(identity: str) -> str:
    """Return the stream of a framework or a scale, given its id as any text."""
    return f"framework/{_escaped(identity)}"


def _escaped(text: str) -> str:
    return _OTHER.sub(lambda found: b"~%02X" % found[0][0], text.encode(errors="surrogatepass")).decode()
