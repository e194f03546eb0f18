"""What is asked before a person is erased."""

from care_console.privacy.pane.erase import ErasePane

__all__ = ["ErasePane"]
