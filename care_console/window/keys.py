"""The sheet of all keys, filtered as one types."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from care_console.base.words import N_, _
from care_console.kit import Actions, CommandRow, Deed, HeadRow, Row, key_text
from care_console.window.finder import Finder
from care_console.window.palette import as_row

IN_LISTS: tuple[tuple[str, str], ...] = (  # what every list does by itself
    (N_("↑ ↓"), N_("Go through a list")),
    (N_("Enter"), N_("Open what is chosen")),
    (N_("1–9"), N_("Choose in the list that has the focus")),
    (N_("Tab"), N_("Go to the next field")),
    (N_("Esc"), N_("Close what lies on top, or leave the field")),
)


class KeysSheet(Finder):
    """Shows what each key does, here and everywhere; Enter does it, where it can be done now."""

    def __init__(
        self,
        window: QWidget,
        actions: Actions,
        page: Callable[[], str],
        title: Callable[[str], str],
    ) -> None:
        super().__init__(window, _("All keys"), _("All keys: type what you want to do, or a key"))
        self._actions = actions
        self._page, self._title = page, title
        self.hints = [(_("↑↓"), _("choose")), (_("Enter"), _("do it")), (_("Esc"), _("close"))]
        self.took.connect(self._take)

    def look_for(self, text: str) -> None:
        rows: list[Row] = []
        for page in self._pages():
            title = _("Everywhere") if page is None else self._title(page)
            own = [act for act in self._actions.all() if act.page == page]
            _put(rows, title, [self._row(act) for act in own if self._keys(act)], text)
        fixed = [CommandRow(words, "list", _(words), key=_(key)) for key, words in IN_LISTS]
        _put(rows, _("Lists and fields"), fixed, text)
        self.offer(rows, _("No key does that."))

    def _pages(self) -> Iterator[str | None]:
        """Yield the pages that have keys: the one that is shown, everywhere, the others."""
        shown = self._page()
        pages = [act.page for act in self._actions.all() if act.page is not None]
        here: Sequence[str | None] = (shown,) if shown in pages else ()
        yield from dict.fromkeys((*here, None, *pages))

    def _row(self, act: Deed) -> CommandRow:
        others = [key_text(each) for each in act.action.shortcuts()[1:]]
        also = _("also {keys}").format(keys=", ".join(others)) if others else ""
        return replace(as_row(act, self._keys(act)), sub=also)

    def _keys(self, act: Deed) -> str:
        return self._actions.key_text(act.action)

    def _take(self, row: object, _held: bool) -> None:
        if not isinstance(row, CommandRow) or row.icon == "list":
            return
        act = self._actions.act(str(row.id))
        self.shut()
        if act.action.isEnabled():
            act.run()


def _put(rows: list[Row], title: str, found: Sequence[CommandRow], text: str) -> None:
    """Put what fits ``text`` under a head."""
    wanted = text.casefold().split()
    fitting = [row for row in found if all(part in _said(row) for part in wanted)]
    if fitting:
        rows += [HeadRow(title, tone="text3"), *fitting]


def _said(row: CommandRow) -> str:
    return f"{row.title} {row.sub} {row.key} {row.key.replace(' ', '+')}".casefold()
