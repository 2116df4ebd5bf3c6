"""Policies written by hand and not proposed yet: kept as canonical text in files, each named by its digest."""

import contextlib
import re

from ledger.application.adopting import Adoption, checked
from ledger.application.ledger import Ledger
from ledger.application.preview_rows import Preview
from ledger.application.previewing import preview
from ledger.catalogue.writing import writing_problems
from ledger.deciding.supposing import Supposition
from ledger.durable import put
from ledger.errors import PolicyProblems, UnknownName, UnreadablePolicy
from ledger.policy.canonical import policy_digest, policy_from_text, policy_text
from ledger.policy.model import Policy
from ledger.values import digest

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)

A_FEW = 12
"""Learners a policy is tried on before it is proposed."""


def keep_draft(ledger: Ledger, policy: Policy) -> str:
    """Keep a policy that has no problem until it is proposed; return its digest. Raises `PolicyProblems`."""
    if found := writing_problems(policy):
        raise PolicyProblems(found)
    name = policy_digest(policy)
    put(ledger.home.drafts / f"{name}.json", policy_text(policy).encode())
    return name


def draft(ledger: Ledger, name: str) -> Policy:
    """Return a policy that was kept, by its digest; raise `UnknownName` where none is, or it was altered."""
    with contextlib.suppress(FileNotFoundError, UnreadablePolicy, UnicodeDecodeError):
        data = (ledger.home.drafts / f"{name}.json").read_bytes() if _DIGEST.fullmatch(name) else b""
        if digest(data) == name:
            return policy_from_text(data.decode())
    raise UnknownName(f"no policy written here has the digest {name[:16]!r}; write it once more")


def tried(ledger: Ledger, adoption: Adoption) -> Preview:
    """Say what a policy that is not even proposed would do to a few learners; nothing is written.

    Raises `PolicyProblems` where it could not be adopted so.
    """
    found = checked(ledger, ledger.governance(), adoption)
    supposed = Supposition(adopted=(found.adopted(adoption),), archived=(found.archived,))
    streams = ledger.log.recorder.streams("learner/")[:A_FEW]
    return preview(ledger, supposed, max(adoption.first_day, ledger.today()), streams=streams)
