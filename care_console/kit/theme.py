"""The theme of the whole application: light, dark or as the system has it, and the text size."""

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from care_console.base.resources import resource
from care_console.kit import tokens
from care_console.kit.look import PROPERTY, Look, Themed, current_look

Mode = Literal["system", "light", "dark"]
Room = Literal["wide", "full", "narrow", "least"]

FACES = ("Regular", "Medium", "SemiBold", "Bold")
LEAST_SIZE, MOST_SIZE = 90, 150  # %
ROOMS: tuple[tuple[int, Room], ...] = ((1600, "wide"), (1311, "full"), (1100, "narrow"))
WIDE_SCALE = 1.08  # a base text of 13 becomes 14

GROUPS_OF_ROLES: tuple[tuple[QPalette.ColorRole, str], ...] = (
    (QPalette.ColorRole.Window, "bg"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.Base, "surface"),
    (QPalette.ColorRole.AlternateBase, "sunken"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.Button, "surface"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.BrightText, "bad"),
    (QPalette.ColorRole.Highlight, "accent"),
    (QPalette.ColorRole.HighlightedText, "on_accent"),
    (QPalette.ColorRole.PlaceholderText, "text3"),
    (QPalette.ColorRole.ToolTipBase, "raised"),
    (QPalette.ColorRole.ToolTipText, "text"),
    (QPalette.ColorRole.Link, "accent"),
    (QPalette.ColorRole.LinkVisited, "accent"),
    (QPalette.ColorRole.Accent, "accent"),
    (QPalette.ColorRole.Light, "surface"),
    (QPalette.ColorRole.Midlight, "hover"),
    (QPalette.ColorRole.Mid, "line"),
    (QPalette.ColorRole.Dark, "field"),
    (QPalette.ColorRole.Shadow, "scroll"),
)
WRITTEN = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


class Theme(QObject):
    """Gives the application its look, and tells every Themed widget when it changes.

    The colours are in the palette and in what paints itself. There is no style sheet: setting one
    again takes seven times as long as setting a palette.
    """

    changed = Signal()

    def __init__(self, app: QApplication, mode: Mode = "system", text_size: int = 100) -> None:
        super().__init__(app)
        self._app = app
        self._mode: Mode = mode
        self._text_size = _sensible(text_size)
        self._contrast: bool | None = None
        self._width = 0
        self._retired = False
        self._family = load_inter()
        self.look = Look()
        if app.style().name().lower() != "fusion":
            app.setStyle("Fusion")
        self._hints = app.styleHints()
        self._hints.colorSchemeChanged.connect(self._apply)
        self._heed_the_clerk()
        self._apply()

    @property
    def mode(self) -> Mode:
        """What was asked for."""
        return self._mode

    @property
    def dark(self) -> bool:
        """What it came to."""
        if self._mode == "system":
            return self._hints.colorScheme() == Qt.ColorScheme.Dark
        return self._mode == "dark"

    @property
    def text_size(self) -> int:
        """The size of all text, in per cent."""
        return self._text_size

    @property
    def room(self) -> Room:
        """How many columns the window has room for, after the text size."""
        width = self._width * 100 / self._text_size
        return next((room for least, room in ROOMS if width >= least), "least")

    def set_mode(self, mode: Mode) -> None:
        """Become light or dark, or follow the system; where it says nothing, that is light."""
        self._mode = mode
        self._apply()

    def set_text_size(self, per_cent: int) -> None:
        """Write everything larger or smaller, within 90 and 150 per cent."""
        self._text_size = _sensible(per_cent)
        self._apply()

    def set_contrast(self, high: bool | None) -> None:
        """Turn high contrast on or off, or with None follow the system."""
        self._contrast = high
        self._apply()

    def set_width(self, width: int) -> None:
        """Say how wide the window is, in logical pixels: a wide one has larger text."""
        self._width = width
        self._apply()

    def retire(self) -> None:
        """Heed nobody any more, and leave the look as it is."""
        self._retired = True

    def color(self, name: str) -> QColor:
        """Return the colour of the token ``name``. Raises KeyError if there is none."""
        return self.look.color(name)

    def font(self, size: float = 13, weight: int = 400, tabular: bool = False) -> QFont:
        """Return the font of ``size`` pixels at 100 %."""
        return self.look.font(size, weight, tabular)

    def px(self, n: float) -> int:
        """Return a size drawn as ``n`` pixels, at this text size."""
        return self.look.px(n)

    def _heed_the_clerk(self) -> None:
        """Listen to what the system says of contrast and motion, where this Qt can tell."""
        ask = getattr(self._hints, "accessibility", None)
        self._access = ask() if ask is not None else None
        for signal in ("contrastPreferenceChanged", "motionPreferenceChanged"):
            if hasattr(self._access, signal):
                getattr(self._access, signal).connect(self._apply)

    def _high(self) -> bool:
        if self._contrast is not None:
            return self._contrast
        return self._prefers("contrastPreference", "HighContrast")

    def _prefers(self, what: str, name: str) -> bool:
        asked = getattr(self._access, what, None)
        return asked is not None and getattr(asked(), "name", "") == name

    def _tokens(self) -> tokens.Tokens:
        if self._high():
            return tokens.HIGH_DARK if self.dark else tokens.HIGH_LIGHT
        return tokens.DARK if self.dark else tokens.LIGHT

    def _apply(self, *_news: object) -> None:
        """Set the look that follows from all wishes, unless it is the one that is set."""
        if self._retired:
            return
        look = Look(
            tokens=self._tokens(),
            scale=self._text_size / 100 * (WIDE_SCALE if self.room == "wide" else 1),
            line=2 if self._high() else 1,
            still=self._prefers("motionPreference", "ReducedMotion"),
            family=self._family,
        )
        if current_look() is self.look and _same(look, self.look):
            return
        self.look = look
        self._app.setProperty(PROPERTY, look)
        self._app.setFont(look.font())
        self._app.setPalette(palette(look))
        for widget in self._app.allWidgets():
            if isinstance(widget, Themed):
                widget.restyle()
        self.changed.emit()


def palette(look: Look) -> QPalette:
    """Return the palette of ``look``, for what Qt paints itself."""
    colours = QPalette()
    for role, name in GROUPS_OF_ROLES:
        colours.setColor(role, look.color(name))
    for role in WRITTEN:
        colours.setColor(QPalette.ColorGroup.Disabled, role, look.color("text3"))
    colours.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Base, look.color("sunken"))
    return colours


def load_inter() -> str:
    """Load our own faces of Inter, and return the family to ask for.

    Where they cannot be loaded, Qt takes the system's own font instead of this family.
    """
    for face in FACES:
        try:
            path = resource(f"fonts/Inter-{face}.otf")
        except FileNotFoundError:
            continue
        if "Inter" not in QFontDatabase.families() or face not in _loaded():
            QFontDatabase.addApplicationFont(str(path))
    return "Inter"


def _loaded() -> set[str]:
    return {style.replace(" ", "") for style in QFontDatabase.styles("Inter")}


def _sensible(per_cent: int) -> int:
    return max(LEAST_SIZE, min(MOST_SIZE, per_cent))


def _same(one: Look, other: Look) -> bool:
    return (one.tokens, one.scale, one.line, one.still) == (
        other.tokens,
        other.scale,
        other.line,
        other.still,
    )
