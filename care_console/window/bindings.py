"""What the window itself can do, with its keys."""

from typing import TYPE_CHECKING

from care_console.base.words import N_
from care_console.window.palette import GLYPH, LAST

if TYPE_CHECKING:
    from care_console.window.frame import MainWindow

TEXT_STEP = 10  # %
NORMAL = 100  # %


def bind(window: "MainWindow") -> None:
    """Register the actions that work on every page."""
    _bind_sheets(window)
    _bind_ways(window)
    _bind_looks(window)
    for known in window.registry.all():
        known.action.setProperty(LAST, True)


def bind_walk(window: "MainWindow", page: str) -> None:
    """Let F6 go from pane to pane on a page that has no other use for it."""
    words = N_("Go to the next pane")
    window.registry.add(f"walk {page}", words, ("F6",), window.next_pane, page=page, palette=False)


def _bind_sheets(window: "MainWindow") -> None:
    add = window.registry.add

    def in_the_house() -> bool:
        """Return whether anything is there to be found: before the sign-in nothing is."""
        return window.current_page != ""

    find = add(
        "find",
        N_("Find a person, number, order or command"),
        ("Ctrl+K",),
        window.open_palette,
        hint=N_("find"),
        enabled=in_the_house,
        palette=False,
    )
    keys = add(
        "keys",
        N_("All keys"),
        ("F1",),
        window.open_keys,
        hint=N_("all keys"),
        enabled=in_the_house,
    )
    undo = add(
        "undo",
        N_("Undo what was done last"),
        ("Ctrl+Z", "Ctrl+Alt+Z"),
        window.undo.last,
        enabled=lambda: window.undo.possible,
    )
    for action, glyph in ((find, "search"), (keys, "keyboard"), (undo, "undo")):
        action.setProperty(GLYPH, glyph)


def _bind_ways(window: "MainWindow") -> None:
    add, trail = window.registry.add, window.trail
    add("next pane", N_("Go to the next pane"), ("Ctrl+Tab",), window.next_pane, palette=False)
    add(
        "pane before",
        N_("Go to the pane before"),
        ("Ctrl+Shift+Tab", "Shift+F6"),
        lambda: window.next_pane(-1),
        palette=False,
    )
    back = add(
        "back",
        N_("Back to the card before"),
        ("Alt+Left",),
        trail.back,
        enabled=lambda: trail.can_go_back,
    )
    forward = add(
        "forward",
        N_("Forward to the card one came back from"),
        ("Alt+Right",),
        trail.forward,
        enabled=lambda: trail.can_go_forward,
    )
    back.setProperty(GLYPH, "back")
    forward.setProperty(GLYPH, "forward")


def _bind_looks(window: "MainWindow") -> None:
    add = window.registry.add

    def by(step: int) -> None:
        window.set_text_size(window.theme.text_size + step)

    larger = add("larger", N_("Larger text"), ("Ctrl++", "Ctrl+="), lambda: by(TEXT_STEP))
    smaller = add("smaller", N_("Smaller text"), ("Ctrl+-",), lambda: by(-TEXT_STEP))
    normal = add(
        "normal text", N_("Text as it was"), ("Ctrl+0",), lambda: window.set_text_size(NORMAL)
    )
    full = add("full screen", N_("Full screen, and back"), ("F11",), window.toggle_full_screen)
    glyphs = ((larger, "plus"), (smaller, "minus"), (normal, "eye"), (full, "desk"))
    for action, glyph in glyphs:
        action.setProperty(GLYPH, glyph)
