"""Several processes and several threads at one vault."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from ledger.errors import UsageError
from ledger.vault import Profile, Vault

PROCESSES = 8

START = """
import sys, time
from pathlib import Path
from ledger.vault import Vault
home, number = Path(sys.argv[1]), int(sys.argv[2])
(home / f"ready-{number}").touch()
while not (home / "go").exists():
    time.sleep(0.001)
with Vault.open(home, environment={}) as vault:
    one = vault.learner_id("S-1")
    many = vault.learner_ids(f"S-{n}" for n in range(200))
    vault.put_text(one, "seen")
    print(one, *many.values())
"""


def test_eight_processes_make_one_learner(home: Path) -> None:
    """Eight processes that open a new vault at once make one key, one file and one UUID per learner."""
    home.mkdir()
    running = [
        subprocess.Popen(
            [sys.executable, "-c", START, str(home), str(number)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(PROCESSES)
    ]
    while len(list(home.glob("ready-*"))) < PROCESSES and all(process.poll() is None for process in running):
        threading.Event().wait(0.005)
    (home / "go").touch()
    ended = [process.communicate(timeout=120) for process in running]
    with Vault.open(home, environment={}) as vault:
        known = vault.find_many(f"S-{number}" for number in range(200))

    assert [errors for _, errors in ended] == [""] * PROCESSES
    assert {words for words, _ in ended} == {" ".join([known["S-1"], *known.values()]) + "\n"}
    assert len(set(known.values())) == 200
    assert [path.name for path in (home / "keys").iterdir()] == ["vault.key"]


def test_threads_share_one_vault(vault: Vault) -> None:
    """Threads that make, write and read the same people at once agree, and nothing is lost."""
    start = threading.Barrier(8)
    seen: list[dict[str, str]] = []
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            start.wait()
            ids = vault.learner_ids(f"S-{n}" for n in range(50))
            vault.put_profile(ids[f"S-{number}"], Profile(given_name=f"Name {number}"))
            kept = vault.put_text(ids["S-0"], f"text {number}")
            seen.append({**ids, "text": vault.text(kept).removesuffix(str(number))})
        except BaseException as error:  # a thread's failure must reach the assertion below
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert seen == [seen[0]] * 8
    assert vault.names(seen[0][f"S-{n}"] for n in range(8)) == {seen[0][f"S-{n}"]: f"Name {n}" for n in range(8)}


FORK = """
import os, sys
from pathlib import Path
from ledger.errors import UsageError
from ledger.vault import Vault
vault = Vault.open(Path(sys.argv[1]), environment={})
vault.learner_id("S-1")
child = os.fork()
if child == 0:
    for use in (lambda: vault.find("S-1"), lambda: vault.put_texts([])):
        try:
            use()
        except UsageError as error:
            print(error, flush=True)
    os._exit(0)
os.waitpid(child, 0)
vault.close()
"""


def test_a_fork_opens_the_vault_anew(home: Path) -> None:
    """A vault carried over a fork refuses to be used, because SQLite's locks do not survive one."""
    ended = subprocess.run([sys.executable, "-c", FORK, str(home)], capture_output=True, text=True, check=True)

    assert (
        ended.stdout.splitlines()
        == [f"{home / 'vault.db'} was opened before this process was forked; open it anew here"] * 2
    )


def test_a_closed_vault_says_so(home: Path) -> None:
    """A vault that was closed is not used any more."""
    vault = Vault.open(home, environment={})
    vault.close()
    with pytest.raises(UsageError) as caught:
        vault.find("S-1")

    assert str(caught.value) == f"{home / 'vault.db'} was closed: Cannot operate on a closed database."
