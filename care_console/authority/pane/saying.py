"""How the panel says what was looked up: rows, gauges, and sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from care_console.authority.pane.gauge import Reading
from care_console.authority.pane.money import Money
from care_console.authority.pane.offers import OfferRow, Stand
from care_console.authority.rules.limits import ALL, Gauge, Scope, Verdict
from care_console.authority.rules.views import Answer, Asked, Earlier, Given, Offer, Panel, State
from care_console.base.names import clean, isolated
from care_console.base.spell import at_words, day, hour, known_locale
from care_console.base.words import _, ngettext

YEAR_DAYS = range(364, 368)
MOST_SHOWN = 4
TOLD = ("months", "hours", "days")  # units that say more than that it costs nothing
STANDS = {Verdict.GIVE: Stand.GIVE, Verdict.ASK: Stand.ASK, Verdict.NOT: Stand.NOT}
ASKED = {
    Answer.WAITING: Stand.ASKED,
    Answer.APPROVED: Stand.ALLOWED,
    Answer.REFUSED: Stand.REFUSED,
}


@dataclass(frozen=True, slots=True)
class Saying:
    """Words in the house's currency and the desk's language."""

    money: Money

    @property
    def locale(self) -> str:
        """In which language days and hours are written."""
        return self.money.locale

    def amount(self, minor: int, pieces: int = 0, unit: str = "money") -> str:
        """Return what something comes to: ``£35.00``, ``3 hours``, or ``free``."""
        if minor:
            return self.money.full(minor)
        return count_words(pieces, unit) if unit in TOLD and pieces else _("free")

    def rows(self, panel: Panel) -> list[OfferRow]:
        """Return the remedies, each as it stands."""
        return [self._row(panel, offer) for offer in panel.offers]

    def gauges(self, panel: Panel, gauges: Iterable[Gauge], binding: Gauge | None) -> list[Reading]:
        """Return what to show of ``gauges``: those of one remedy only where they say something."""
        shown = [each for each in gauges if _tells(each, binding)]
        return [self._reading(panel, each, each == binding) for each in shown][:MOST_SHOWN]

    def reserved(self, panel: Panel, minor: int) -> list[Reading]:
        """Return the gauges with what is offered, which is used already, as something new."""
        shown = []
        for gauge in panel.gauges:
            part = min(minor, gauge.used)
            if not gauge.counted and part:
                gauge = gauge._replace(used=gauge.used - part, wish=part)
            shown.append(gauge)
        tightest = panel.binding.scope if panel.binding is not None else None
        return [self._reading(panel, each, each.scope == tightest) for each in shown][:MOST_SHOWN]

    def given(self, given: Given, now: datetime) -> tuple[str, str, str, str]:
        """Return that something was given, what and when, who does it by when, and how far."""
        amount = self.amount(given.minor, given.pieces, given.unit)
        if given.minor:
            words = _("{amount} given").format(amount=amount)
            about = _("{name}, {hour}").format(
                name=clean(given.name), hour=hour(given.given_at, self.locale)
            )
        else:
            words = _("{name}: given").format(name=clean(given.name))
            about = hour(given.given_at, self.locale)
        return words, about, self._doer(given, now), _("not yet done")

    def beyond(self, amount: int, over: int) -> str:
        """Return by how much an amount is beyond what may be given."""
        said = _("{amount} is {over} more than you may give.")
        return said.format(amount=self.money.full(amount), over=self.money.full(over))

    def answer(self, asked: Asked, panel: Panel) -> tuple[str, str]:
        """Return how a request stands, and what to say or do now."""
        amount = self.amount(asked.minor, asked.pieces, asked.unit)
        who, name = isolated(clean(asked.to_name)) or _("A supervisor"), clean(asked.name)
        if asked.state is Answer.APPROVED:
            allowed = self.amount(asked.allowed_minor, asked.allowed_pieces, asked.unit)
            said = _("{who} said yes: {amount}, {name}.")
            if asked.allowed_minor < asked.minor:
                said = _("{who} said yes: {amount} of {asked}, {name}.")
            words = said.format(who=who, amount=allowed, asked=amount, name=name)
            return words, self._until(asked)
        if asked.state is Answer.REFUSED:
            words = _("{who} said no to {amount}.").format(who=who, amount=amount)
            if told := clean(asked.words):
                words = _("{who} said no: “{words}”.").format(who=who, words=told)
            return words, self._still(panel)
        if asked.state is Answer.EXPIRED and asked.allowed_until is not None:
            allowed = self.amount(asked.allowed_minor, asked.allowed_pieces, asked.unit)
            words = _("{who} said yes to {amount}, {name}.").format(
                who=who, amount=allowed, name=name
            )
            return words, _("That was more than five minutes ago: ask once more.")
        if asked.state is Answer.EXPIRED:
            words = _("Nobody answered about {amount}, {name}.").format(amount=amount, name=name)
            return words, _("Ask somebody at the desk, or send it again.")
        sent = _("{amount} sent to {who} at {hour}: {name}.")
        words = sent.format(
            amount=amount, who=who, hour=hour(asked.asked_at, self.locale), name=name
        )
        return words, self._meanwhile(asked)

    def earlier(self, panel: Panel, most: int) -> tuple[str, list[tuple[str, str, str]]]:
        """Return what the customer was given before: a title, and the newest lines."""
        lines = self.lines(panel.earlier, panel.at, most)
        title = _("Given to {name} before").format(name=isolated(clean(panel.customer)))
        return (title, lines) if lines else ("", [])

    def lines(
        self, earlier: Sequence[Earlier], now: datetime, most: int
    ) -> list[tuple[str, str, str]]:
        """Return the newest of what was given: the day, what, and how much."""
        return [
            (
                day(each.at, now, self.locale),
                clean(each.name),
                self.amount(each.minor, each.pieces, each.unit),
            )
            for each in self.kept(earlier)[:most]
        ]

    def kept(self, earlier: Sequence[Earlier]) -> list[Earlier]:
        """Return what the customer has, or will have."""
        return [each for each in earlier if each.state in (State.GIVEN, State.DONE)]

    def reading(self, customer: str, at: datetime, gauge: Gauge, binds: bool = False) -> Reading:
        """Return how a gauge is shown, of this customer at this moment."""
        most = None if gauge.unlimited else gauge.most
        title = self._scope(customer, at, gauge)
        return Reading(title, self._left(gauge), gauge.used, gauge.wish, most, binds)

    def _row(self, panel: Panel, offer: Offer) -> OfferRow:
        asked = request_of(panel, offer.catalogue_id)
        stand = STANDS[offer.verdict]
        minor, pieces = offer.minor, offer.pieces
        if panel.offered is not None and panel.offered.catalogue_id == offer.catalogue_id:
            stand, minor, pieces = Stand.OFFERED, panel.offered.minor, panel.offered.pieces
        elif panel.given is not None and panel.given.catalogue_id == offer.catalogue_id:
            stand, minor, pieces = Stand.GIVEN, panel.given.minor, panel.given.pieces
        elif asked is not None and asked.state in ASKED:
            stand, minor, pieces = ASKED[asked.state], asked.minor, asked.pieces
        typed = not offer.usual and stand in (Stand.GIVE, Stand.ASK, Stand.NOT)
        amount = "" if typed else self.amount(minor, pieces, offer.unit)
        name = clean(offer.name)
        name = _("{name}…").format(name=name.rstrip("…")) if not offer.usual else name
        return OfferRow(offer.catalogue_id, offer.key, name, amount, stand, offer.why)

    def _reading(self, panel: Panel, gauge: Gauge, binds: bool) -> Reading:
        reading = self.reading(panel.customer, panel.at, gauge, binds)
        return replace(reading, title=self._title(panel, gauge, reading.title))

    def _left(self, gauge: Gauge) -> str:
        if gauge.unlimited:
            return _("no limit")

        def full(size: int) -> str:
            return str(size) if gauge.counted else self.money.full(size)

        most = str(gauge.most) if gauge.counted else self.money.short(gauge.most)
        if gauge.over:
            return _("{over} over of {most}").format(over=full(gauge.over), most=most)
        if gauge.wish:
            return _("then {left} left of {most}").format(left=full(gauge.after), most=most)
        return _("{left} left of {most}").format(left=full(gauge.left), most=most)

    def _title(self, panel: Panel, gauge: Gauge, scope: str) -> str:
        if gauge.catalogue_id == ALL or gauge.scope is Scope.REMEDY:
            return scope
        names = (each.name for each in panel.offers if each.catalogue_id == gauge.catalogue_id)
        return _("{scope}, {name}").format(scope=scope, name=clean(next(names, "")))

    def _scope(self, customer: str, at: datetime, gauge: Gauge) -> str:
        name = isolated(clean(customer))
        if gauge.scope is Scope.CUSTOMER:
            if gauge.days in YEAR_DAYS or not gauge.days:
                return _("{name}, this year").format(name=name)
            said = ngettext("{name}, {count} day", "{name}, {count} days", gauge.days)
            return said.format(name=name, count=gauge.days)
        if gauge.scope is Scope.MONTH:
            from babel.dates import format_date

            month = format_date(at.astimezone(), "LLLL", known_locale(self.locale))
            return _("Department, {month}").format(month=month)
        words = {
            Scope.REMEDY: _("This remedy"),
            Scope.RECOVERY: _("This case"),
            Scope.DAY: _("Your day"),
        }
        return words[gauge.scope]

    def _doer(self, given: Given, now: datetime) -> str:
        if given.due_at is None:
            return clean(given.doer)
        when = at_words(given.due_at, now, self.locale)
        if not given.doer:
            return _("To be done by {when}").format(when=when)
        return _("{doer}, by {when}").format(doer=clean(given.doer), when=when)

    def _until(self, asked: Asked) -> str:
        if asked.allowed_until is None:
            return _("Choose it in the list to offer it.")
        said = _("Choose it in the list to offer it; it holds until {hour}.")
        return said.format(hour=hour(asked.allowed_until, self.locale))

    def _still(self, panel: Panel) -> str:
        if not panel.now_minor:
            return _("Another remedy may help: see the list.")
        return _("You can still give {amount}.").format(amount=self.money.full(panel.now_minor))

    def _meanwhile(self, asked: Asked) -> str:
        """Return what to promise: the hour at which it is owed, however quick answers are today."""
        said = _("Say: “By {hour} I’ll tell you, whatever the answer is.”")
        return said.format(hour=hour(asked.expires_at, self.locale))


def request_of(panel: Panel, catalogue_id: int) -> Asked | None:
    """Return the newest request about one remedy, or None."""
    mine = [each for each in panel.requests if each.catalogue_id == catalogue_id]
    return max(mine, key=lambda each: each.asked_at, default=None)


def newest(requests: Sequence[Asked], given: Given | None = None) -> Asked | None:
    """Return the request to tell of: an answer before one that waits, and the newest of them.

    Of what was asked about one remedy, only the newest is told: the no before it is history, and
    so is a no before that remedy was ``given`` all the same.
    """
    last = {each.catalogue_id: each for each in sorted(requests, key=lambda each: each.asked_at)}
    told = [
        each
        for each in last.values()
        if each.state in (*ASKED, Answer.EXPIRED) and not _over(each, given)
    ]

    def rank(each: Asked) -> tuple[bool, datetime]:
        return each.state is not Answer.WAITING, each.asked_at

    return max(told, key=rank, default=None)


def _over(asked: Asked, given: Given | None) -> bool:
    """Return whether the same remedy was given after this was answered."""
    same = given is not None and given.catalogue_id == asked.catalogue_id
    later = given is not None and asked.asked_at < given.given_at
    return same and later and asked.state is not Answer.WAITING


def count_words(count: int, unit: str) -> str:
    """Return a number of what is counted: ``1 month``, ``3 hours``."""
    words = {
        "months": ngettext("{count} month", "{count} months", count),
        "hours": ngettext("{count} hour", "{count} hours", count),
        "days": ngettext("{count} day", "{count} days", count),
    }
    return words.get(unit, ngettext("{count} piece", "{count} pieces", count)).format(count=count)


def _tells(gauge: Gauge, binding: Gauge | None) -> bool:
    return gauge.scope is not Scope.REMEDY or gauge.over > 0 or gauge == binding
