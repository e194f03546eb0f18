"""What the clerk is told of the disk, the backups and the key, over every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from care_console.base.words import _
from care_console.kit import Button, Errands, Notice, announce
from care_console.safekeeping.rules import size_words
from care_console.staff.rules import Permission
from care_console.store import Health, Standing

if TYPE_CHECKING:
    from care_console.window.furniture import Furniture


class SafeBanner(QWidget):
    """Three rows that show and hide themselves: the disk, the backups, the recovery code."""

    backups_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.to_backups, self.to_code = Button(_("Backups")), Button(_("Make a recovery code"))
        self.later = Button(_("Later"), "quiet")
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.to_code)
        row.addWidget(self.later)
        self.disk = Notice("bad")
        self.backups = Notice("warn", trailing=self.to_backups)
        self.code = Notice("info", trailing=buttons, icon="key")
        self.code.tell(
            _("If this computer were lost, nobody could read the backups."),
            rest=_("A recovery code on paper makes sure that you can."),
        )
        whole = QVBoxLayout(self)
        for notice in (self.disk, self.backups, self.code):
            whole.addWidget(notice)
            notice.hide()
        self.to_backups.clicked.connect(self.backups_wanted)
        self.to_code.clicked.connect(self.backups_wanted)
        self.later.clicked.connect(lambda: self.show_code(False))
        self.hide()

    def show_health(self, health: Health) -> None:
        """Tell how the disk stands, and that what was typed is still there."""
        text, rest = health_words(health)
        self.disk.tell(text, rest=rest)
        self.disk.setVisible(bool(text))
        self._show()
        if text:
            announce(self, f"{text} {rest}")

    def show_backups(self, trouble: str) -> None:
        """Tell what is the matter with the backups, "" for nothing."""
        self.backups.tell(trouble)
        self.backups.setVisible(bool(trouble))
        self._show()

    def show_code(self, missing: bool) -> None:
        """Tell that there is no recovery code yet."""
        self.code.setVisible(missing)
        self._show()

    def _show(self) -> None:
        notices = (self.disk, self.backups, self.code)
        self.setVisible(not all(each.isHidden() for each in notices))


class Safe(QObject):
    """Hears how the disk, the backups and the key stand, and shows it."""

    def __init__(self, here: Furniture) -> None:
        super().__init__(here)
        self._here, services = here, here.services
        self.errands = Errands(self)
        self.banner = SafeBanner()
        here.window.add_banner(self.banner)
        self.banner.backups_wanted.connect(self._go)
        ends = [services.store.on_health(self.banner.show_health)]
        if services.backups is not None:
            ends.append(services.backups.on_news(self._hear))
        here.window.destroyed.connect(lambda: [end() for end in ends])

    def begin(self) -> None:
        """Show how it stands now, unless the window is gone already."""
        if not isValid(self.banner):
            return
        self.banner.show_health(self._here.services.store.health)
        self.errands.look("ways", self._look())

    async def _look(self) -> None:
        services, clerk = self._here.services, self._here.session.clerk
        if services.keys is None:
            return
        missing = not (await services.keys.ways()).recoverable
        may = await services.staff.may(clerk, Permission.RESTORE)
        self.banner.show_code(missing and may)

    def _hear(self) -> None:
        backups = self._here.services.backups
        self.banner.show_backups("" if backups is None else backups.trouble)

    def _go(self) -> None:
        self._here.window.show_page("settings")
        self._here.settings.show_page(self._here.others.backups)


def health_words(health: Health) -> tuple[str, str]:
    """Return how the disk stands, and what to do; nothing where all is well."""
    if health.standing is Standing.LOW:
        left = _("Less than {size} are free on the disk of the records.")
        return left.format(size=size_words(health.free + 50 * 2**20)), _("Make some room soon.")
    if health.standing is Standing.RESERVE:
        return (
            _("The disk is full."),
            _("A reserve lets you finish what you have begun. Free some space now."),
        )
    if health.standing is Standing.READ_ONLY:
        return health.why, _("You can look everything up, and what you typed is still there.")
    if health.standing is Standing.MOVED:
        return (
            _("The file of the records was moved, deleted or replaced."),
            _("Nothing is saved now; what you typed is still there. Put the file back."),
        )
    return "", ""
