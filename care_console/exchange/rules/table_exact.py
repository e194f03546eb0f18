"""A row that was written here, taken just as it stands."""

from collections.abc import Iterator
from contextlib import suppress

from care_console.cards.rules import NewAddress, NewAlert, NewEmail, NewPhone
from care_console.exchange.rules.draft import Draft
from care_console.exchange.rules.layout import Layout, Value
from care_console.exchange.rules.person import Unreadable, day_of, membership_of
from care_console.exchange.rules.table_cells import bare, lists_in
from care_console.exchange.rules.vocabulary import plain, word_set

ORGANISATIONS = word_set("organisation organization company firma unternehmen societe")


def exact_draft(layout: Layout, cells: list[str]) -> Draft:
    """Return what a row says that an export of this program wrote: nothing in it is a guess."""
    draft = Draft(exact=True)
    draft.said = {word: bare(cells[at]) for at, word in layout.singles}
    draft.said["uid"] = next((bare(cells[at]) for at, _program in layout.ids if cells[at]), "")
    draft.organisation = any(plain(cells[at]) in ORGANISATIONS for at in layout.kinds)
    shared = [bool(cells[at]) for at in layout.exact["shared"]]
    for place, raw, label in _labelled(layout.phones, cells):
        number = NewPhone(raw=raw, label=label, shared=any(shared[place : place + 1]))
        draft.phones.append(number)
    for _place, address, label in _labelled(layout.emails, cells):
        draft.emails.append(NewEmail(address=address, label=label))
    _addresses(draft, layout, cells)
    _lists(draft, layout, cells)
    return draft


def _addresses(draft: Draft, layout: Layout, cells: list[str]) -> None:
    for each in layout.addresses:
        if any(cells[at] for at in each.everywhere):
            label = "" if each.label_at is None else bare(cells[each.label_at])
            parts = {part: bare(cells[at[0]]) for part, at in each.at.items()}
            draft.addresses.append(NewAddress(**parts, label=label))


def _lists(draft: Draft, layout: Layout, cells: list[str]) -> None:
    """Take what stands in one cell in several lines; a line nobody understands is passed over."""
    for at in layout.exact["memberships"]:
        for words in lists_in(bare(cells[at])):
            with suppress(Unreadable):
                draft.memberships.append(membership_of(words))
    for at in layout.exact["alerts"]:
        for said, since, until, *_rest in ([*each, "", ""] for each in lists_in(bare(cells[at]))):
            with suppress(Unreadable):
                alert = NewAlert(words=said, since=day_of(since), until=day_of(until))
                draft.alerts.append(alert)


def _labelled(values: list[Value], cells: list[str]) -> Iterator[tuple[int, str, str]]:
    for place, (at, _label, label_at) in enumerate(values):
        if bare(cells[at]).strip():
            yield place, bare(cells[at]), "" if label_at is None else bare(cells[label_at])
