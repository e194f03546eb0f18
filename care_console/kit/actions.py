"""Everything one can do, once, with its key: menus, hints, palette and the sheet of keys."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from care_console.base.words import N_, _

PRINTED = {
    Qt.Key.Key_Return: "↵",
    Qt.Key.Key_Enter: "↵",
    Qt.Key.Key_Left: "←",
    Qt.Key.Key_Right: "→",
    Qt.Key.Key_Up: "↑",
    Qt.Key.Key_Down: "↓",
    Qt.Key.Key_Minus: "−",
    Qt.Key.Key_Tab: "Tab",
    Qt.Key.Key_Backtab: "Tab",
}
NAMED = {
    Qt.Key.Key_Escape: N_("Esc"),
    Qt.Key.Key_Space: N_("Space"),
    Qt.Key.Key_Delete: N_("Del"),
    Qt.Key.Key_Home: N_("Home"),
    Qt.Key.Key_End: N_("End"),
    Qt.Key.Key_PageUp: N_("PgUp"),
    Qt.Key.Key_PageDown: N_("PgDn"),
    Qt.Key.Key_Menu: N_("Menu"),
}


@dataclass
class Deed:
    """What is known of an action besides Qt's own. ``page`` None means everywhere."""

    action: QAction
    words: str
    run: Callable[[], object]
    page: str | None
    hint: str
    sub: str
    enabled: Callable[[], bool]
    palette: bool

    @property
    def text(self) -> str:
        """What it is called, in the language in use."""
        return _(self.words)


class Actions:
    """The actions of one window. A key means one thing on a page.

    Words are handed in marked with ``N_`` and looked up when they are shown.
    """

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._acts: dict[str, Deed] = {}
        self._page: str | None = None

    def add(
        self,
        id: str,
        text: str,
        keys: Sequence[str] = (),
        run: Callable[[], object] = lambda: None,
        page: str | None = None,
        hint: str = "",
        enabled: Callable[[], bool] = lambda: True,
        palette: bool = True,
        sub: str = "",
    ) -> QAction:
        """Register what ``run`` does under ``id``, on ``keys`` such as "Ctrl+K".

        ``hint`` is the short word for the line of hints, ``sub`` explains in the palette; an
        action of a ``page`` works there only. Raises ValueError if the id is taken, if a key is
        none, or if it already means something in the same place.
        """
        if id in self._acts:
            raise ValueError(f"{id} is there already")
        sequences = self._free(id, keys, page)
        action = self._make(id, text, sequences)
        act = self._acts[id] = Deed(action, text, run, page, hint, sub, enabled, palette)
        action.triggered.connect(lambda: self._run(act))
        self.refresh()
        return action

    def _make(self, id: str, text: str, sequences: Sequence[QKeySequence]) -> QAction:
        action = QAction(_(text).replace("&", "&&"), self._window)
        action.setObjectName(id)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setShortcuts(sequences)
        action.setAutoRepeat(False)
        self._window.addAction(action)
        return action

    def act(self, id: str) -> Deed:
        """Return what is known of the action ``id``. Raises KeyError if there is none."""
        return self._acts[id]

    def action(self, id: str) -> QAction:
        """Return the action ``id``. Raises KeyError if there is none."""
        return self._acts[id].action

    def all(self) -> list[Deed]:
        """Return every action in the order in which they were added."""
        return list(self._acts.values())

    def for_page(self, page: str | None) -> list[Deed]:
        """Return what can be done on ``page``: its own first, then what works everywhere."""
        own = [act for act in self._acts.values() if act.page == page and page is not None]
        return own + [act for act in self._acts.values() if act.page is None]

    def find(self, text: str) -> list[Deed]:
        """Return what the palette offers for ``text``, the best first: each word must begin one.

        Without text, everything that can be done now.
        """
        wanted = text.casefold().split()
        offered = [act for act in self.for_page(self._page) if act.palette and self._can(act)]
        hits = [act for act in offered if _matches(wanted, act)]
        first = " ".join(wanted)
        return sorted(hits, key=lambda act: not act.text.casefold().startswith(first))

    def set_page(self, page: str | None) -> None:
        """Say which page is shown: only its own keys work from now on."""
        self._page = page
        self.refresh()

    def refresh(self) -> None:
        """Ask every action again whether it can be done now."""
        for act in self._acts.values():
            act.action.setEnabled(self._can(act))

    def rebind(self, id: str, keys: Sequence[str]) -> None:
        """Put the action ``id`` on other ``keys``. Raises what ``add`` raises."""
        act = self._acts[id]
        act.action.setShortcuts(self._free(id, keys, act.page))

    def key_text(self, action: QAction | str) -> str:
        """Return the first key of an action as it is printed in hints: "Ctrl K", "⇧ Esc"."""
        action = self.action(action) if isinstance(action, str) else action
        return key_text(action.shortcut())

    def _can(self, act: Deed) -> bool:
        return act.page in (None, self._page) and act.enabled()

    def _run(self, act: Deed) -> None:
        if self._can(act):
            act.run()

    def _free(self, id: str, keys: Sequence[str], page: str | None) -> list[QKeySequence]:
        """Return the sequences of ``keys`` if they are free where ``page`` says."""
        sequences = []
        for key in keys:
            sequence = QKeySequence(key, QKeySequence.SequenceFormat.PortableText)
            pressed = [press.key() for press in presses(sequence)]
            if not pressed or Qt.Key.Key_unknown in pressed:
                raise ValueError(f"{key} is no key")
            if (other := self._holder(sequence, page, but=id)) is not None:
                raise ValueError(f"{key} is the key of {other} already")
            sequences.append(sequence)
        return sequences

    def _holder(self, sequence: QKeySequence, page: str | None, but: str) -> str | None:
        for id, act in self._acts.items():
            near = page is None or act.page is None or act.page == page
            if id != but and near and sequence in act.action.shortcuts():
                return id
        return None


def key_text(sequence: QKeySequence) -> str:
    """Return ``sequence`` as it is printed in hints; "" for none."""
    return ", ".join(_printed(press) for press in presses(sequence))


def presses(sequence: QKeySequence) -> list[QKeyCombination]:
    """Return the presses that ``sequence`` is made of, in their order."""
    return [sequence[n] for n in range(sequence.count())]  # type: ignore[index]  # not in the stub


def _printed(press: QKeyCombination) -> str:
    held, key = press.keyboardModifiers(), press.key()
    modifier = Qt.KeyboardModifier
    shift = bool(held & modifier.ShiftModifier) or key == Qt.Key.Key_Backtab
    parts = [
        _("Ctrl") if held & modifier.ControlModifier else "",
        _("Alt") if held & modifier.AltModifier else "",
        "⇧" if shift else "",
        _key(key, alone=not held),
    ]
    return " ".join(part for part in parts if part)


def _key(key: Qt.Key, *, alone: bool) -> str:
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and alone:
        return _("Enter")
    if key in PRINTED:
        return PRINTED[key]
    if key in NAMED:
        return _(NAMED[key])
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def _matches(wanted: Sequence[str], act: Deed) -> bool:
    said = f"{act.text} {_(act.sub) if act.sub else ''} {_(act.hint) if act.hint else ''}"
    words = said.casefold().split()
    return all(any(word.startswith(part) for word in words) for part in wanted)
