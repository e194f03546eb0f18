"""What everything looks like just now: colours, fonts and sizes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

from PySide6.QtGui import QColor, QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication, QWidget

from care_console.kit.tokens import LIGHT

PROPERTY = "care-look"


class Ink(NamedTuple):
    """How a piece of text is written. ``size`` is in pixels at 100 %, ``colour`` is a token."""

    size: float = 13
    weight: int = 400
    colour: str = "text"
    tabular: bool = False


@dataclass(frozen=True, eq=False)
class Look:
    """Colours by token, fonts and sizes, all for one theme and one text size."""

    tokens: Mapping[str, str] = field(default_factory=lambda: LIGHT)
    scale: float = 1.0
    line: int = 1
    """How wide a border is, in logical pixels; 2 in high contrast."""
    still: bool = False
    """Whether nothing may move by itself."""
    family: str = "Inter"
    _kept: dict[object, Any] = field(default_factory=dict, repr=False)

    def color(self, name: str) -> QColor:
        """Return the colour of the token ``name``. Raises KeyError if there is none."""
        if (kept := self._kept.get(name)) is None:
            kept = self._kept[name] = QColor(self.tokens[name])
        return cast(QColor, kept)

    def soft(self, name: str) -> QColor:
        """Return the ground that goes with the token ``name``, or the surface's if it has none."""
        return self.color(f"{name}_soft" if f"{name}_soft" in self.tokens else "surface")

    def px(self, n: float) -> int:
        """Return a size drawn as ``n`` pixels, at this text size."""
        return round(n * self.scale)

    def font(self, size: float = 13, weight: int = 400, tabular: bool = False) -> QFont:
        """Return the font of ``size`` pixels at 100 %; ``tabular`` digits are equally wide."""
        key = ("font", size, weight, tabular)
        if (kept := self._kept.get(key)) is None:
            kept = QFont(self.family)
            kept.setPixelSize(max(1, self.px(size)))
            kept.setWeight(QFont.Weight(weight))
            kept.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            if tabular:
                kept.setFeature(QFont.Tag("tnum"), 1)
            self._kept[key] = kept
        return cast(QFont, kept)

    def ink(self, ink: Ink) -> QFont:
        """Return the font of ``ink``."""
        return self.font(ink.size, ink.weight, ink.tabular)

    def metrics(self, ink: Ink) -> QFontMetricsF:
        """Return the measures of the font of ``ink``."""
        key = ("metrics", ink.size, ink.weight, ink.tabular)
        if (kept := self._kept.get(key)) is None:
            kept = self._kept[key] = QFontMetricsF(self.ink(ink))
        return cast(QFontMetricsF, kept)

    def width(self, text: str, ink: Ink) -> float:
        """Return how wide ``text`` is on one line, in pixels."""
        return self.metrics(ink).horizontalAdvance(one_line(text))


PLAIN = Look()


def current_look() -> Look:
    """Return the look that the application's Theme has set, or a light one."""
    app = QApplication.instance()
    look = app.property(PROPERTY) if app is not None else None
    return look if isinstance(look, Look) else PLAIN


class Themed:
    """A widget that asks for the look whenever it paints or measures itself."""

    def restyle(self) -> None:
        """Take up a new look. Theme calls it after every change."""
        widget = cast(QWidget, self)
        widget.updateGeometry()
        widget.update()


MOST_LETTERS = 400  # more do not fit on one line of any screen, and measuring them takes time


def one_line(text: str) -> str:
    """Return ``text`` as one line: breaks become spaces, what no screen could show is cut off."""
    if len(text) > MOST_LETTERS:
        text = text[:MOST_LETTERS] + "…"
    return text if text.isprintable() else " ".join(text.split())


def left_to_right(text: str) -> str:
    """Return a number or an address so that it does not turn round in other scripts (UAX 9)."""
    return f"\u2066{text}\u2069"
