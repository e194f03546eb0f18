"""Cards, what they have several of, and what search reads, as they are kept."""

from care_console.cards.records.card import (
    AddressRecord,
    AlertRecord,
    CardRecord,
    EmailRecord,
    FactRecord,
    MembershipRecord,
    PhoneRecord,
    RelationRecord,
)
from care_console.cards.records.dealings import DealingRecord, TakenFileRecord
from care_console.cards.records.merging import DistinctRecord, MovedRecord, ReplacedRecord
from care_console.cards.records.search import (
    EndingRecord,
    FaceRecord,
    NotedNumberRecord,
    RecentRecord,
    RecentWordRecord,
    SlipRecord,
    WordRecord,
)

__all__ = [
    "AddressRecord",
    "AlertRecord",
    "CardRecord",
    "DealingRecord",
    "DistinctRecord",
    "EmailRecord",
    "EndingRecord",
    "FaceRecord",
    "FactRecord",
    "MembershipRecord",
    "MovedRecord",
    "NotedNumberRecord",
    "PhoneRecord",
    "RecentRecord",
    "RecentWordRecord",
    "RelationRecord",
    "ReplacedRecord",
    "SlipRecord",
    "TakenFileRecord",
    "WordRecord",
]
