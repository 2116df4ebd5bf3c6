"""Everything about who may sign in to one home, opened together."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from ledger.accounts.identities import Identities
from ledger.accounts.local import Accounts
from ledger.accounts.passwords import Hasher
from ledger.accounts.tokens import Tokens
from ledger.errors import UnknownName
from ledger.home import Home
from ledger.storage.access_store import AccessStore
from ledger.storage.factory import wall_clock
from ledger.vault import Vault


@dataclass(frozen=True, slots=True)
class Desk:
    """The accounts, the identities elsewhere and the tokens of a home, and the vault that knows its people."""

    vault: Vault
    accounts: Accounts
    identities: Identities
    tokens: Tokens

    def person(self, name: str) -> str:
        """Return the vault id of somebody by the id known here; raise `UnknownName` where there is none."""
        found = self.vault.find_person(name)
        if found is None:
            raise UnknownName(f"nobody is known here by the id {name!r}; `mastery access list` shows who holds a role")
        return found


@contextmanager
def desk(home: Path, clock: Callable[[], str] = wall_clock) -> Iterator[Desk]:
    """Open what says who may sign in to a home; raise `UnknownName` where it holds no ledger."""
    layout = Home(home)
    if not layout.jurisdictions():
        raise UnknownName(f"there is no ledger in {home}; make one with `mastery init`")
    with ExitStack() as stack:
        vault = stack.enter_context(Vault.open(home))
        store = stack.enter_context(closing(AccessStore(layout.access_file)))
        yield Desk(
            vault,
            Accounts(store, vault, clock, Hasher()),
            Identities(store, vault, clock),
            Tokens(store, vault, clock),
        )
