"""What the desk shows of recoveries."""

from care_console.recovery.pane.audit import AuditPage
from care_console.recovery.pane.called import CalledPane
from care_console.recovery.pane.difficult import DifficultPane
from care_console.recovery.pane.panel import RecoveryPane
from care_console.recovery.pane.playbooks import PlaybooksPage
from care_console.recovery.pane.recoveries import RecoveriesPage

__all__ = [
    "AuditPage",
    "CalledPane",
    "DifficultPane",
    "PlaybooksPage",
    "RecoveriesPage",
    "RecoveryPane",
]
