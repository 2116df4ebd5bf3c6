"""Bytes as text in base64, read only where they are written in the one way they can be."""

import base64
import binascii


def encoded(data: bytes) -> str:
    """Write bytes in base64 (RFC 4648, section 4)."""
    return base64.b64encode(data).decode()


def decoded(text: str) -> bytes | None:
    """Read bytes off base64; nothing where `encoded` would have written them otherwise."""
    try:
        found = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return found if encoded(found) == text else None
