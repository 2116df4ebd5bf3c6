"""OpenSSL alone verifies the signature of a checkpoint: an auditor needs no software of ours for that."""

import base64
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.audit.foreign.conftest import LOG, NEW, Published

ED25519 = bytes.fromhex("302a300506032b6570032100")
"""What stands before an Ed25519 key in SubjectPublicKeyInfo (RFC 8410, section 4)."""


def verified(folder: Path, text: str, signature: bytes) -> bool:
    """Ask OpenSSL whether a signature of the log's key over a text holds."""
    public = base64.b64decode(LOG.verifier_key.split("+", 2)[2])[1:]
    parts = {"key": ED25519 + public, "text": text.encode(), "signature": signature}
    for name, content in parts.items():
        (folder / name).write_bytes(content)
    options = ["-verify", "-pubin", "-keyform", "DER", "-inkey", "key", "-rawin", "-in", "text"]
    words = ["openssl", "pkeyutl", *options, "-sigfile", "signature"]
    return subprocess.run(words, cwd=folder, capture_output=True, check=False, timeout=60).returncode == 0


@pytest.mark.skipif(shutil.which("openssl") is None, reason="`openssl` is not installed: Debian's package is needed")
def test_a_checkpoint_is_verified_by_openssl(published: Published, tmp_path: Path) -> None:
    """The text before the empty line is what is signed, and the last 64 bytes of the line are the signature."""
    text, _, signatures = published.note(NEW).partition("\n\n")
    signature = base64.b64decode(signatures.splitlines()[0].rsplit(" ", 1)[1])[4:]

    assert verified(tmp_path, f"{text}\n", signature)
    assert not verified(tmp_path, f"{text.replace('70000', '70001')}\n", signature)
    assert not verified(tmp_path, f"{text}\n", signature[:-1] + bytes([signature[-1] ^ 1]))
