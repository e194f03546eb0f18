"""The SQL behind a ring: who a number leads to, and what is shown of them at once."""

from care_console.cards.rules import Group, Kind, RelationKind
from care_console.cards.rules.behind import How
from care_console.cards.service.replaced import LED

MOST = 50  # candidates
READ = 200  # of them looked at, before the most recent are kept
NOTED_IN = 6  # cards looked at in whose notes a number stands

NOBODY = "SELECT 0 AS id, 0 AS how, 0 AS shared, 0 AS exact WHERE 1 = 0"

# A chain of CROSS JOINs is read in this order by SQLite, which else may begin with a whole table.

ON_CARDS = f"""
    SELECT card_id AS id, {How.OWN:d} AS how,
        CASE WHEN shared OR extension <> '' THEN 1 ELSE 0 END AS shared,
        CASE WHEN extension = :extension THEN 1 ELSE 0 END AS exact
    FROM card_phone WHERE e164 {{any}} LIMIT {READ}
"""

AT_THE_PLACE = f"""
    SELECT first_id AS id, {How.PLACE:d} AS how, 1 AS shared, 0 AS exact
    FROM (
        SELECT relation.first_id
        FROM own CROSS JOIN card AS place CROSS JOIN card_relation AS relation
        WHERE place.id = own.id AND place.kind = '{Kind.ORGANISATION}'
            AND relation.second_id = place.id AND relation.kind = '{RelationKind.WORKS_AT}'
            AND (relation.until IS NULL OR :today < relation.until)
        LIMIT {READ}
    ) AS staff
"""

IN_NOTES = f"""
    SELECT card_id AS id, {How.NOTED:d} AS how, 0 AS shared, 0 AS exact
    FROM (
        SELECT DISTINCT noted.card_id
        FROM (SELECT 1 AS yes WHERE NOT EXISTS (SELECT 1 FROM own)) AS on_no_card
        CROSS JOIN noted_number AS noted WHERE noted.e164 {{any}} LIMIT {NOTED_IN}
    ) AS mention
"""

OF_COLLEAGUES = f"""
    SELECT phone.card_id AS id, {How.OWN:d} AS how, 0 AS shared, 1 AS exact
    FROM card_phone AS phone CROSS JOIN card_membership AS work
    WHERE phone.extension = :extension
        AND work.card_id = phone.card_id AND work.card_group = '{Group.EMPLOYEE}'
        AND (work.since IS NULL OR work.since <= :today)
        AND (work.until IS NULL OR :today < work.until)
    LIMIT {READ}
"""

OF_ONE = f"""
    SELECT id, {How.OWN:d} AS how, 0 AS shared, 0 AS exact FROM card
    WHERE id = ({LED})
"""

TEXTS = (  # of a card, which a headline has under the same names
    *("company", "title", "preferred", "say_it", "form_of_address", "pronoun", "language"),
    *("preferred_channel", "preferred_hours", "accessibility", "do", "dont"),
)

CARDS = f"""
    SELECT found.id, found.how, found.shared, found.exact, found.last_at, card.name, card.kind,
        {", ".join(f"card.{text}" for text in TEXTS)}
    FROM found CROSS JOIN card WHERE card.id = found.id
"""

PARTS = """
    SELECT found.id, 'membership', part.id, part.card_group, CAST(part.since AS TEXT),
        CASE WHEN (part.since IS NULL OR part.since <= :today)
            AND (part.until IS NULL OR :today < part.until) THEN 'now' END,
        owner.name, seller.name
    FROM found CROSS JOIN card_membership AS part
    LEFT JOIN card AS owner ON owner.id = part.owner_card_id
    LEFT JOIN card AS seller ON seller.id = part.sold_by_card_id
    WHERE part.card_id = found.id
    UNION ALL
    SELECT found.id, 'phone', part.id, part.e164, part.raw, part.extension, NULL, NULL
    FROM found CROSS JOIN card_phone AS part WHERE part.card_id = found.id
    UNION ALL
    SELECT found.id, 'email', part.id, part.address, NULL, NULL, NULL, NULL
    FROM found CROSS JOIN card_email AS part WHERE part.card_id = found.id
    UNION ALL
    SELECT found.id, 'address', part.id, part.street, part.town, part.region, part.postcode,
        part.country
    FROM found CROSS JOIN card_address AS part WHERE part.card_id = found.id
    UNION ALL
    SELECT found.id, 'alert', part.id, part.words, NULL, NULL, NULL, NULL
    FROM found CROSS JOIN card_alert AS part
    WHERE part.card_id = found.id AND (part.since IS NULL OR part.since <= :today)
        AND (part.until IS NULL OR :today <= part.until)
    UNION ALL
    SELECT found.id, 'fact', 0, part.kind, CAST(part.count AS TEXT),
        CAST(part.next_due_at AS TEXT), part.headline, owner.name
    FROM found CROSS JOIN card_facts AS part
    LEFT JOIN card AS owner ON owner.id = part.owner_card_id
    WHERE part.card_id = found.id AND part.count > 0
"""


def _found(own: str, place: str = NOBODY, notes: str = NOBODY) -> str:
    """Return how a statement about the cards that were ``found`` begins.

    Each part selects id, how, shared and exact; the others may read the rows of ``own``.
    """
    return f"""
        WITH own AS ({own}), found AS (
            SELECT every.id, min(every.how) AS how, max(every.shared) AS shared,
                max(every.exact) AS exact, max(recent.at) AS last_at
            FROM (
                SELECT * FROM own
                UNION ALL SELECT * FROM ({place}) AS place
                UNION ALL SELECT * FROM ({notes}) AS notes
            ) AS every
            LEFT JOIN card_recent AS recent ON recent.card_id = every.id
            GROUP BY every.id ORDER BY 2, 5 DESC NULLS LAST, 1 LIMIT {MOST}
        )
    """


def _by(any_of: str) -> str:
    return _found(ON_CARDS.format(any=any_of), AT_THE_PLACE, IN_NOTES.format(any=any_of))


BY_ONE_NUMBER = _by("= :key_0")
BY_NUMBERS = _by("IN (:key_0, :key_1, :key_2, :key_3)")
KEYS = 4
BY_EXTENSION = _found(OF_COLLEAGUES)
BY_ID = _found(OF_ONE)
