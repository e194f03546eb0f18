"""How backups, their restoring and the ways to the key read."""

from collections.abc import Mapping

from care_console.base.words import N_, _, ngettext
from care_console.journal.rules import Entry, Line, Words

WHY_WORDS: Mapping[str, str] = {
    "work": N_("while working"),
    "leaving": N_("on leaving"),
    "update": N_("before an update"),
    "asked": N_("asked for"),
    "before": N_("before restoring"),
}
SLOT_WORDS = {
    "keyring": N_("Keyring of this computer"),
    "file": N_("File beside the records"),
    "passphrase": N_("Passphrase"),
    "recovery": N_("Recovery code"),
}


def why_words(why: str) -> str:
    """Return why a backup was made."""
    return _(WHY_WORDS.get(why, N_("asked for")))


def slot_words(kind: str) -> str:
    """Return what a way to the key is called."""
    return _(SLOT_WORDS[kind])


def size_words(size: int) -> str:
    """Return a size in bytes as one reads it: ``3.4 MB``."""
    if size < 1_000_000:
        return _("{size} kB").format(size=max(1, round(size / 1000)))
    if size < 1_000_000_000:
        return _("{size} MB").format(size=round(size / 1_000_000, 1))
    return _("{size} GB").format(size=round(size / 1_000_000_000, 1))


def _restored(entry: Entry) -> Line:
    lost = int(entry.facts.get("entries_lost", 0))
    words = ngettext("{count} entry after it is gone", "{count} entries after it are gone", lost)
    moment = str(entry.facts.get("from", ""))[:16].replace("T", " ")
    sub = _("from {moment} UTC").format(moment=moment)
    return Line(
        _("Backup restored"),
        " · ".join((sub, words.format(count=lost))) if lost else sub,
        "disk",
        "warn",
    )


def _salvaged(entry: Entry) -> Line:
    facts = entry.facts
    words = _("{found} rows found, {dropped} left out").format(
        found=facts.get("found", 0), dropped=facts.get("dropped", 0)
    )
    return Line(_("Records salvaged from a damaged file"), words, "wrench", "warn")


def _way_changed(entry: Entry) -> Line:
    facts = entry.facts
    title = _("Way to the key taken away") if facts.get("gone") else _("Way to the key set")
    return Line(title, slot_words(str(facts["slot"])), "key", "text2")


def _accepted(_entry: Entry) -> Line:
    return Line(_("Backup that holds less was found to be right"), "", "disk", "text2")


WORDS: Words = {
    "backup_restored": _restored,
    "records_salvaged": _salvaged,
    "way_to_key_changed": _way_changed,
    "smaller_backup_accepted": _accepted,
}
