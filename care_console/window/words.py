"""How the entries of all rooms read."""

from collections.abc import Collection, Mapping

from care_console.authority.rules import words as remedies
from care_console.base.words import N_
from care_console.calls import rules as calls
from care_console.cards.rules import dealing_words as dealings
from care_console.cards.rules import words as cards
from care_console.exchange.rules import words as exchange
from care_console.journal.rules import Words
from care_console.journal.rules import words as journal
from care_console.privacy.rules import words as privacy
from care_console.promises.rules import words as duties
from care_console.recovery.rules import words as recoveries
from care_console.safekeeping.rules import words as safe
from care_console.settings import line_words as lines
from care_console.staff.rules import words as clerks

SUBJECTS: Mapping[str, Collection[str]] = {  # of the journal's page: the kinds of entries
    N_("Cards"): tuple(cards.WORDS),
    N_("Calls and contacts"): tuple(calls.WORDS),
    N_("Dealings"): tuple(dealings.WORDS),
    N_("Duties"): tuple(duties.WORDS),
    N_("Recoveries"): tuple(recoveries.WORDS),
    N_("Remedies and limits"): tuple(remedies.WORDS),
    N_("Staff"): tuple(clerks.WORDS),
    N_("Telephone lines"): tuple(lines.WORDS),
    N_("Backups and key"): tuple(safe.WORDS),
    N_("Import and export"): tuple(exchange.WORDS),
    N_("Privacy"): tuple(privacy.WORDS),
}

WORDS: Words = {
    **cards.WORDS,
    **calls.WORDS,
    **dealings.WORDS,
    **duties.WORDS,
    **recoveries.WORDS,
    **remedies.WORDS,
    **clerks.WORDS,
    **exchange.WORDS,
    **privacy.WORDS,
    **journal.WORDS,
    **safe.WORDS,
    **lines.WORDS,
}
