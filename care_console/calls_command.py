"""Listing the calls of the house without a window."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from care_console.base.clock import utc_now
from care_console.base.errors import CareError
from care_console.base.words import N_, _

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from care_console.calls.service.listing import ListedCall
    from care_console.settings.home import Home

AGO = re.compile(r"(\d{1,5})([mhdw])")
DAYS = {"today": 0, "yesterday": 1}
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class NoMoment(CareError):
    """What was typed is no moment."""


def add_calls(acts: _SubParsersAction[ArgumentParser], everywhere: ArgumentParser) -> None:
    """Add ``calls`` to the acts of the command line."""
    act = acts.add_parser("calls", parents=[everywhere], help=_("list the calls, the oldest first"))
    act.add_argument(
        "--since",
        metavar="WHEN",
        default="today",
        help=_("today, yesterday, 90m, 2h, 3d, a date or a time as in ISO 8601; today by default"),
    )
    act.add_argument("--json", action="store_true", default=False, help=_("one object a line"))
    act.set_defaults(act=list_calls)


def list_calls(asked: Namespace) -> int:
    """Write a line for each call; return 0. Raises CareError."""
    from care_console.settings.home import Home

    since = moment(asked.since, utc_now().astimezone())
    return asyncio.run(_list(Home.at(asked.home), since, as_json=asked.json))


def moment(typed: str, now: datetime) -> datetime:
    """Return the moment that is meant, aware UTC; without a zone it is this computer's.

    Raises NoMoment.
    """
    word = typed.strip().casefold()
    try:
        if word in DAYS:
            day = now - timedelta(days=DAYS[word])
            meant = day.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        elif (ago := AGO.fullmatch(word)) is not None:
            meant = now - timedelta(**{UNITS[ago[2]]: int(ago[1])})
        else:
            meant = datetime.fromisoformat(typed.strip())
        return meant.astimezone(UTC)  # without a zone: as this computer's clock was then
    except (ValueError, OverflowError, OSError) as error:
        raise NoMoment(
            N_(
                "“{typed}” is no moment. Say today, yesterday, 2h, 3d, 2030-01-07 or"
                " 2030-01-07T09:00."
            ),
            typed=typed[:40],
        ) from error


async def _list(home: Home, since: datetime, *, as_json: bool) -> int:
    from care_console.base.command import Clerk, Command
    from care_console.services import furnish

    services = await furnish(home, utc_now)
    try:
        clerk = await services.staff.clerk() or Clerk("", "")
        async for call in services.listing.since(Command(uuid4(), clerk), since):
            said = json.dumps(_as_object(call), ensure_ascii=False) if as_json else _as_words(call)
            sys.stdout.write(f"{said}\n")
    finally:
        await services.store.close()
    return 0


def _as_object(call: ListedCall) -> dict[str, Any]:
    return {
        "number": call.number,
        "match": call.match,
        "card_ids": list(call.card_ids),
        "line": call.line,
        "called": call.called,
        "started": _iso(call.started_at),
        "answered": _iso(call.answered_at),
        "ended": _iso(call.ended_at),
        "outcome": call.outcome,
        "cause": call.cause,
        "diverted_from": call.diverted_from,
        "presentation": call.presentation,
        "direction": call.direction,
    }


def _iso(at: datetime | None) -> str | None:
    if at is None:
        return None
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _as_words(call: ListedCall) -> str:
    cards = ", ".join(f"#{each}" for each in call.card_ids)
    when = f"{call.started_at.astimezone():%Y-%m-%d %H:%M:%S}"
    who = call.number or call.presentation
    said = (when, call.direction, who, call.outcome, call.line, cards)
    return "  ".join(each for each in said if each)
