"""Where Tab goes next: as things stand on the screen, whenever they were made."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLayout, QWidget

Reason = Qt.FocusReason


def first_stop(within: QWidget) -> QWidget | None:
    """Return where Tab stops first in ``within``, of what is shown and can be used."""
    return next((each for each in _as_they_stand(within) if _stops(each)), None)


def go_on(within: QWidget, forwards: bool) -> bool:
    """Give the focus to what stands next in ``within``, at its end to what comes after it.

    Qt goes in the order in which things were made, and what a pane makes later comes last. Return
    False if the focus is nowhere that Tab leads to: then Qt knows best.
    """
    stops = [each for each in _as_they_stand(within) if _stops(each)]
    here = within.window().focusWidget()
    if here not in stops:
        return False
    at = stops.index(here) + (1 if forwards else -1)
    beyond = None if 0 <= at < len(stops) else _beyond(within, forwards)
    to = beyond if beyond is not None else stops[at % len(stops)]
    to.setFocus(Reason.TabFocusReason if forwards else Reason.BacktabFocusReason)
    return True


def _stops(widget: QWidget) -> bool:
    at_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return at_tab and widget.focusProxy() is None and widget.isVisible() and widget.isEnabled()


def _as_they_stand(widget: QWidget) -> Iterator[QWidget]:
    laid = list(_laid_out(widget.layout()))
    among = set(laid)
    below = [each for each in widget.children() if isinstance(each, QWidget) and each not in among]
    for each in [*laid, *below]:
        if each.isVisible() and not each.isWindow():
            yield each
            if not isinstance(each, QAbstractItemView):
                yield from _as_they_stand(each)


def _laid_out(layout: QLayout | None) -> Iterator[QWidget]:
    for at in range(layout.count() if layout is not None else 0):
        item = layout.itemAt(at) if layout is not None else None
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield widget
        else:
            yield from _laid_out(item.layout())


def _beyond(within: QWidget, forwards: bool) -> QWidget | None:
    """Return where Tab stops outside of ``within``, after it or before it."""
    here: QWidget | None = within
    while here is not None:
        here = here.nextInFocusChain() if forwards else here.previousInFocusChain()
        if here is within:
            return None
        if here is not None and _stops(here) and not within.isAncestorOf(here):
            return here
    return None
