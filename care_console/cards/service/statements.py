"""What the records are asked when somebody types: fixed SQL for each number of words."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import permutations

from care_console.cards.rules.asked import LIKELY_SLOTS, SLIP_KEYS, SLOTS
from care_console.cards.rules.search import (
    ACCOUNT,
    ADDRESS,
    ALL_KINDS,
    COMPANY,
    NAME,
    NUMBER,
    OTHER,
    PAIR,
)

FOUND = 20  # keys that are read where all of them will do
TWICE = 4  # of them that may be found twice, where that is rare
SMALL_GROUP = 5_000  # cards that are sorted for one page
SCANNED = 100  # keys that are read for one word in search of the others

# What stands beside a key is read with it; else each card costs a page of the file.
_SHOWN = """
    SELECT hit.kind, hit.key, hit.card_id,
        coalesce(hit.face, (SELECT face FROM card_face WHERE card_face.card_id = hit.card_id)),
        CASE WHEN hit.face IS NULL
            THEN (SELECT words FROM card_face WHERE card_face.card_id = hit.card_id) END,
        CASE WHEN hit.face IS NULL
            THEN (SELECT at FROM card_face WHERE card_face.card_id = hit.card_id)
            ELSE (SELECT at FROM card_recent WHERE card_recent.card_id = hit.card_id) END
    FROM ({arms} LIMIT {most}) AS hit
"""
_KEYS = """
    SELECT kind, key, card_id, face FROM card_word
    WHERE kind = '{kind}' AND key >= :{begun} AND key < :{begun}_up
    ORDER BY kind, key, card_id LIMIT {most}
"""
_RECENT_KEYS = """
    SELECT kind, key, card_id, face FROM recent_word
    WHERE kind = '{kind}' AND key >= :{begun} AND key < :{begun}_up{and_others}
    ORDER BY at DESC LIMIT {most}
"""
_ENDINGS = f"""
    SELECT CASE before WHEN '{ACCOUNT}' THEN 'account' ELSE '{NUMBER}' END AS kind, ending AS key,
        card_id, CAST(NULL AS VARCHAR) AS face
    FROM number_ending WHERE ending >= :{{begun}} AND ending < :{{begun}}_up
    ORDER BY ending, before, card_id LIMIT {{most}}
"""
_ENDINGS_AFTER = f"""
    SELECT '{NUMBER}' AS kind, ending AS key, card_id, CAST(NULL AS VARCHAR) AS face
    FROM (
        SELECT ending, before, card_id FROM number_ending
        WHERE ending >= :{{begun}}_later AND ending < :{{begun}}_later_up
        ORDER BY ending, before, card_id LIMIT {3 * SCANNED}
    ) AS ended
    WHERE before = :{{begun}}_before LIMIT {{most}}
"""
_AMONG = """
    SELECT '{kind}' AS kind, {column} AS key, card_id, CAST(NULL AS VARCHAR) AS face FROM {table}
    WHERE {column} >= :{begun} AND {column} < :{begun}_up ORDER BY {column}, card_id LIMIT {most}
"""
_COUNTED = """
    SELECT count(*) AS keys FROM (
        SELECT 1 AS one FROM card_word
        WHERE kind = '{kind}' AND key >= :{begun} AND key < :{begun}_up LIMIT {most}
    ) AS counted
"""

MEANT = """
    SELECT word FROM (SELECT word FROM word_slip WHERE slip IN ({keys}) LIMIT 200) AS slipped
    UNION SELECT word FROM (SELECT word FROM word_slip WHERE slip = :sound LIMIT 200) AS alike
""".format(keys=", ".join(f":slip_{at}" for at in range(SLIP_KEYS)))
LAST_CONTACTS = f"""
    SELECT 'r', '', hit.card_id,
        (SELECT face FROM card_face WHERE card_face.card_id = hit.card_id), '', hit.at
    FROM (SELECT card_id, at FROM card_recent ORDER BY at DESC LIMIT {FOUND}) AS hit
"""

_OF_GROUP = """
    SELECT part.card_id FROM card_membership AS part
    WHERE part.card_group = :group AND (part.since IS NULL OR part.since <= :today)
        AND (part.until IS NULL OR :today < part.until)
