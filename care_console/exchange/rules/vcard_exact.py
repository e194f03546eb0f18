"""A card that was written here, taken just as it stands."""

from collections.abc import Callable

from care_console.cards.rules import (
    NewAddress,
    NewAlert,
    NewEmail,
    NewPhone,
    RelationKind,
)
from care_console.exchange.rules.draft import Draft
from care_console.exchange.rules.kept import NAME, kept_lines
from care_console.exchange.rules.person import Tie, Unreadable, day_of, membership_of
from care_console.exchange.rules.vcard_line import Head, Raw, cut, parts, text
from care_console.exchange.rules.vcard_write import OURS, THEIRS

WHOLE = {name: field for field, name in (THEIRS | OURS).items()}  # properties that are one field
URN = "urn:uuid:"


def exact_draft(sheet: list[str], raw: Raw) -> Draft:
    """Return what a card says that an export of this program wrote.

    A line that was changed elsewhere so that it says nothing any more is passed over.
    """
    draft = Draft(exact=True)
    draft.kept = kept_lines(sheet, raw)
    for head, value in map(cut, sheet):
        try:
            if field := WHOLE.get(head.name):
                draft.said[field] = text(head, value, raw)
            elif (take := TAKES.get(head.name)) is not None:
                take(draft, head, parts(head, value, raw))
        except Unreadable:
            continue
    return draft


def _uid(draft: Draft, _head: Head, said: list[str]) -> None:
    draft.said["uid"] = ";".join(said).removeprefix(URN)


def _name(draft: Draft, _head: Head, said: list[str]) -> None:
    """N, unless the same name is there as another program structured it."""
    for part, words in zip(NAME, said, strict=False):
        draft.said.setdefault(part, words)


def _exact_name(draft: Draft, head: Head, said: list[str]) -> None:
    draft.said |= dict(zip(NAME, said, strict=False))


def _company(draft: Draft, _head: Head, said: list[str]) -> None:
    draft.said.setdefault("company", said[0])


def _exact_company(draft: Draft, _head: Head, said: list[str]) -> None:
    draft.said["company"] = said[0]


def _kind(draft: Draft, _head: Head, said: list[str]) -> None:
    draft.organisation = said[0].strip().lower() == "org"


def _phone(draft: Draft, head: Head, said: list[str]) -> None:
    care = dict(head.care)
    if raw := ";".join(said).strip():
        draft.phones.append(NewPhone(raw=raw, label=_label(head), shared="shared" in care))


def _email(draft: Draft, head: Head, said: list[str]) -> None:
    if address := ";".join(said).strip():
        draft.emails.append(NewEmail(address=address, label=_label(head)))


def _address(draft: Draft, head: Head, said: list[str]) -> None:
    box, more, street, town, region, postcode, country, *_ = [*said, *[""] * 7]
    lines = "\n".join(filter(None, [box, more, street]))
    draft.addresses.append(
        NewAddress(
            street=lines,
            town=town,
            region=region,
            postcode=postcode,
            country=country,
            label=_label(head),
        )
    )


def _membership(draft: Draft, head: Head, said: list[str]) -> None:
    draft.memberships.append(membership_of(said))
    place = len(draft.memberships) - 1
    for key, uid in head.care:
        if key in ("owner", "seller"):
            draft.ties.append(Tie(uid, membership=place, sold=key == "seller"))


def _alert(draft: Draft, _head: Head, said: list[str]) -> None:
    words, since, until, *_ = [*said, "", ""]
    draft.alerts.append(NewAlert(words=words, since=day_of(since), until=day_of(until)))


def _related(draft: Draft, head: Head, said: list[str]) -> None:
    care = dict(head.care)
    if care.get("kind") in tuple(RelationKind):
        tie = Tie(
            uid=";".join(said).removeprefix(URN),
            relation=RelationKind(care["kind"]),
            forward=care.get("side") != "second",
            since=day_of(care.get("since", "")),
            until=day_of(care.get("until", "")),
        )
        draft.ties.append(tie)


def _label(head: Head) -> str:
    return dict(head.care).get("label", head.label)


TAKES: dict[str, Callable[[Draft, Head, list[str]], None]] = {
    "UID": _uid,
    "N": _name,
    "X-CARE-N": _exact_name,
    "ORG": _company,
    "X-CARE-COMPANY": _exact_company,
    "KIND": _kind,
    "TEL": _phone,
    "EMAIL": _email,
    "ADR": _address,
    "X-CARE-MEMBERSHIP": _membership,
    "X-CARE-ALERT": _alert,
    "RELATED": _related,
}
