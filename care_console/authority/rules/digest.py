"""Odd patterns in what was given: something to look at together, never a judgement."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from care_console.authority.rules.views import Odd
from care_console.base.words import _, ngettext

PAIR_DAYS = 90  # over which the same clerk and customer are counted
OFTEN = 3  # times the same pair, or just under the limit
JUST_UNDER_PERCENT = 90  # of the limit, and from there up to it


@dataclass(frozen=True, slots=True)
class Gift:
    """A remedy that was given, and what stands behind it.

    ``most`` is the limit for one such remedy when it was given, in minor units; None where there
    was none, or a colleague allowed it, or it is not counted in money.
    """

    remedy_id: int
    at: datetime
    day: date  # at the desk
    clerk_card_id: int
    clerk: str
    card_id: int
    household_id: int
    customer: str
    name: str
    minor: int
    card_made: date
    behind: bool = True  # a contact or a recovery
    most: int | None = None
    usual: bool = False  # it is what is always given of this remedy


def odd(gifts: Iterable[Gift], since: date) -> list[Odd]:
    """Return the patterns in which something that was given from ``since`` on has a part.

    ``gifts`` go back PAIR_DAYS before the last of them.
    """
    past = sorted(gifts, key=lambda gift: (gift.at, gift.remedy_id))
    new = [gift for gift in past if gift.day >= since]
    return [
        *_same_pair(past, since),
        *_alone(new, lambda gift: not gift.behind, _no_contact),
        *_alone(new, lambda gift: gift.card_made == gift.day, _new_card),
        *_just_under(new),
    ]


def _same_pair(past: Sequence[Gift], since: date) -> Iterator[Odd]:
    """Yield the pairs of clerk and household that met often; one day counts once."""
    first = past[-1].day - timedelta(days=PAIR_DAYS) if past else since
    pairs: dict[tuple[int, int], list[Gift]] = defaultdict(list)
    for gift in past:
        if gift.day > first:
            pairs[gift.clerk_card_id, gift.household_id].append(gift)
    for pair in pairs.values():
        days = len({gift.day for gift in pair})
        if days >= OFTEN and pair[-1].day >= since:
            last = pair[-1]
            words = ngettext(
                "{clerk} gave something to {customer} on {count} day out of {days}.",
                "{clerk} gave something to {customer} on {count} days out of {days}.",
                days,
            ).format(clerk=last.clerk, customer=last.customer, count=days, days=PAIR_DAYS)
            yield _odd(words, pair, last.card_id)


def _alone(
    new: Iterable[Gift], is_odd: Callable[[Gift], bool], words: Callable[[Gift], str]
) -> Iterator[Odd]:
    for gift in new:
        if is_odd(gift):
            yield _odd(words(gift), [gift], gift.card_id)


def _no_contact(gift: Gift) -> str:
    words = _("{clerk} gave {customer} “{name}” with no contact and no recovery behind it.")
    return words.format(clerk=gift.clerk, customer=gift.customer, name=gift.name)


def _new_card(gift: Gift) -> str:
    words = _("{clerk} gave {customer} “{name}” on the day on which the card was made.")
    return words.format(clerk=gift.clerk, customer=gift.customer, name=gift.name)


def _just_under(new: Iterable[Gift]) -> Iterator[Odd]:
    """Yield the clerks who often stopped just before they would have had to ask."""
    near: dict[int, list[Gift]] = defaultdict(list)
    for gift in new:
        if gift.most and not gift.usual and _is_just_under(gift.minor, gift.most):
            near[gift.clerk_card_id].append(gift)
    for many in near.values():
        if len(many) >= OFTEN:
            words = ngettext(
                "{clerk} stayed just under the limit {count} time.",
                "{clerk} stayed just under the limit {count} times.",
                len(many),
            ).format(clerk=many[-1].clerk, count=len(many))
            yield _odd(words, many, None)


def _is_just_under(minor: int, most: int) -> bool:
    return most * JUST_UNDER_PERCENT <= minor * 100 <= most * 100


def _odd(words: str, gifts: Sequence[Gift], card_id: int | None) -> Odd:
    ids = tuple(gift.remedy_id for gift in gifts)
    return Odd(words, gifts[-1].clerk_card_id, card_id, ids)
