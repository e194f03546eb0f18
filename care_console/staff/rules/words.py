"""How the entries of the staff read in the journal."""

from care_console.base.words import N_, _
from care_console.journal.rules import Entry, Line, Words
from care_console.staff.rules.roles import Permission, permission_words, role_words
from care_console.staff.rules.secrets import PIN

FIELD_WORDS = {"role": N_("Role"), "department": N_("Department"), "active": N_("Works here")}


def _clerk_added(entry: Entry) -> Line:
    return Line(_("Works at a console now"), role_words(entry.facts["role"]), "key", "text2")


def _clerk_changed(entry: Entry) -> Line:
    facts = entry.facts
    if facts["field"] == "active":
        words = _("Works here again") if facts["after"] else _("No longer works at a console")
        return Line(words, "", "key", "text2")
    if facts["field"] == "role":
        before, after = role_words(facts["before"]), role_words(facts["after"])
        sub = _("{before} → {after}").format(before=before, after=after)
        return Line(_("Another role"), sub, "key", "text2")
    return Line(_("Another department"), "", "house", "text2")


def _department(entry: Entry) -> Line:
    return Line(_("Department changed"), str(entry.personal.get("name", "")), "house", "text2")


def _secret_set(entry: Entry) -> Line:
    pin = entry.facts["secret"] == PIN
    return Line(_("New PIN") if pin else _("New passphrase"), "", "key", "text2")


def _signed_in(_entry: Entry) -> Line:
    return Line(_("Signed in"), "", "door", "text2")


def _refused(entry: Entry) -> Line:
    pin = entry.facts["secret"] == PIN
    sub = _("{count} in a row").format(count=entry.facts["failures"])
    return Line(_("Wrong PIN") if pin else _("Wrong passphrase"), sub, "lock", "warn")


def _unblocked(_entry: Entry) -> Line:
    return Line(_("May sign in again"), "", "key", "text2")


def _denied(entry: Entry) -> Line:
    kept = entry.facts["permission"]
    words = permission_words(Permission(kept)) if kept in tuple(Permission) else kept
    return Line(_("Not allowed"), words, "lock", "warn")


WORDS: Words = {
    "clerk_added": _clerk_added,
    "clerk_changed": _clerk_changed,
    "department_added": _department,
    "department_changed": _department,
    "secret_set": _secret_set,
    "signed_in": _signed_in,
    "sign_in_refused": _refused,
    "unblocked": _unblocked,
    "denied": _denied,
}