"""
_PAGE = """
    SELECT page.id, face.face, face.at FROM ({page} ORDER BY sort_key, id LIMIT :most) AS page
    JOIN card_face AS face ON face.card_id = page.id ORDER BY page.sort_key, page.id
"""
_ADDRESSES = _AMONG.format(
    table="card_email", column="address_key", kind=ADDRESS, begun="address", most=FOUND
)
# Of names that are both only begun; those that are whole are found by the words together.
_BOTH_BEGUN = [
    f"""
    SELECT '{NAME}' AS kind, key, card_id, face
    FROM ({_KEYS.format(kind=PAIR, begun=begun, most=3 * SCANNED)}) AS zipped
    WHERE replace(key, :inside_0, '') <> key AND replace(key, :inside_1, '') <> key
        AND replace(key || ' ', :inside_0 || ' ', '') = key || ' '
        AND replace(key || ' ', :inside_1 || ' ', '') = key || ' ' LIMIT {FOUND}
    """
    for begun in ("zip0_1", "zip1_0")
]
PLACE = "SELECT sort_key, id FROM card WHERE id = :after"
PAGE = _PAGE.format(page="SELECT id, sort_key FROM card WHERE (sort_key, id) > (:key, :after)")
COUNT_OF_GROUP = f"""
    SELECT count(*) FROM (
        SELECT 1 AS one FROM card_membership WHERE card_group = :group LIMIT {SMALL_GROUP}
    ) AS counted
"""
PAGE_OF_LARGE_GROUP = _PAGE.format(  # along the names, of which not many are skipped
    page=f"""SELECT id, sort_key FROM card
    WHERE (sort_key, id) > (:key, :after) AND EXISTS ({_OF_GROUP} AND part.card_id = card.id)"""
)
PAGE_OF_SMALL_GROUP = _PAGE.format(  # all of the group are sorted
    page=f"""SELECT card.id, card.sort_key
    FROM (SELECT DISTINCT card_id FROM ({_OF_GROUP}) AS now LIMIT {SMALL_GROUP}) AS member
    CROSS JOIN card WHERE card.id = member.card_id AND (sort_key, id) > (:key, :after)"""
)


@cache
def for_one_word(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Return what finds cards by the word ``w0``, the likelier first, to be asked in turn.

    First are those who are called so, and those who work there if there was a contact lately;
    then whoever else works there, lives there, or has such an account or ``address``.
    """
    if kinds != ALL_KINDS:
        return (_shown([_keys(kind, "w0") for kind in kinds]),)
    likely = [_recent(NAME, "w0"), _recent(COMPANY, "w0"), _keys(NAME, "w0")]
    others = [_keys(COMPANY, "w0"), _recent(OTHER, "w0"), _keys(OTHER, "w0"), _ADDRESSES]
    return _shown(likely), _shown(others)


@cache
def for_address() -> str:
    """Return what finds cards by how an e-mail ``address`` begins."""
    return _shown([_ADDRESSES])


@cache
def for_words(count: int, kinds: tuple[str, ...], with_digits: bool) -> tuple[str, ...]:
    """Return what finds cards by ``count`` words, two of which stand together on the card.

    They are ``w0``, ``w1`` and so on, the longest first; ``w1_w0`` is both with a blank between,
    and ``joined`` all without one. To be asked in turn: names and where there was a contact
    lately, then whatever else.
    """
    arms = {kind: [*_pairs(kind, count, with_digits), _keys(kind, "joined")] for kind in kinds}
    if kinds != ALL_KINDS:
        return (_shown([arm for kind in kinds for arm in arms[kind]]),)
    others = range(1, count)
    recent = [_recent(kind, "w0", others, with_digits) for kind in kinds]
    return (
        _shown([*recent, *arms[NAME], *(_BOTH_BEGUN if count == 2 else ())]),
        _shown([*arms[COMPANY], *arms[OTHER]]),
    )


@cache
def for_scattered(
    at: int, count: int, kinds: tuple[str, ...], with_digits: bool
) -> tuple[str, str]:
    """Return what looks for ``count`` words on the first cards that have the one ``at``.

    The second statement tells how many those are: fewer than SCANNED are all.
    """
    others = [other for other in range(count) if other != at]
    arms = [_filtered(kind, f"w{at}", others, with_digits) for kind in kinds]
    counts = (_COUNTED.format(kind=kind, begun=f"w{at}", most=SCANNED) for kind in kinds)
    return _shown(arms), f"SELECT max(keys) FROM ({' UNION ALL '.join(counts)}) AS counts"


