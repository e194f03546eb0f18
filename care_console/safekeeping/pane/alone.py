"""A page that stands alone in the window: one panel in its middle."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.kit import Button, Label, Panel, Scroll, current_look

WIDTH = 620


def stand_alone(
    page: QWidget, title: str, parts: Sequence[QWidget], buttons: Sequence[Button]
) -> None:
    """Lay ``parts`` out one below the other under a title, and the buttons at the end."""
    px = current_look().px
    panel = Panel()
    panel.setFixedWidth(px(WIDTH))
    panel.body.setSpacing(px(12))
    panel.body.addWidget(Label(title, size=20, weight=600, wrap=True))
    for part in parts:
        panel.body.addWidget(part)
    last = QHBoxLayout()
    for button in buttons:
        last.addWidget(button)
    last.addStretch(1)
    panel.body.addLayout(last)
    middle = QWidget()
    down = QVBoxLayout(middle)
    down.addStretch(1)
    across = QHBoxLayout()  # an alignment would give a wrapped sentence the height of one line
    across.addStretch(1)
    across.addWidget(panel)
    across.addStretch(1)
    down.addLayout(across)
    down.addStretch(2)
    whole = QVBoxLayout(page)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(Scroll(middle))
