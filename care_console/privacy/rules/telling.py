"""What an erasure does, in plain words for whoever is about to do it."""

from collections.abc import Iterator
from datetime import date

from care_console.base.words import N_, _, ngettext
from care_console.privacy.rules.erased import Erasing

ON_CARD = ("card_phone", "card_email", "card_address", "card_alert", "card_relation")

GOES = N_("What goes")
STAYS = N_("What stays, and why")
NO_WAY_BACK = N_("This cannot be undone: no key and no copy of yours brings it back.")


def goes(erasing: Erasing) -> Iterator[str]:
    """Give what goes, one sentence each."""
    on_card = 1 + sum(erasing.goes.get(table, 0) for table in ON_CARD)
    yield ngettext(
        "The card: the name and all that stands on it ({n} entry).",
        "The card: the name and all that stands on it ({n} entries).",
        on_card,
    ).format(n=on_card)
    if erasing.cards > 1:
        yield ngettext(
            "{n} card that was merged into it, in the same way.",
            "{n} cards that were merged into it, in the same way.",
            erasing.cards - 1,
        ).format(n=erasing.cards - 1)
    for table, one, many in COUNTED:
        if count := erasing.goes.get(table, 0):
            yield ngettext(one, many, count).format(n=count)
    yield _("Whatever finds them: names, numbers and words in the search.")


def stays(erasing: Erasing, copies_until: date | None, locale: str) -> Iterator[str]:
    """Give what stays, one sentence each."""
    if erasing.remedies:
        yield ngettext(
            "{n} remedy with its sum and its days, so that the books and the limits stay true.",
            "{n} remedies with their sums and days, so that the books and the limits stay true.",
            erasing.remedies,
        ).format(n=erasing.remedies)
    if erasing.dealings:
        yield ngettext(
            "{n} order, invoice or the like with its number and sum: the books must keep it.",
            "{n} orders, invoices and the like with numbers and sums: the books must keep them.",
            erasing.dealings,
        ).format(n=erasing.dealings)
    yield ngettext(
        "{n} entry of the journal with its moment and who did it, without what was said: the "
        "journal proves that nothing was changed in secret.",
        "{n} entries of the journal with their moments and who did them, without what was said: "
        "the journal proves that nothing was changed in secret.",
        erasing.entries,
    ).format(n=erasing.entries)
    yield _("When there were calls and contacts, without numbers, names or notes: for the counts.")
    yield copies(copies_until, locale)
    yield _("What colleagues wrote on the cards of others. An old address book brings them back.")


def copies(until: date | None, locale: str) -> str:
    """Return until when the copies of the records still hold the person."""
    if until is None:
        return _(
            "Copies of the records that were made before today hold them until the copies are "
            "deleted. A copy that is put back here forgets them again."
        )
    from babel.dates import format_date

    from care_console.base.spell import known_locale

    day = format_date(until, "long", known_locale(locale))
    return _(
        "Copies of the records hold them until {day}, when the last of these goes. A copy that is "
        "put back here forgets them again."
    ).format(day=day)


COUNTED = (
    ("contact", N_("What was noted in {n} contact."), N_("What was noted in {n} contacts.")),
    ("call", N_("The number and name of {n} call."), N_("The numbers and names of {n} calls.")),
    ("recovery", N_("The words of {n} recovery."), N_("The words of {n} recoveries.")),
    ("duty", N_("{n} promise; an open one ends."), N_("{n} promises; open ones end.")),
    ("matter", N_("{n} matter; an open one ends."), N_("{n} matters; open ones end.")),
)
