"""Who stands one level above a clerk."""

from sqlmodel import Session

from care_console.staff.rules.roles import Permission, Role
from care_console.staff.service import Staff


def one_up(db: Session, staff: Staff, card_id: int) -> int:
    """Return who stands one level above a clerk: a supervisor, of their department first.

    Above a supervisor it is an administrator; where there is nobody else, it stays with them.
    """
    above = Role.ADMINISTRATOR if staff.role_of(db, card_id) == Role.SUPERVISOR else Role.SUPERVISOR
    department = staff.department_of(db, card_id)
    leading = [each for each in staff.able(db, Permission.SEE_AUDIT) if each != card_id]
    return min(
        leading,
        key=lambda each: (
            staff.role_of(db, each) != above,
            staff.department_of(db, each) != department,
            each,
        ),
        default=card_id,
    )