@cache
def for_number(from_start: bool, inside: bool, inland: bool, lately: bool) -> tuple[str, ...]:
    """Return what finds cards by a part of a number.

    With ``inside``, ``part`` begins where a kept ending does, and ``part_later`` is one digit
    later, after ``part_before``; with ``inland`` the same goes for what follows a leading zero.
    With ``from_start`` it may be how a ``whole`` number begins. With ``lately`` so many have it
    that those with a contact lately are looked for apart.
    """
    arms = [_recent(NUMBER, "part")] if inside and lately else []
    arms += [_recent(NUMBER, "whole")] if from_start and lately else []
    arms += _endings("part") if inside else []
    arms += [_among("card_phone", "e164", NUMBER, "whole")] if from_start else []
    arms += [_recent(NUMBER, "inland")] if inland and lately else []
    arms += _endings("inland") if inland else []
    return (_shown(arms, FOUND + TWICE),)


@cache
def for_meant(count: int, kinds: tuple[str, ...], with_digits: bool) -> str:
    """Return what finds cards by words that might have been meant, ``slot_0`` and so on.

    The others of ``count`` words must be there as they are, ``w1`` and so on; ``slot_0_w1`` is
    a slot and such a word with a blank between.
    """
    if count == 1:
        return _shown([_keys(kind, f"slot_{at}") for at in range(SLOTS) for kind in kinds])
    arms = []
    for at in range(SLOTS):
        for word in range(1, count):
            others = [other for other in range(1, count) if other != word]
            arms.append(_filtered(kinds[0], f"slot_{at}_w{word}", others, with_digits))
    for at in range(LIKELY_SLOTS):
        arms += [_filtered(kind, f"slot_{at}", range(1, count), with_digits) for kind in kinds]
    return _shown(arms)


def _pairs(kind: str, count: int, with_digits: bool) -> Iterator[str]:
    for first, second in permutations(range(count), 2):
        others = [at for at in range(count) if at not in (first, second)]
        yield _filtered(kind, f"w{first}_w{second}", others, with_digits)


def _endings(begun: str) -> list[str]:
    return [each.format(begun=begun, most=FOUND) for each in (_ENDINGS, _ENDINGS_AFTER)]


def _keys(kind: str, begun: str) -> str:
    return _KEYS.format(kind=kind, begun=begun, most=FOUND)


def _among(table: str, column: str, kind: str, begun: str) -> str:
    return _AMONG.format(table=table, column=column, kind=kind, begun=begun, most=FOUND)


def _recent(kind: str, begun: str, others: Iterable[int] = (), with_digits: bool = False) -> str:
    and_others = "".join(f" AND {_has(at, with_digits)}" for at in others)
    return _RECENT_KEYS.format(kind=kind, begun=begun, and_others=and_others, most=FOUND)


def _filtered(kind: str, begun: str, others: Sequence[int], with_digits: bool) -> str:
    if not others:
        return _keys(kind, begun)
    keys = _KEYS.format(kind=kind, begun=begun, most=SCANNED)
    wanted = " AND ".join(_has(at, with_digits) for at in others)
    return f"SELECT kind, key, card_id, face FROM ({keys}) AS scanned WHERE {wanted} LIMIT {FOUND}"


def _has(at: int, with_digits: bool) -> str:
    """``inside_1`` is the word with a blank before it; both databases know ``replace``."""
    inside = f"replace(key, :inside_{at}, '') <> key"
    return f"({inside} OR replace(face, :part_{at}, '') <> face)" if with_digits else inside


def _shown(arms: Sequence[str], most: int = 2 * FOUND) -> str:
    """Return the hits of ``arms``, of which the later are not begun if the earlier find enough.

    Names are found in two ways: there are twice as many as are wanted.
    """
    named = (
        f"SELECT kind, key, card_id, face FROM ({arm}) AS arm_{at}" for at, arm in enumerate(arms)
    )
    return _SHOWN.format(arms=" UNION ALL ".join(named), most=most)
