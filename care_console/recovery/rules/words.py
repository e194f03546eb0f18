"""How the entries of recoveries read in a card's history."""

from care_console.base.words import _, ngettext
from care_console.journal.rules import Entry, Line, Words
from care_console.recovery.rules.checklist import (
    FAULT_WORDS,
    STEP_WORDS,
    fault_words,
    step_words,
)

ABOUT = "contacts"


def _number(entry: Entry) -> str:
    return f"R-{entry.facts.get('recovery_id', '')}"


def _step(entry: Entry) -> str:
    step = str(entry.facts.get("step", ""))
    return step_words(step) if step in STEP_WORDS else step


def _opened(entry: Entry) -> Line:
    title = _("Recovery {number} begun").format(number=_number(entry))
    return Line(title, str(entry.personal.get("title", "")), "heart", "accent", ABOUT)


def _taken_back(entry: Entry) -> Line:
    title = _("Recovery {number} taken back").format(number=_number(entry))
    return Line(title, _("begun by mistake"), "undo", "text2", ABOUT)


def _done(entry: Entry) -> Line:
    title = _("{step}: done").format(step=_step(entry))
    return Line(title, str(entry.personal.get("note", "")), "check", "ok", ABOUT)


def _skipped(entry: Entry) -> Line:
    title = _("{step}: left out").format(step=_step(entry))
    return Line(title, str(entry.personal.get("note", "")), "minus", "warn", ABOUT)


def _undone(entry: Entry) -> Line:
    return Line(_("{step}: taken back").format(step=_step(entry)), "", "undo", "text2", ABOUT)


def _handed(entry: Entry) -> Line:
    title = _("{step}: handed over").format(step=_step(entry))
    return Line(title, str(entry.personal.get("to", "")), "forward", "accent", ABOUT)


def _fault(entry: Entry) -> Line:
    fault = str(entry.facts.get("fault", ""))
    said = fault_words(fault) if fault in FAULT_WORDS else fault
    return Line(_("Whose fault: {fault}").format(fault=said), "", "flag", "text2", ABOUT)


def _owner(entry: Entry) -> Line:
    title = _("Recovery {number} handed over").format(number=_number(entry))
    return Line(title, str(entry.personal.get("to", "")), "forward", "accent", ABOUT)


def _dated(entry: Entry) -> Line:
    return Line(_("Follow-up dated"), str(entry.personal.get("owner", "")), "clock", "ok", ABOUT)


def _answered(entry: Entry) -> Line:
    facts = entry.facts
    put_right = facts.get("put_right")
    title = _("Put right, says the customer") if put_right else _("Not put right")
    said = []
    if facts.get("sorry_said") is not None:
        said.append(_("somebody said sorry") if facts["sorry_said"] else _("nobody said sorry"))
    if facts.get("sorry_helped") is not None:
        said.append(_("it helped") if facts["sorry_helped"] else _("it did not help"))
    if facts.get("opened_again"):
        said.append(_("one level up"))
    tone = "bad" if facts.get("opened_again") else "ok"
    return Line(title, " · ".join(said), "quote", tone, ABOUT)


def _answer_undone(entry: Entry) -> Line:
    return Line(_("Answer taken back"), "", "undo", "text2", ABOUT)


def _closed(entry: Entry) -> Line:
    title = _("Recovery {number} closed").format(number=_number(entry))
    return Line(title, "", "heart", "ok", ABOUT)


def _reopened(entry: Entry) -> Line:
    title = _("Recovery {number} opened again").format(number=_number(entry))
    return Line(title, str(entry.personal.get("note", "")), "heart", "warn", ABOUT)


def _risen(entry: Entry) -> Line:
    return Line(_("A recovery was late: a supervisor was told"), "", "clock", "bad", ABOUT)


def _courtesy(entry: Entry) -> Line:
    return Line(_("Courtesy contact planned"), "", "person", "text2", ABOUT)


def _warned(entry: Entry) -> Line:
    warned = int(entry.facts.get("warned", 1))
    words = ngettext(
        "Asked to speak without abuse, {count} time",
        "Asked to speak without abuse, {count} times",
        warned,
    )
    return Line(words.format(count=warned), "", "shield", "warn", ABOUT)


def _ended(entry: Entry) -> Line:
    why = _("after a threat") if entry.facts.get("threat") else _("after two warnings")
    return Line(_("Call ended"), why, "shield", "bad", ABOUT)


def _colleague(entry: Entry) -> Line:
    return Line(_("A colleague was called to the desk"), "", "person", "warn", ABOUT)


def _coming(entry: Entry) -> Line:
    return Line(_("Comes to a colleague's desk"), "", "person", "ok", ABOUT)


def _playbook(entry: Entry) -> Line:
    facts = entry.facts
    words = _("Words changed: {group}, {language}, version {version}")
    title = words.format(
        group=facts.get("group", ""),
        language=facts.get("language", ""),
        version=facts.get("version", ""),
    )
    return Line(title, "", "quote", "text2", "changes")


def _shown(entry: Entry) -> Line:
    return Line(_("Chose when the words to say are shown"), "", "quote", "text2", "changes")


WORDS: Words = {
    "recovery_opened": _opened,
    "recovery_taken_back": _taken_back,
    "recovery_step_done": _done,
    "recovery_step_skipped": _skipped,
    "recovery_step_undone": _undone,
    "recovery_step_handed": _handed,
    "recovery_fault": _fault,
    "recovery_handed_over": _owner,
    "recovery_follow_up": _dated,
    "recovery_answered": _answered,
    "recovery_answer_undone": _answer_undone,
    "recovery_closed": _closed,
    "recovery_reopened": _reopened,
    "recovery_risen": _risen,
    "courtesy_owed": _courtesy,
    "abuse_warned": _warned,
    "abuse_ended": _ended,
    "colleague_called": _colleague,
    "colleague_coming": _coming,
    "playbook_changed": _playbook,
    "words_shown": _shown,
}
