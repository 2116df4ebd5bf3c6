"""`mastery books`."""

from tests.cli.support import Terminal

BOARD = ("--authority", "Board of trustees", "--minute", "7")


def test_a_term_is_closed_listed_and_shown(class_: Terminal) -> None:
    """What is closed is told with the digest of the list, listed, and shown with its rows."""
    closed = class_.json("books", "close", "term", "2026-spring", *BOARD)
    said = class_.ok("books", "show", "2026-spring")

    assert ("2026-spring", "term", None, None) == tuple(
        closed[name] for name in ("book", "kind", "questions", "checkpoint")
    )
    assert f"SHA-256 of the list {closed['rows']}" in said
    assert "no signed checkpoint covers it yet" in said
    assert "The list made again from the ledger is the one certified." in said
    assert "Nothing was decided afterwards about what was closed." in said
    assert "2026-spring  term" in class_.ok("books", "list")


def test_a_graduation_list_is_about_graduation_unless_told(class_: Terminal) -> None:
    """Without a question it lists decisions on GRADUATION, of which there is none here; with one, those met."""
    none = class_.json("books", "close", "graduation", "class-of-2026", *BOARD)
    some = class_.json("books", "close", "graduation", "masters", "--question", "mastery", *BOARD)

    assert (["GRADUATION"], 0) == (none["questions"], none["listed"])
    assert (["MASTERY"], 1) == (some["questions"], some["listed"])


def test_what_comes_after_is_shown_and_told_in_the_explanation(class_: Terminal) -> None:
    """A decision of the same day about what was closed is one made afterwards, here and in `explain`."""
    class_.ok("books", "close", "term", "2026-spring", *BOARD)
    for kind in ("exam", "performance"):
        work = (
            "--competency",
            "M.1",
            "--kind",
            kind,
            "--purpose",
            "summative",
            "--level",
            "3",
            "--occurred",
            "2026-03-05",
        )
        class_.ok("record", "evidence", "S-2", *work)
    shown = class_.json("books", "show", "2026-spring")
    after = shown["afterwards"][-1]
    version = str(after["decision"]["version"])

    assert "it was decided for a day that was closed" == after["why"]
    assert "Decided AFTER the closing: " in class_.ok("books", "show", "2026-spring")
    assert "It was made AFTER the books 2026-spring had been closed" in class_.ok("explain", "S-2", version)


def test_reopened_books_say_so(class_: Terminal) -> None:
    """The reopening is told at once, in the list and when they are shown; an earlier closing can be looked into."""
    class_.ok("books", "close", "term", "2026-spring", *BOARD)
    opened = class_.json("books", "reopen", "2026-spring", *BOARD, "--reason", "A class was left out")
    class_.ok("books", "close", "term", "2026-spring", *BOARD)

    assert f"reopened at position {opened['reopened']}" in class_.ok(
        "books", "show", "2026-spring", "--closing", opened["closing"]
    )
    assert f"at {opened['reopened']}" in class_.ok("books", "list")
    assert "reopened" not in class_.ok("books", "show", "2026-spring")
    assert (
        f"the books '2026-spring' were not closed at position 1; they were at {opened['closing']}, "
        f"{opened['reopened'] + 1}"
    ) == class_.refused("books", "show", "2026-spring", "--closing", 1)


def test_a_list_that_is_another_one_is_a_finding(class_: Terminal) -> None:
    """Where a leaf was altered, showing the books ends with exit status 1."""
    import sqlite3

    class_.ok("books", "close", "term", "2026-spring", *BOARD)
    with class_.open() as ledger, sqlite3.connect(ledger.log.path) as connection:
        connection.execute("UPDATE leaves SET leaf = zeroblob(32) WHERE leaf_index = 3")
    result = class_.run("books", "show", "2026-spring")

    assert 1 == result.exit_code
    assert "the root of the tree there is ANOTHER one" in result.stdout


def test_nothing_was_closed(class_: Terminal) -> None:
    """Where no books were ever closed, the list says so."""
    assert class_.ok("books", "list").endswith("No books were ever closed.\n")
