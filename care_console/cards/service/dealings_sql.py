"""What the records are asked when a number of a dealing may have been typed: fixed SQL."""

from functools import cache

FOUND = 20  # by each way

BEGUN, DIGITS, ENDING = 0, 1, 2  # the ways in which a number is found, the likelier first
_COLUMNS = {BEGUN: "number_key", DIGITS: "digits_key", ENDING: "ending_key"}
_VALUES = {BEGUN: "key", DIGITS: "key", ENDING: "ending"}

_ARM = """
    SELECT id, {way} AS way FROM (
        SELECT id FROM dealing WHERE {column} >= :{value} AND {column} < :{value}_up
        ORDER BY {column}, id LIMIT {most}
    ) AS arm_{way}
"""
_SHOWN = """
    SELECT found.way, dealing.id, dealing.kind, dealing.number, dealing.dated, dealing.minor,
        dealing.currency, dealing.state, dealing.state_words, dealing.seller, dealing.card_id,
        (SELECT face FROM card_face WHERE card_face.card_id = dealing.card_id)
    FROM ({arms}) AS found JOIN dealing ON dealing.id = found.id
"""


@cache
def by_number(by_digits: bool, by_ending: bool) -> str:
    """Return what finds dealings by how their number begins, by its digits and by its ending."""
    ways = [BEGUN, *([DIGITS] if by_digits else []), *([ENDING] if by_ending else [])]
    arms = (
        _ARM.format(way=way, column=_COLUMNS[way], value=_VALUES[way], most=FOUND) for way in ways
    )
    return _SHOWN.format(arms=" UNION ALL ".join(arms))
