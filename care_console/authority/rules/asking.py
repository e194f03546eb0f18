"""Asking for more than one may give: who decides, until when, and what an answer binds."""

from datetime import datetime, timedelta

from care_console.authority.rules.views import Answer

ALONE = timedelta(minutes=15)  # in which only whom it was sent to decides
EXPIRES = timedelta(minutes=30)  # after which nobody does
HOLDS = timedelta(minutes=5)  # for which an approval can be used
TOLD = timedelta(minutes=30)  # for which who asked is told that nobody answered
PUT_AWAY = timedelta(minutes=15)  # after it expired; no desk's clock is so far ahead
LONGEST_STORY = 2_000  # characters


def standing(
    state: str, expires_at: datetime, allowed_until: datetime | None, now: datetime
) -> Answer:
    """Return how a request stands at ``now``, whatever was kept of it before."""
    kept = Answer(state)
    if kept is Answer.WAITING and expires_at <= now:
        return Answer.EXPIRED
    if kept is Answer.APPROVED and (allowed_until is None or allowed_until <= now):
        return Answer.EXPIRED
    return kept


def falls_to(
    approver_id: int, to_card_id: int | None, falls_to_others_at: datetime, now: datetime
) -> bool:
    """Return whether this approver may decide it now: it was sent to them, or to nobody in time."""
    return to_card_id in (None, approver_id) or falls_to_others_at <= now


def lessened(
    asked_minor: int, asked_pieces: int, minor: int | None, pieces: int | None
) -> tuple[int, int] | None:
    """Return how much in money and in pieces an approver allows of what was asked.

    ``minor`` None is all of it. Of what is counted the ``pieces`` decide, and each costs as much
    as it did. None if that is nothing, more than was asked, or no whole piece.
    """
    if not asked_pieces:
        allowed = asked_minor if minor is None else minor
        return (allowed, 0) if 0 < allowed <= asked_minor else None
    if pieces is None:
        pieces = asked_pieces if minor is None else _pieces_for(asked_minor, asked_pieces, minor)
    if not 0 < pieces <= asked_pieces:
        return None
    return asked_minor * pieces // asked_pieces, pieces


def _pieces_for(asked_minor: int, asked_pieces: int, minor: int) -> int:
    return minor * asked_pieces // asked_minor if asked_minor else 0
