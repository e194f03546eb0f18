"""What the panes of recoveries say, composed from what is known: text alone."""

from datetime import datetime, timedelta
from enum import StrEnum

from care_console.base.names import clean, isolated
from care_console.base.spell import at_words, day, hour, on_words
from care_console.base.words import N_, _, ngettext
from care_console.promises.rules.words import span_words
from care_console.recovery.rules import (
    RecoveryRow,
    RecoveryView,
    State,
    Step,
    StepView,
    step_words,
)

DOT = "  ·  "
RISES_AT = 3  # contacts on one matter
PROBLEM = frozenset({Step.REINSTATEMENT})

STATE_WORDS = {State.OPEN: N_("open"), State.DONE: N_("done"), State.SKIPPED: N_("left out")}


class Main(StrEnum):
    """What the large button does."""

    DONE = "done"  # tick the step
    DATE = "date"  # date the follow-up
    GO_ON = "go on"  # to the step that waits
    ANSWER = "answer"  # write down what the customer says of it
    CLOSE = "close"
    REOPEN = "reopen"


def main_of(view: RecoveryView, step: Step) -> Main:
    """Return what comes next while ``step`` is shown."""
    if view.closed_at is not None:
        return Main.REOPEN
    if view.step(step).state is State.OPEN:
        return Main.DATE if step is Step.FOLLOW_UP else Main.DONE
    if view.next is not None:
        return Main.GO_ON
    return Main.ANSWER if view.missing else Main.CLOSE


def main_words(view: RecoveryView, step: Step) -> str:
    """Return what stands on the large button while ``step`` is shown."""
    main = main_of(view, step)
    if main is Main.DONE:
        after = after_this(view, step)
        if after is None:
            return _("Done")
        return _("Done, next: {step}").format(step=step_words(after))
    if main is Main.GO_ON and view.next is not None:
        return _("Go on: {step}").format(step=step_words(view.next))
    words = {
        Main.DATE: N_("Say when you will ask"),
        Main.ANSWER: N_("Is it put right?"),
        Main.CLOSE: N_("Close the circle"),
        Main.REOPEN: N_("Open it again"),
    }
    return _(words[main])


def after_this(view: RecoveryView, step: Step) -> Step | None:
    """Return the first other step that waits, or None."""
    waiting = (each.step for each in view.steps if each.state is State.OPEN)
    return next((each for each in waiting if each is not step), None)


def title_of(view: RecoveryView) -> str:
    """Return the head of the panel: number and title."""
    return _("Recovery {number}: {title}").format(
        number=view.number, title=isolated(clean(view.title))
    )


def trail_of(view: RecoveryView, now: datetime, locale: str) -> str:
    """Return how long it is open, what makes it rise, and whose it is."""
    said = [_age(view.opened_at, view.closed_at, now, locale)]
    if view.level:
        words = ngettext("{count} level up", "{count} levels up", view.level)
        said.append(words.format(count=view.level))
    if view.contacts >= RISES_AT:
        said.append(_("contact {count} on this").format(count=view.contacts))
    if view.owner:
        said.append(_("owner {name}").format(name=isolated(clean(view.owner))))
    return " · ".join(said)


def step_name(view: StepView, number: int) -> str:
    """Return a step as a screen reader says it."""
    about = _("the problem") if view.step in PROBLEM else _("the person")
    return _("Step {number} of 5, {title}, {about}, {state}").format(
        number=number, title=view.title, about=about, state=_(STATE_WORDS[view.state])
    )


def step_note(view: StepView, now: datetime, locale: str) -> str:
    """Return when a step was settled, by whom and why, or who has it in hand, on one line."""
    if view.state is State.OPEN:
        if not view.owner:
            return ""
        said = [_("With {who}").format(who=isolated(clean(view.owner)))]
        if view.due_at is not None:
            said.append(_("by {when}").format(when=at_words(view.due_at, now, locale)))
        return ", ".join(said)
    done = _("Done") if view.state is State.DONE else _("Left out")
    at = at_words(view.at, now, locale) if view.at is not None else ""
    head = " ".join(part for part in (done, at) if part)
    if view.taken_s is not None:
        took = span_words(timedelta(seconds=view.taken_s))
        head = _("{done}, after {time}").format(done=head, time=took)
    more = (isolated(clean(each)) for each in (view.clerk, view.note) if each.strip())
    return ", ".join((head, *more))


def step_tag(view: StepView) -> tuple[str, str, str]:
    """Return the icon, the words and the token of the line under a step's title."""
    if view.late:
        return "alert", _("late"), "bad"
    if view.state is State.OPEN and view.owner:
        return "forward", clean(view.owner), "text3"
    if view.step in PROBLEM:
        return "wrench", _("the problem"), "text3"
    return "heart", _("the person"), "text3"


def status_of(view: RecoveryView, now: datetime, locale: str) -> str:
    """Return the quiet line before Undo: when one asks, or the last act."""
    if view.closed_at is not None:
        return _("Closed {when}").format(when=at_words(view.closed_at, now, locale))
    if view.follow_up_due_at is not None and view.next is None:
        return _("You ask {when}").format(when=at_words(view.follow_up_due_at, now, locale))
    if view.last_step is None:
        return ""
    step = view.step(view.last_step)
    at = hour(step.at, locale) if step.at is not None else ""
    words = _("Step {number} {state} {hour}").format(
        number=tuple(Step).index(view.last_step) + 1, state=_(STATE_WORDS[step.state]), hour=at
    )
    return words.strip()


def if_words(view: RecoveryView) -> str:
    """Return what stands over the moods."""
    return _("If {name} is").format(name=isolated(clean(view.called)))


def quoted(words: str) -> str:
    """Return words to be said aloud, in quotation marks."""
    return _("“{words}”").format(words=words)


def row_sub(row: RecoveryRow, now: datetime, locale: str) -> str:
    """Return the second line of a recovery in a list."""
    stands = _("{settled} of 5").format(settled=row.settled)
    if row.closed_at is not None:
        stands = _("closed {when}").format(when=on_words(row.closed_at, now, locale))
    elif row.next is not None:
        stands = _("{settled} of 5, next: {step}").format(
            settled=row.settled, step=step_words(row.next)
        )
    said = [row.number, stands, _age(row.opened_at, row.closed_at, now, locale)]
    if row.level:
        said.append(
            ngettext("{count} level up", "{count} levels up", row.level).format(count=row.level)
        )
    if row.contacts >= RISES_AT and row.closed_at is None:
        said.append(_("contact {count} on this").format(count=row.contacts))
    if row.owner:
        said.append(isolated(clean(row.owner)))
    return " · ".join(part for part in said if part)


def row_when(row: RecoveryRow, now: datetime, locale: str) -> str:
    """Return what stands at the end of a recovery's row: when something is due."""
    if row.next_due_at is None or row.closed_at is not None:
        return ""
    today = row.next_due_at.astimezone().date() == now.astimezone().date()
    if today:
        return hour(row.next_due_at, locale)
    return day(row.next_due_at, now, locale)


def _age(opened: datetime, closed: datetime | None, now: datetime, locale: str) -> str:
    days = ((closed or now).astimezone().date() - opened.astimezone().date()).days
    if closed is not None:
        return ngettext("took {count} day", "took {count} days", days).format(count=days)
    if days <= 0:
        return _("open since {hour}").format(hour=hour(opened, locale))
    return ngettext("open {count} day", "open {count} days", days).format(count=days)
