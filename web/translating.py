"""The language of a page: which one somebody reads, and its words, days and numbers.

Pages for learners and guardians are translated; every other page is in the language it is written in, and says so.
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from flask import Flask, Response, current_app, g, has_request_context, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from web.catalogue import WRITTEN_IN, words_in

View = TypeVar("View", bound=Callable[..., Any])
Answer = TypeVar("Answer", bound=AnyResponse)

LANGUAGES = MappingProxyType({"en": "English", "es": "Español"})
"""The languages there are, each by its own name."""

LOCALES = MappingProxyType({"en": "en_US", "es": "es_US"})
"""How numbers and days are written in each: as they are in the United States."""

DAYS = MappingProxyType({"en": "d MMMM y", "es": "d 'de' MMMM 'de' y"})

COOKIE = "mastery-language"
A_YEAR = 365 * 24 * 3600


def register(app: Flask) -> None:
    """Teach an application's templates to say everything in the language of the page."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.context_processor(lambda: {"language": language()})
    app.jinja_env.globals["LANGUAGES"] = LANGUAGES
    for written in (local_day, local_number, local_moment):
        app.add_template_filter(written)
    app.after_request(told)


def translated(view: View) -> View:
    """Declare that a page is translated."""
    view.translated = True  # type: ignore[attr-defined]
    return view


def language() -> str:
    """Return the language of the page at hand: the reader's where it is translated."""
    if not has_request_context():
        return WRITTEN_IN
    view = current_app.view_functions.get(str(request.endpoint))
    return chosen() if getattr(view, "translated", False) else WRITTEN_IN


def chosen() -> str:
    """Return the language somebody chose here, else the one the browser asks for."""
    kept = request.cookies.get(COOKIE, "")
    return kept if kept in LANGUAGES else request.accept_languages.best_match(LANGUAGES, WRITTEN_IN)


def keep(response: Answer, wanted: str) -> Answer:
    """Remember which language somebody chose; one there is not is left unsaid."""
    if wanted in LANGUAGES:
        response.set_cookie(COOKIE, wanted, max_age=A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


def told(response: Response) -> Response:
    """Tell which language a page is in, where it might have been in another."""
    view = current_app.view_functions.get(str(request.endpoint))
    if getattr(view, "translated", False) and response.mimetype == "text/html":
        response.headers["Content-Language"] = language()
        response.vary.update(("Accept-Language", "Cookie"))
    return response


def gettext(text: str) -> str:
    """Return a text in the language of the page; what it leaves open is put in afterwards."""
    return words_in(language()).ugettext(text)


def ngettext(one: str, many: str, number: int) -> str:
    """Return the text for a number of things in the language of the page."""
    return words_in(language()).ungettext(one, many, number)


def marked(text: str) -> str:
    """Return a text as it is, and have it collected for translation: it is looked up where it is shown."""
    return text


def local_day(value: str | date) -> str:
    """Write a legal date: 30 May 2026, 30 de mayo de 2026; "no day" where there is none."""
    if not value:
        return gettext("no day given")
    found = value if isinstance(value, date) else date.fromisoformat(value[:10])
    return format_date(found, DAYS[language()], locale=LOCALES[language()])


def local_number(text: str) -> str:
    """Write an exact decimal."""
    return format_decimal(Decimal(text), locale=LOCALES[language()], decimal_quantization=False)


def local_moment(at: str) -> Markup:
    """Write an instant in the zone of the ledger, with the instant itself for machines."""
    local = datetime.fromisoformat(at).astimezone(ZoneInfo(g.opened.ledger.opened.zone))
    time = format_time(local, "short", locale=LOCALES[language()])
    return Markup('<time datetime="{at}">{day}, {time}</time>').format(at=at, day=local_day(local.date()), time=time)
