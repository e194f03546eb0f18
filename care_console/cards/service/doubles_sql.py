"""What the records are asked about doubles: one look-up for a card being typed, and steps."""

from care_console.cards.rules.asked import SLIP_KEYS
from care_console.cards.rules.doubles import EXTENSION
from care_console.cards.rules.search import NAME

MOST = 8  # cards that one number or address may bring
NAMED = 16  # that a name may bring
MEANT = 24  # words that were perhaps meant

_SLIPS = ", ".join(f":slip_{at}" for at in range(SLIP_KEYS))

WHILE_TYPING = f"""
    SELECT hit.how, hit.card_id, hit.key, hit.shared, face.face, face.words
    FROM (
        SELECT 'number' AS how, card_id, key, shared
        FROM (SELECT card_id, CASE WHEN shared THEN 1 ELSE 0 END AS shared,
                CASE extension WHEN '' THEN e164 ELSE e164 || '{EXTENSION}' || extension END AS key
            FROM card_phone WHERE e164 = :e164 LIMIT {MOST}) AS numbers
        UNION ALL
        SELECT 'email', card_id, address_key, 0
        FROM (SELECT card_id, address_key FROM card_email
            WHERE address_key = :address LIMIT {MOST}) AS addresses
        UNION ALL
        SELECT 'name', card_id, '', 0
        FROM (SELECT card_id FROM card_word
            WHERE kind = '{NAME}' AND key >= :name AND key < :name_up
            ORDER BY kind, key, card_id LIMIT {NAMED}) AS names
        UNION ALL
        SELECT 'name', card_id, '', 0
        FROM (SELECT word.card_id
            FROM (SELECT DISTINCT word FROM word_slip WHERE slip IN ({_SLIPS})
                LIMIT {MEANT}) AS meant
            CROSS JOIN card_word AS word
            WHERE word.kind = '{NAME}' AND word.key >= meant.word || ' ' || :beside
                AND word.key < meant.word || ' ' || :beside_up LIMIT {NAMED}) AS slipped
    ) AS hit
    JOIN card_face AS face ON face.card_id = hit.card_id
"""
"""Who has this number or address, is called so as far as it is typed, or with one slip."""

_STEP = """
    SELECT {key}, {card} FROM {table}
    WHERE {key} > :after AND {key} <> '' ORDER BY {key}, {card} LIMIT :most
"""
_COUNT = "SELECT count(*) FROM {table} WHERE {key} <> ''"

_SOURCES = (  # what cards are put together by, the most telling first
    ("card_email", "address_key", "card_id"),
    ("card_membership", "account_key", "card_id"),
    ("card_phone", "e164", "card_id"),
    ("card", "sort_key", "id"),
)
STEPS = [_STEP.format(table=table, key=key, card=card) for table, key, card in _SOURCES]
COUNTS = [_COUNT.format(table=table, key=key) for table, key, _card in _SOURCES]
