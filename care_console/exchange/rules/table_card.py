"""One card from the row of a table."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from care_console.exchange.rules.draft import Draft
from care_console.exchange.rules.identity import same
from care_console.exchange.rules.layout import BOTH, Address, Layout, Value
from care_console.exchange.rules.people import is_prefix
from care_console.exchange.rules.table_cells import bare
from care_console.exchange.rules.table_exact import ORGANISATIONS, exact_draft
from care_console.exchange.rules.vocabulary import group_of, label_of, plain

SEVERAL = re.compile(r":::|\n|;(?!\s*(?:ext|phone-context)=)")  # Google has :::
SEVERAL_EMAILS = re.compile(r":::|[\s,;]")
SEVERAL_GROUPS = re.compile(r":::|[,;|\n]")
AS_AMOUNT = re.compile(r"\d{6,}\.0")
POSTCODE_AND_TOWN = re.compile(r"(\S*\d\S*(?: \d\w\w)?)\s+(.*)", re.DOTALL)
LONGEST = 200  # characters of a postcode with its town
SHORT_ID = 16  # characters; a shorter id is a row's number, which another file has too


def draft(layout: Layout, cells: list[str]) -> Draft:
    """Return what a row says, which has as many cells as the table has columns. Raises NotTaken."""
    if layout.exact["memberships"]:
        return exact_draft(layout, cells)
    draft = Draft()
    for at, word in layout.singles:
        if cells[at]:
            _say(draft.said, word, bare(cells[at]))
    for number, label in _several(layout.phones, cells, SEVERAL):
        draft.phone(_whole(number), label)
    for address, label in _several(layout.emails, cells, SEVERAL_EMAILS):
        draft.email(address, label)
    for place in layout.addresses:
        if any(map(cells.__getitem__, place.everywhere)):
            _address(draft, place, cells)
    _settle(draft)
    _identify(draft, layout, cells)
    _belong(draft, layout, cells)
    return draft


def _say(said: dict[str, str], word: str, cell: str) -> None:
    """Of several columns for the same the first counts, but every note."""
    if word == "note" and word in said:
        said[word] = f"{said[word]}\n{cell}"
    elif cell.strip():
        said.setdefault(word, cell)


def _several(
    values: list[Value], cells: list[str], between: re.Pattern[str]
) -> Iterator[tuple[str, str]]:
    for at, label, label_at in values:
        if cell := cells[at]:
            known = label if label_at is None else label_of(cells[label_at])
            for value in between.split(bare(cell)):
                if stripped := value.strip(' \t"'):  # a lone mark is what is left of a pair
                    yield stripped, known


def _whole(number: str) -> str:
    return number.removesuffix(".0") if AS_AMOUNT.fullmatch(number) else number


def _address(draft: Draft, address: Address, cells: list[str]) -> None:
    """Google joins the parts of several addresses, each with its like."""
    label = address.label if address.label_at is None else label_of(cells[address.label_at])
    said = {part: _joined(cells, places) for part, places in address.at.items()}
    if ":::" not in "".join(said.values()):
        _add_address(draft, label, said)
        return
    for each in zip_longest(*(text.split(":::") for text in said.values()), fillvalue=""):
        _add_address(draft, label, dict(zip(said, each, strict=True)))


def _add_address(draft: Draft, label: str, parts: dict[str, str]) -> None:
    more, box, whole = (parts.pop(word, "") for word in ("more", "box", "whole"))
    street = "\n".join(filter(None, [parts.get("street"), more, box]))
    parts["street"] = street or ("" if any(parts.values()) else whole)
    draft.address(label, **parts)


def _joined(cells: list[str], places: list[int]) -> str:
    return "\n".join(bare(cells[at]) for at in places if cells[at])


def _settle(draft: Draft) -> None:
    """Decide by the words themselves what the title of a column left open."""
    said = draft.said
    if words := said.pop(BOTH, ""):
        prefix = all(is_prefix(word) for word in words.split())
        said.setdefault("prefix" if prefix else "title", words)
    if plain(said.get("prefix", "")) in ORGANISATIONS:  # "Anrede: Firma"
        draft.organisation = True
        del said["prefix"]
    if town := said.pop("postcode and town", ""):
        match = POSTCODE_AND_TOWN.fullmatch(town.strip()[:LONGEST])
        postcode, town = match.groups() if match else ("", town)
        draft.address("", postcode=postcode, town=town)


def _identify(draft: Draft, layout: Layout, cells: list[str]) -> None:
    """An id that is not unique in the world is so together with its program or with the name."""
    for at, program in layout.ids:
        if uid := cells[at].strip():
            said = draft.said
            whose = program or same(" ".join(said.get(word, "") for word in NAMES))
            said["uid"] = uid if len(uid) >= SHORT_ID and not program else f"{whose} {uid}"
            return


def _belong(draft: Draft, layout: Layout, cells: list[str]) -> None:
    if layout.implied is not None:
        draft.groups.append(layout.implied)
    for at in layout.groups:
        for words in SEVERAL_GROUPS.split(cells[at]):
            if words and (group := group_of(words)) is not None:
                draft.groups.append(group)
    for at in layout.kinds:
        draft.organisation |= plain(cells[at]) in ORGANISATIONS
    for at, whose in layout.accounts:
        if cells[at].strip() and not draft.account:
            draft.account, draft.account_group = bare(cells[at]), whose


NAMES = ("full", "given", "family", "company")
