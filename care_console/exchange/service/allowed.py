"""Who may take in and give out."""

from sqlmodel import Session

from care_console.base.command import Command
from care_console.staff.rules import Permission
from care_console.staff.service import Staff


def demand(staff: Staff, db: Session, command: Command, permission: Permission) -> None:
    """Raise NotAllowed unless the clerk of ``command`` may do it.

    Before anybody works at a console, whoever has the key of the records at the command line may.
    """
    if staff.first(db) is not None:
        staff.demand(db, command, permission)
