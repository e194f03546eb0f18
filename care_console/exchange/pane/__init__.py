"""The pages for taking address books in and giving cards out."""

from care_console.exchange.pane.export_page import ExportPage
from care_console.exchange.pane.import_page import ImportPage
from care_console.exchange.pane.program import Place

__all__ = ["ExportPage", "ImportPage", "Place"]
