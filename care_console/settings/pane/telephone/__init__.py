"""The page of settings on the telephone lines of this desk."""

from care_console.settings.pane.telephone.page import TelephonePage

__all__ = ["TelephonePage"]
