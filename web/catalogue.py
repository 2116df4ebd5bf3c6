"""The catalogues of translated words, and the command that brings them up to date.

`python -m web.catalogue` collects every text that is marked for translation and puts it into the catalogues, where
a person translates it. A text that changed a little keeps its translation nowhere: a guess is worse than none.
"""

import sys
from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from babel.support import NullTranslations, Translations

HERE = Path(__file__).parent
FOLDER = HERE / "translations"
WRITTEN_IN = "en"
"""The language in which the texts are written; it needs no catalogue."""

TRANSLATED = ("es",)

KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "marked": None}
"""What marks a text for translation: in templates and in Python; for the second text, more than one."""

METHODS = [("templates/**.html", "jinja2"), ("**.py", "python")]
HEAD = "# What the pages for learners and guardians say, in another language.\n"


def path_of(language: str) -> Path:
    """Return where the catalogue of a language lies."""
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


def held(language: str) -> Catalog:
    """Read the catalogue of a language."""
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language)


@lru_cache
def words_in(language: str) -> NullTranslations:
    """Return the words of a language, read once; of the one they are written in they are what they are."""
    if language == WRITTEN_IN:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, held(language))
    compiled.seek(0)
    return Translations(compiled)


def collected() -> Catalog:
    """Collect every text that is marked for translation."""
    catalog = Catalog(fuzzy=False)
    for name, _line, message, comments, _context in extract_from_dir(HERE, METHODS, keywords=KEYWORDS):
        catalog.add(message, locations=[(f"web/{name}", 0)], auto_comments=comments)
    return catalog


def written(language: str) -> bytes:
    """Return the catalogue of a language with what is marked now: new texts are empty, old ones are gone."""
    known = held(language)
    known.update(collected(), no_fuzzy_matching=True, update_creation_date=False)
    known.obsolete.clear()
    known.header_comment = HEAD.strip()
    file = BytesIO()
    write_po(file, known, width=118, omit_header=False, sort_output=True, include_lineno=False)
    return file.getvalue()


def untranslated(language: str) -> list[str]:
    """Name the texts of a language that nobody has translated, or not in every number."""
    return [str(one.id) for one in held(language) if one.id and not all(_texts(one.string))]


def _texts(said: str | Sequence[str] | None) -> Sequence[str]:
    return [said or ""] if said is None or isinstance(said, str) else said


def main() -> None:
    """Bring the catalogues up to date, and say what is still to be translated."""
    for language in TRANSLATED:
        path_of(language).write_bytes(written(language))
        sys.stdout.write(f"{language}: {len(untranslated(language))} still to be translated\n")


if __name__ == "__main__":
    main()
