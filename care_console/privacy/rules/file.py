"""Everything held on a person as one file: vCard, JSON, and a page to read."""

import io
import json
import zipfile
from datetime import date, datetime
from typing import Any
from uuid import UUID

from care_console.privacy.rules.held import Held

VCARD, JSON, PAGE = "person.vcf", "person.json", "person.html"
SAME_MOMENT = (1980, 1, 1, 0, 0, 0)  # of each part: the file tells its moment inside


def packed(held: Held, page: str) -> bytes:
    """Return the ZIP with its three parts; the same rows make the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, text in ((PAGE, page), (VCARD, held.vcard), (JSON, as_json(held))):
            part = zipfile.ZipInfo(name, SAME_MOMENT)
            part.external_attr = 0o600 << 16
            pack.writestr(part, text.encode("utf-8", "replace"), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def as_json(held: Held) -> str:
    """Return all rows as JSON (RFC 8259), moments and days as ISO 8601."""
    told = {
        "about": held.card_id,
        "gathered_at": held.at,
        "company": held.company,
        "tables": held.tables,
    }
    return json.dumps(told, default=_kept, ensure_ascii=False, indent=1) + "\n"


def _kept(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(type(value).__name__)
