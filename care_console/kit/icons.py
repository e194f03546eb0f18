"""Our own icons, in any token's colour and sharp at any scale."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from care_console.base.resources import resource
from care_console.kit.look import current_look

SHARP = 2.0  # for what is asked of an icon without a screen


@cache
def source(name: str) -> bytes:
    """Return the drawing of the icon ``name``. Raises FileNotFoundError if there is none."""
    return resource(f"icons/{name}.svg").read_bytes()


def pixmap(name: str, colour: QColor, size: int, dpr: float = 1.0) -> QPixmap:
    """Return the icon ``name``, ``size`` logical pixels wide, for a screen of ``dpr``.

    Raises FileNotFoundError if there is no such icon.
    """
    drawing = source(name)
    key = f"care-icon/{name}/{colour.rgba():08x}/{size}/{dpr:g}"
    kept = QPixmap()
    if QPixmapCache.find(key, kept):
        return kept
    side = max(1, round(size * dpr))
    kept = QPixmap(side, side)
    kept.fill(Qt.GlobalColor.transparent)
    tinted = drawing.replace(b"currentColor", colour.name().encode())
    with QPainter(kept) as painter:
        painter.setOpacity(colour.alphaF())
        QSvgRenderer(QByteArray(tinted)).render(painter, QRectF(0, 0, side, side))
    kept.setDevicePixelRatio(dpr)
    QPixmapCache.insert(key, kept)
    return kept


def icon(name: str, token: str = "text2", size: int = 18) -> QIcon:
    """Return the icon ``name`` in the colour of ``token``, for a menu or an action.

    It keeps its colour: ask again after the theme has changed.
    """
    look = current_look()
    return QIcon(pixmap(name, look.color(token), look.px(size), SHARP))
