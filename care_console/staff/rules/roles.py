"""The roles of clerks, and the one table of what each of them may do."""

from collections.abc import Mapping
from enum import StrEnum

from care_console.base.errors import CareError
from care_console.base.words import N_, _


class Role(StrEnum):
    """What a clerk is in the house; the values are what the records keep."""

    RECEPTIONIST = "receptionist"
    CSR = "csr"
    SENIOR = "senior"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """What not everybody may do; all that is not named here is everybody's."""

    EDIT_CARD = "edit_card"
    GIVE = "give"
    CLOSE_RECOVERY = "close_recovery"
    DELIVER = "deliver"
    APPROVE = "approve"
    SEE_ACCOUNTS = "see_accounts"
    REVERSE_LATER = "reverse_later"
    STOP_REMEDIES = "stop_remedies"
    SET_LIMITS = "set_limits"
    SIGN_LIMITS = "sign_limits"
    SEE_DIGEST = "see_digest"
    EDIT_PLAYBOOKS = "edit_playbooks"
    SEE_AUDIT = "see_audit"
    UNBLOCK = "unblock"
    IMPORT = "import"
    EXPORT = "export"
    MERGE_CARDS = "merge_cards"
    CHANGE_COMPANY = "change_company"
    SET_UP_LINES = "set_up_lines"
    MANAGE_STAFF = "manage_staff"
    READ_JOURNAL = "read_journal"
    RESTORE = "restore"
    TAKE_OUT_PERSON = "take_out_person"
    ERASE_PERSON = "erase_person"
    IGNORE_NUMBERS = "ignore_numbers"


_ALL = frozenset(Role)
_AT_WORK = _ALL - {Role.RECEPTIONIST}
_EXPERIENCED = frozenset({Role.SENIOR, Role.SUPERVISOR, Role.ADMINISTRATOR})
_LEADING = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})
_HOUSE = frozenset({Role.ADMINISTRATOR})

MAY: Mapping[Permission, frozenset[Role]] = {
    Permission.EDIT_CARD: _ALL,
    Permission.GIVE: _ALL,  # how much, the limits say: without a row it is nothing
    Permission.CLOSE_RECOVERY: _AT_WORK,
    Permission.DELIVER: _AT_WORK,
    Permission.APPROVE: _EXPERIENCED,
    Permission.SEE_ACCOUNTS: _EXPERIENCED,
    Permission.REVERSE_LATER: _LEADING,
    Permission.STOP_REMEDIES: _LEADING,
    Permission.SET_LIMITS: _LEADING,
    Permission.SIGN_LIMITS: _LEADING,
    Permission.SEE_DIGEST: _LEADING,
    Permission.EDIT_PLAYBOOKS: _LEADING,
    Permission.SEE_AUDIT: _LEADING,
    Permission.UNBLOCK: _LEADING,
    Permission.IMPORT: _LEADING,
    Permission.EXPORT: _LEADING,
    Permission.MERGE_CARDS: _LEADING,
    Permission.CHANGE_COMPANY: _HOUSE,
    Permission.SET_UP_LINES: _HOUSE,
    Permission.MANAGE_STAFF: _HOUSE,
    Permission.READ_JOURNAL: _HOUSE,
    Permission.RESTORE: _HOUSE,
    Permission.TAKE_OUT_PERSON: _LEADING,
    Permission.ERASE_PERSON: _HOUSE,
    Permission.IGNORE_NUMBERS: _EXPERIENCED,
}
"""Who may do what. Checks, tests and the help page are all made from it."""

ROLE_WORDS = {
    Role.RECEPTIONIST: N_("Receptionist"),
    Role.CSR: N_("CSR"),
    Role.SENIOR: N_("Senior CSR"),
    Role.SUPERVISOR: N_("Supervisor"),
    Role.ADMINISTRATOR: N_("Administrator"),
}

PERMISSION_WORDS = {
    Permission.EDIT_CARD: N_("Change what stands on a card"),
    Permission.GIVE: N_("Give a remedy, within the limits"),
    Permission.CLOSE_RECOVERY: N_("Close a recovery"),
    Permission.DELIVER: N_("Say that a remedy was delivered, or was not"),
    Permission.APPROVE: N_("Approve what a colleague may not give alone, within the own limits"),
    Permission.SEE_ACCOUNTS: N_("See and export the list for the accounts"),
    Permission.REVERSE_LATER: N_("Take a remedy back after its day"),
    Permission.STOP_REMEDIES: N_("Stop all remedies, and allow them again"),
    Permission.SET_LIMITS: N_("Change the limits"),
    Permission.SIGN_LIMITS: N_("Sign a change of limits that needs a second person"),
    Permission.SEE_DIGEST: N_("See the weekly digest of odd patterns"),
    Permission.EDIT_PLAYBOOKS: N_("Change the words of the playbooks"),
    Permission.SEE_AUDIT: N_("See the recovery audit"),
    Permission.UNBLOCK: N_("Let a colleague sign in again who was blocked"),
    Permission.IMPORT: N_("Take in address books"),
    Permission.EXPORT: N_("Give out people's data as a file"),
    Permission.MERGE_CARDS: N_("Merge two cards into one, and take that back"),
    Permission.CHANGE_COMPANY: N_("Change the settings of the company"),
    Permission.SET_UP_LINES: N_("Set up the telephone lines of a desk"),
    Permission.MANAGE_STAFF: N_("Change who works here, as what, and give first passphrases"),
    Permission.READ_JOURNAL: N_("Read the journal of all that was done"),
    Permission.RESTORE: N_("Bring back a backup, and change the ways to the key"),
    Permission.TAKE_OUT_PERSON: N_("Take out all that is held on a person, for them"),
    Permission.ERASE_PERSON: N_("Erase all that is held on a person"),
    Permission.IGNORE_NUMBERS: N_("Let calls from a number no longer be shown"),
}


class NotAllowed(CareError):
    """It is not this clerk's to do; it says whose it is."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(N_("“{what}” is not for your role. Ask one of these: {roles}."))
        self.permission = permission

    def __str__(self) -> str:
        what = permission_words(self.permission)
        return _(self.words).format(what=what, roles=who_may_words(self.permission))


def known_role(kept: str) -> Role | None:
    """Return the role that the records name; one that is not known is none, and may nothing."""
    return Role(kept) if kept in tuple(Role) else None


def may(role: str | None, permission: Permission) -> bool:
    """Return whether this role may do it. Whatever the table does not name may not."""
    return role is not None and role in MAY.get(permission, frozenset())


def role_words(role: str) -> str:
    """Return what a role is called on the screen."""
    known = known_role(role)
    return _(ROLE_WORDS[known]) if known is not None else role


def permission_words(permission: Permission) -> str:
    """Return what it is that may be done, as the help page says it."""
    return _(PERMISSION_WORDS[permission])


def who_may_words(permission: Permission) -> str:
    """Return the roles that may do it, the nearest first."""
    allowed = MAY.get(permission, frozenset())
    return ", ".join(_(ROLE_WORDS[role]) for role in Role if role in allowed)
