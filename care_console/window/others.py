"""The pages beside the Desk that belong to upper rooms, made when they are first seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from care_console.base.command import Clerk, Command
from care_console.base.words import N_, _
from care_console.cards.rules import Group, NewCard, NewMembership
from care_console.cards.rules.typed import name_parts
from care_console.kit import Errands, Pane
from care_console.staff.rules import NotAllowed, Permission
from care_console.store import Copy
from care_console.window.later import Later, Leaves

if TYPE_CHECKING:
    from care_console.exchange.pane import Place
    from care_console.window.furniture import Furniture

RECOVERY, REQUEST, REMEDY = "recovery", "request", "remedy"  # what a duty hangs on


class InSettings(NamedTuple):
    """A page of another room in settings; ``words`` are more by which Ctrl+K finds it."""

    title: str
    icon: str
    page: Later
    permission: Permission | None  # without which it is not offered
    words: str = ""


class Others:
    """Makes them, tells them what changes, and shows each clerk what is theirs."""

    def __init__(self, here: Furniture) -> None:
        self._here = here
        self.errands = Errands(here)
        self.recoveries = self._later(self._make_recoveries)
        self.approvals = self._later(self._make_approvals)
        self.deliveries = self._later(self._make_deliveries)
        self.day = Leaves(
            (
                (N_("What I owe"), here.day.page),
                (N_("Waiting for your word"), self.approvals),
                (N_("To be delivered"), self.deliveries),
            )
        )
        self.doubles = self._later(self._make_doubles)
        self.people = Leaves(
            ((N_("All people"), here.people), (N_("Likely doubles"), self.doubles)),
        )
        self._make_settings()
        self._in_settings = self._pages_in_settings()
        for each in self._in_settings:
            here.settings.add_page(each.title, each.icon, each.page, each.words)
        self.allow(here.session.clerk)

    def _make_settings(self) -> None:
        self.staff = self._later(self._make_staff)
        self.limits = self._later(self._make_limits)
        self.digest = self._later(self._make_digest)
        self.words = self._later(self._make_words)
        self.audit = self._later(self._make_audit)
        self.journal = self._later(self._make_journal)
        self.backups = self._later(self._make_backups)
        self.take_in = self._later(self._make_import)
        self.give_out = self._later(self._make_export)
        self.telephone = self._later(self._make_telephone)

    def _pages_in_settings(self) -> tuple[InSettings, ...]:
        may = Permission
        playbooks = _("playbooks")
        key = _("recovery code, passphrase, restore")
        safe = InSettings(_("Backups and key"), "disk", self.backups, may.RESTORE, key)
        secrets = _("passphrase, PIN, sign-in, departments")
        lines = _("lines, links, web hook, softphone")
        return (
            InSettings(_("Telephone"), "phone", self.telephone, may.SET_UP_LINES, lines),
            InSettings(_("Import"), "in", self.take_in, may.IMPORT, _("vCard, CSV")),
            InSettings(_("Export"), "out", self.give_out, may.EXPORT, _("vCard, CSV")),
            InSettings(_("Staff and roles"), "people", self.staff, None, secrets),
            InSettings(_("Authority limits"), "gift", self.limits, may.SET_LIMITS, _("rehearsal")),
            InSettings(_("Weekly digest"), "info", self.digest, may.SEE_DIGEST),
            InSettings(_("Recovery words"), "quote", self.words, may.EDIT_PLAYBOOKS, playbooks),
            InSettings(_("Recovery audit"), "heart", self.audit, may.SEE_AUDIT),
            InSettings(_("Journal"), "clock", self.journal, may.READ_JOURNAL, _("audit")),
            *((safe,) if self._here.services.keys is not None else ()),
        )

    @property
    def panes(self) -> tuple[Pane, ...]:
        """Those that were made, to be told what changes."""
        return tuple(each.page for each in self._all() if each.page is not None)

    def allow(self, clerk: Clerk) -> None:
        """Offer what this clerk may do; the services check it anew at each act."""
        self.errands.look("allow", self._allow(clerk))

    def open_about(self, about: str, about_id: int) -> None:
        """Open what a duty hangs on."""
        window = self._here.window
        if about == RECOVERY:
            window.show_page("recoveries")
            page = self.recoveries.there()
            page.go_to(about_id)  # type: ignore[attr-defined]
        elif about == REQUEST:
            window.show_page("day")
            self.day.show_leaf(self.approvals)
            self.approvals.there().show_request(about_id)  # type: ignore[attr-defined]
        elif not self.day.offers(self.deliveries):
            self.errands.look("about", self._open_customer(about_id))
        elif self.go_to(self.deliveries):
            self.deliveries.there().show_remedy(about_id)  # type: ignore[attr-defined]

    def go_to(self, page: Later) -> bool:
        """Show one of the pages under My day; return whether it is for this clerk."""
        if not self.day.offers(page):
            asked = Permission.APPROVE if page is self.approvals else Permission.DELIVER
            self._here.window.hindered(str(NotAllowed(asked)))
            return False
        self._here.window.show_page("day")
        self.day.show_leaf(page)
        return True

    def show_doubles(self) -> None:
        """Show who likely has two cards."""
        self._here.window.show_page("people")
        self.people.show_leaf(self.doubles)

    def merge_with(self, card_id: int) -> None:
        """Ask with which other card this one is to be merged."""
        self.show_doubles()
        self.doubles.there().merge_with(card_id)  # type: ignore[attr-defined]

    def show_people(self) -> None:
        """Show all people."""
        self._here.window.show_page("people")
        self.people.show_leaf(self._here.people)

    def export(self, group: str, words: str) -> None:
        """Offer to give out these cards: of a group, or all, with these words."""
        if self._show_in_settings(self.give_out):
            self.give_out.there().show_filter(group, words)  # type: ignore[attr-defined]

    def open_import(self) -> None:
        """Go to where address books are taken in."""
        if self._show_in_settings(self.take_in):
            self.take_in.there().setFocus()

    def open_telephone(self) -> None:
        """Go to where the telephone lines are set up."""
        if self._show_in_settings(self.telephone):
            self.telephone.there().setFocus()

    def open_duty(self, duty_id: int) -> None:
        """Show a duty that is about nobody."""
        self._here.window.show_page("day")
        self.day.show_leaf(self._here.day.page)
        self._here.day.page.show_duty(duty_id)

    def _all(self) -> tuple[Later, ...]:
        return (
            *(self.recoveries, self.approvals, self.deliveries, self.doubles),
            *(each.page for each in self._in_settings),
        )

    async def _open_customer(self, remedy_id: int) -> None:
        """Open the card for a clerk who may not settle deliveries: the customer hears of it."""
        listed = await self._here.services.deliveries.listing()
        for each in listed:
            if each.remedy_id == remedy_id:
                self._here.open_card(each.card_id)

    def _show_in_settings(self, page: Later) -> bool:
        """Show one of the pages in settings; return whether it is for this clerk."""
        if not self._here.settings.offers(page):
            asked = next(each.permission for each in self._in_settings if each.page is page)
            assert asked is not None  # or it would be offered
            self._here.window.hindered(str(NotAllowed(asked)))
            return False
        self._here.window.show_page("settings")
        self._here.settings.show_page(page)
        return True

    async def _allow(self, clerk: Clerk) -> None:
        staff = self._here.services.staff
        hidden = [
            each.page
            for each in self._in_settings
            if each.permission is not None and not await staff.may(clerk, each.permission)
        ]
        self._here.settings.hide_pages(hidden)
        self.day.hide_leaf(self.approvals, not await staff.may(clerk, Permission.APPROVE))
        self.day.hide_leaf(self.deliveries, not await staff.may(clerk, Permission.DELIVER))

    def _later(self, make: Callable[[], Pane]) -> Later:
        def made() -> Pane:
            page, window = make(), self._here.window
            page.errands.hindered.connect(window.hindered)
            goals: tuple[tuple[str, Callable[..., object]], ...] = (
                ("acted", window.did),
                ("card_chosen", self._here.open_card),
                ("told", window.told),
                ("decided", window.told),
                ("saved", window.told),
                ("counted", partial(self._count, page)),
            )
            for name, goal in goals:
                if hasattr(page, name):
                    getattr(page, name).connect(goal)
            return page

        return Later(made)

    def _count(self, page: Pane, count: int) -> None:
        """Tell on the rail how many recoveries are late."""
        if page is self.recoveries.page:
            self._here.window.set_count("recoveries", count)

    def _make_recoveries(self) -> Pane:
        from care_console.recovery.pane import RecoveriesPage, RecoveryPane

        s, command, locale = self._here.services, self._command, self._locale
        panel = RecoveryPane(s.recoveries, s.staff, s.search, command, s.clock, locale, key="")
        return RecoveriesPage(s.recoveries, panel, command, s.clock, locale)

    def _make_approvals(self) -> Pane:
        from care_console.authority.pane import ApprovalsPane

        s = self._here.services
        return ApprovalsPane(s.requests, self._command, self._currency, s.clock, self._locale)

    def _make_deliveries(self) -> Pane:
        from care_console.authority.pane.deliveries import DeliveriesPane

        s = self._here.services
        told = (self._command, self._currency, s.clock, self._locale)
        return DeliveriesPane(s.deliveries, s.authority.reverse, *told)

    def _make_doubles(self) -> Pane:
        from care_console.cards.pane.doubles import DoublesPage

        s = self._here.services
        return DoublesPage(s.cards, s.merging, s.doubles, s.staff, s.search, self._command)

    def _make_staff(self) -> Pane:
        from care_console.staff.pane import StaffPage

        s = self._here.services
        page = StaffPage(s.staff, s.sign_in, self._command, self._start_card)
        page.passphrase_set.connect(self._here.session.passphrase_set)
        return page

    def _make_limits(self) -> Pane:
        from care_console.authority.pane.limits import LimitsPage

        s = self._here.services
        return LimitsPage(s.limits, s.staff, self._command, self._currency, s.clock, self._locale)

    def _make_digest(self) -> Pane:
        from care_console.authority.pane.digest import DigestPane

        s = self._here.services
        return DigestPane(s.limits, self._command, s.clock)

    def _make_words(self) -> Pane:
        from care_console.recovery.pane import PlaybooksPage

        s = self._here.services
        return PlaybooksPage(s.playbooks, self._command, s.clock, self._locale)

    def _make_audit(self) -> Pane:
        from care_console.recovery.pane import AuditPage

        s = self._here.services
        return AuditPage(s.recoveries, self._command, s.clock)

    def _make_journal(self) -> Pane:
        from care_console.journal.pane import JournalPage
        from care_console.journal.service import Audit
        from care_console.window.words import SUBJECTS, WORDS

        s = self._here.services

        def demand(db: Any, command: Command) -> None:
            s.staff.demand(db, command, Permission.READ_JOURNAL)

        return JournalPage(
            Audit(s.journal, demand, s.staff.guarded),
            WORDS,
            self._names,
            self._people,
            {_(title): kinds for title, kinds in SUBJECTS.items()},
            self._command,
            s.clock,
            self._locale,
        )

    def _make_backups(self) -> Pane:
        from care_console.safekeeping.pane import BackupsPage

        s = self._here.services
        assert s.keys is not None
        page = BackupsPage(s.backups, s.keys, self._command, s.clock, self._locale)
        page.restore_wanted.connect(self._restore)
        page.told.connect(lambda _words: self._here.safe.begin())
        return page

    def _restore(self, copy: Copy) -> None:
        """Close the desk, so that the backup can take its place; it opens anew."""
        backups = self._here.services.backups
        if backups is not None:
            backups.wanted = copy
            self._here.window.close()

    def _make_telephone(self) -> Pane:
        from care_console.settings.pane.telephone import TelephonePage

        phones = self._here.phones
        return TelephonePage(phones.telephone, phones.running, self._command)

    def _make_import(self) -> Pane:
        from care_console.exchange.pane import ImportPage
        from care_console.exchange.service import Mappings

        s = self._here.services
        mappings = Mappings(s.store, s.staff)
        told = (self._place(), self._command, s.clock, self._locale)
        page = ImportPage(s.imports, mappings, s.cards, *told)
        page.people_wanted.connect(self.show_people)
        page.doubles_wanted.connect(self.show_doubles)
        return page

    def _make_export(self) -> Pane:
        from care_console.exchange.pane import ExportPage

        return ExportPage(self._place(), self._command)

    def _place(self) -> Place:
        """Return where the records are, for a program that works on them beside the window."""
        from care_console.exchange.pane import Place

        return Place(self._here.home.folder, self._here.services.key, self._locale)

    @property
    def _locale(self) -> str:
        return self._here.services.desk.language

    def _command(self) -> Command:
        return self._here.around.command()

    def _currency(self) -> str:
        return self._here.services.settings.company.currency

    async def _start_card(self, command: Command, name: str) -> int:
        """Start the card of a new employee."""
        cards = self._here.services.cards
        employee = NewMembership(group=Group.EMPLOYEE, since=cards.today())
        parts: dict[str, Any] = dict(name_parts(name))
        return await cards.add(command, NewCard(**parts, memberships=(employee,)))

    async def _names(self, card_ids: Sequence[int]) -> Mapping[int, str]:
        briefs = await self._here.services.cards.briefs(card_ids)
        return {each.id: each.name for each in briefs}

    async def _people(self) -> Sequence[tuple[int, str]]:
        return [(each.card_id, each.name) for each in await self._here.services.staff.clerks()]
