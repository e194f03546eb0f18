"""All that is held on a person as a page in plain words, to be read in any browser."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from html import escape
from typing import Any

from care_console.base.words import N_
from care_console.privacy.rules.classes import Class, class_of
from care_console.privacy.rules.held import Held

Say = Callable[[str], str]

TITLES: Mapping[str, str] = {
    "card": N_("About you"),
    "card_phone": N_("Your telephone numbers"),
    "card_email": N_("Your e-mail addresses"),
    "card_address": N_("Your postal addresses"),
    "card_membership": N_("How we know you"),
    "card_alert": N_("Notes that we see first"),
    "card_relation": N_("How you are tied to others"),
    "contact": N_("When we were in contact, and what was said"),
    "contact_verified": N_("What you knew when we asked who you are"),
    "call": N_("Your calls"),
    "matter": N_("What you wanted settled"),
    "duty": N_("What we owe or owed you"),
    "recovery": N_("Where we let you down"),
    "recovery_step": N_("What we did to put it right"),
    "remedy": N_("What we gave you"),
    "dealing": N_("Your orders, invoices and visits"),
    "authority_request": N_("What a colleague was asked to allow for you"),
    "wording_said": N_("Words that were said to you"),
    "abuse_warning": N_("Warnings in a difficult conversation"),
    "entry": N_("When something was done about you"),
    "entry_personal": N_("What was written down then"),
    "imported": N_("What came from an address book"),
    "clerk": N_("Your work here"),
}
"""Those told first and in this order; what only helps to find a card comes last."""
REST = N_("What helps us to find your card")
STYLE = """
body { font: 16px/1.5 sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em; }
h2 { margin-top: 2em; } dl { border-left: 3px solid #888; padding-left: 1em; margin: 1em 0; }
dt { color: #666; font-size: .85em; } dd { margin: 0 0 .5em; white-space: pre-wrap; }
@media (prefers-color-scheme: dark) { body { background: #111; color: #eee; } dt { color: #aaa; } }
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'"  # nothing in it runs or is fetched


def page(held: Held, gettext: Say, locale: str) -> str:
    """Return the page in the person's language, which ``gettext`` and ``locale`` speak."""
    _ = gettext
    title = _("What {company} holds on you").format(company=held.company or _("this company"))
    said = [
        _("This is everything: each row that is kept under your name or your number."),
        _("Names of others are left out. Who worked for you is called by what they do here."),
        _("The same stands in the other two files, for other programs: vCard and JSON."),
    ]
    body = [f"<h1>{_text(title)}</h1>", f"<p>{_text(_told(held.at, locale))}</p>"]
    body += [f"<p>{_text(each)}</p>" for each in said]
    body += _sections(held, gettext, locale)
    head = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    head += f"<title>{_text(title)}</title><style>{STYLE}</style>"
    language = escape(held.language or "en", quote=True)
    whole = f'<html lang="{language}"><head>{head}</head><body>{"".join(body)}</body></html>'
    return f"<!doctype html>\n{whole}\n"


def _sections(held: Held, gettext: Say, locale: str) -> Iterator[str]:
    for table, title in TITLES.items():
        if rows := held.tables.get(table):
            yield f"<h2>{_text(gettext(title))}</h2>"
            yield from (_row(table, row, locale) for row in rows)
    rest = [name for name in held.tables if name not in TITLES and held.tables[name]]
    if rest:
        yield f"<h2>{_text(gettext(REST))}</h2>"
    for table in rest:
        yield from (_row(table, row, locale) for row in held.tables[table])


def _row(table: str, row: Mapping[str, Any], locale: str) -> str:
    told = [
        f'<dt>{_text(_called(name))}</dt><dd dir="auto">{_text(_told(value, locale))}</dd>'
        for name, value in row.items()
        if value not in (None, "", [], {}) and _is_told(table, name, value)
    ]
    return f"<dl>{''.join(told)}</dl>" if told else ""


def _is_told(table: str, name: str, value: Any) -> bool:
    """Return whether a person can make something of it; the JSON file has all."""
    if isinstance(value, bool | datetime | date) or name.endswith("_minor"):
        return True
    return isinstance(value, str | dict | list) and class_of(table, name) is not Class.SECRET


def _told(value: Any, locale: str) -> str:
    from babel.dates import format_date, format_datetime  # only for a page that is asked for

    from care_console.base.spell import known_locale

    if isinstance(value, datetime):
        return str(format_datetime(value, "medium", locale=known_locale(locale)))
    if isinstance(value, date):
        return str(format_date(value, "medium", locale=known_locale(locale)))
    if isinstance(value, Mapping):
        return "\n".join(f"{_called(name)}: {_told(each, locale)}" for name, each in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "\n".join(_told(each, locale) for each in value)
    return str(value)


def _called(name: str) -> str:
    return str(name).replace("_", " ")


def _text(text: str) -> str:
    return escape(text, quote=True)
