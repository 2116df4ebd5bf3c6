"""Why a file is not looked at any further."""


class Refused(Exception):
    """The file is no bundle, or none that could be checked; the sentence names the place in it."""


def shown(text: str) -> str:
    """Write a name from a file nobody trusts so that it can be printed."""
    safe = text if text.isprintable() else ascii(text)
    return safe if len(safe) <= 80 else f"{safe[:80]}..."
