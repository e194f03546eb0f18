"""Moments and amounts as they are said to a customer."""

import re
from datetime import datetime, timedelta

from care_console.base import money
from care_console.base.spell import hour, known_locale
from care_console.recovery.rules.playbook import When

WEEK = timedelta(days=7)


def aloud(at: datetime, now: datetime, when: When, locale: str) -> str:
    """Return a moment as it is said aloud: ``11:15``, ``tomorrow at 9:00``, ``Friday at 9:00``."""
    from babel.dates import format_date, format_skeleton

    there, here = at.astimezone().date(), now.astimezone().date()
    told = hour(at, locale)
    if there == here:
        return when.today.replace("{hour}", told)
    if there == here + timedelta(days=1):
        return when.tomorrow.replace("{hour}", told)
    known = known_locale(locale)
    day = (
        format_date(there, "EEEE", known)
        if there - here < WEEK
        else format_skeleton("MMMMEEEEd", there, locale=known)
    )
    return when.later.replace("{hour}", told).replace("{day}", day)


def said_amount(minor: int, currency: str, locale: str) -> str:
    """Return an amount as it is said: ``£35``, ``£35.50``."""
    digits, spelt = money.digits(currency), money.spell(minor, currency, locale)
    return re.sub(rf"[.,]0{{{digits}}}(?!\d)", "", spelt) if digits else spelt


def said_thing(name: str) -> str:
    """Return a remedy that is no money as it stands inside a sentence: ``a morning off``."""
    return name[:1].lower() + name[1:]
