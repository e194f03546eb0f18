"""What you can do now, approvals, deliveries, and the limits in settings."""

from care_console.authority.pane.approvals import ApprovalsPane
from care_console.authority.pane.deliveries import DeliveriesPane
from care_console.authority.pane.limits import LimitsPage
from care_console.authority.pane.remedy import RemedyPane

__all__ = ["ApprovalsPane", "DeliveriesPane", "LimitsPage", "RemedyPane"]
