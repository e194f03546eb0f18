"""The remedies one may choose from, each with its digit, its amount and how it stands."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRectF

from care_console.base.words import N_, _
from care_console.kit import END, Cell, Ink, Row, RowDelegate
from care_console.kit.canvas import KEY_HEIGHT

HEIGHT = 31
STATE_WIDTH = 72
NAME = Ink(13)
AMOUNT = Ink(13, 500, "text", True)
STATE = Ink(12, 600)


class Stand(StrEnum):
    """How a remedy stands for this customer, now."""

    GIVE = "give"
    ASK = "ask"
    NOT = "not"
    OFFERED = "offered"
    GIVEN = "given"
    ASKED = "asked"
    ALLOWED = "allowed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Look:
    """The icon, the token and the word of one standing."""

    icon: str
    tone: str
    words: str


LOOKS = {
    Stand.GIVE: Look("check", "ok", N_("Give")),
    Stand.ASK: Look("lock", "warn", N_("Ask")),
    Stand.NOT: Look("minus", "text3", N_("Not now")),
    Stand.OFFERED: Look("clock", "accent", N_("Offered")),
    Stand.GIVEN: Look("check", "text2", N_("Given")),
    Stand.ASKED: Look("stamp", "warn", N_("Asked")),
    Stand.ALLOWED: Look("stamp", "ok", N_("Allowed")),
    Stand.REFUSED: Look("cross", "text2", N_("Refused")),
}


@dataclass(frozen=True)
class OfferRow:
    """A remedy: ``id`` is the catalogue's, ``key`` the digit that chooses it, if any."""

    id: object
    key: str
    name: str
    amount: str
    stand: Stand
    why: str = ""

    @property
    def title(self) -> str:
        return self.name

    @property
    def state(self) -> str:
        """How it stands, in a word."""
        return _(LOOKS[self.stand].words)

    @property
    def sentence(self) -> str:
        parts = (self.key, self.name, self.amount, self.state, self.why)
        return ", ".join(part for part in parts if part)


class OfferDelegate(RowDelegate):
    """Digit, name, amount, and Give or Ask before it is chosen."""

    height = HEIGHT

    def paint_row(self, cell: Cell, row: Row, first: bool, last: bool) -> None:
        if not isinstance(row, OfferRow):
            return
        px, middle = cell.px, cell.inside.center().y()
        x, right = cell.inside.x() + px(8), cell.inside.right() - px(8)
        cell.key(row.key, x, middle - px(KEY_HEIGHT) / 2)
        x += px(30)
        look = LOOKS[row.stand]
        state_ink = STATE._replace(colour=look.tone)
        wide = max(px(STATE_WIDTH), px(19) + cell.width(row.state, state_ink))
        left = right - wide + px(8)
        cell.icon(look.icon, look.tone, left, middle - px(7), 14)
        words = left + px(19)
        cell.text(self._line(cell, words, right + px(4)), row.state, state_ink)
        done = row.stand in (Stand.GIVEN, Stand.NOT)
        colour = "text2" if done else "text"
        line = self._line(cell, x, left - px(10))
        ink = AMOUNT._replace(colour=colour)
        amount = min(cell.width(row.amount, ink), line.width() * 0.6) if row.amount else 0
        cell.text(self._line(cell, line.right() - amount, line.right()), row.amount, ink, END)
        rest = line.adjusted(0, 0, -amount - (px(10) if amount else 0), 0)
        cell.text(rest, row.name, NAME._replace(colour=colour))

    def _line(self, cell: Cell, x: float, right: float) -> QRectF:
        inside = cell.inside
        return QRectF(x, inside.y(), max(0.0, right - x), inside.height())
