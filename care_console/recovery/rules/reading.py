"""Playbooks as they are written, in TOML, and what may be amiss in them, by line."""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import lru_cache
from itertools import product
from operator import itemgetter
from typing import Any

from care_console.base.fold import fold
from care_console.base.words import N_, _
from care_console.recovery.rules.checklist import (
    BadRecovery,
    Fault,
    Step,
    fault_words,
    step_words,
)
from care_console.recovery.rules.emergency import PLACES
from care_console.recovery.rules.playbook import (
    MOMENTS,
    PLACEHOLDERS,
    Emergency,
    Mood,
    Playbook,
    Section,
    When,
    Wording,
    mood_words,
    placeholders,
)

FEWEST = 3  # ways to say one thing
LONGEST_SAY = 300  # characters: a breath or two
ANY = "any"  # whosesoever fault
WHEN = {"today": {"hour"}, "tomorrow": {"hour"}, "later": {"hour", "day"}}
ABOUT = ("group", "language")
EMERGENCY = ("title", "say", "steps")

_HEAD = re.compile(r"^\s*\[\s*([\w.\-\s]+?)\s*\]\s*(?:#.*)?$")
_AT_LINE = re.compile(r"\s*\(at line (\d+).*\)$")

Line = tuple[int, str]  # the number, from 1, and what is amiss


class BadPlaybook(BadRecovery):
    """Something in the words is amiss; ``faults`` tell it by line."""

    def __init__(self, faults: tuple[Line, ...]) -> None:
        line, said = faults[0]
        super().__init__(N_("Line {line}: {said}"), line=line, said=said)
        self.faults = faults


@lru_cache(maxsize=64)  # a running recovery reads the same words at each key
def playbook_of(text: str) -> Playbook:
    """Return the playbook that ``text`` says. Raises BadPlaybook."""
    reader = _Reader(text)
    playbook = reader.read()
    if reader.faults:
        raise BadPlaybook(tuple(sorted(reader.faults, key=itemgetter(0))))
    return playbook


def faults_of(text: str, group: str, language: str) -> tuple[Line, ...]:
    """Return what is amiss in the words for a group and language, by line; empty: nothing."""
    try:
        playbook = playbook_of(text)
    except BadPlaybook as bad:
        return bad.faults
    if (playbook.group, playbook.language) == (group, language):
        return ()
    said = _("These words are for {group} in {language}.")
    return ((1, said.format(group=playbook.group, language=playbook.language)),)


def key_of(step: str, say: str) -> str:
    """Return the key of a wording: other words have another one."""
    return f"{step}.{hashlib.sha256(fold(say).encode()).hexdigest()[:12]}"


class _Reader:
    """Reads one text, and notes what is amiss instead of stopping at it."""

    def __init__(self, text: str) -> None:
        self.faults: list[Line] = []
        self._lines = text.splitlines()
        self._heads = _heads(self._lines)
        self._seen: dict[str, str] = {}
        try:
            self._data: dict[str, Any] = tomllib.loads(text)
        except (ValueError, RecursionError) as error:  # a number of thousands of digits, too
            at = _AT_LINE.search(str(error))
            line = int(at[1]) if at else max(1, len(self._lines))
            self._data = {}
            self.faults.append((line, _("Something is not written as TOML wants it.")))
            self._unread = True
        else:
            self._unread = False

    def read(self) -> Playbook:
        """Return what could be read; it is whole only where there are no faults."""
        playbook = Playbook(
            group=self._text("", "group"),
            language=self._text("", "language"),
            sections=dict(self._sections()),
            moments={name: self._moment(name) for name in MOMENTS},
            emergency=self._emergency(),
            when=self._when(),
        )
        if self._unread:
            del self.faults[1:]  # all else follows from it
            return playbook
        self._unknown()
        if not self.faults:
            self._complete(playbook)
        return playbook

    def _sections(self) -> Iterator[tuple[tuple[Step, Fault | None, Mood], Section]]:
        for step in Step:
            whole = self._table(step)
            rather = self._rather_than(step, whole)
            if not rather:
                self._amiss(step, _("Say what had better not be said: rather_than is missing."))
            for fault_name, moods in whole.items():
                if not isinstance(moods, dict):
                    self._known(step, fault_name, ("tail", "rather_than"))
                    continue
                fault = self._fault(f"{step}.{fault_name}", fault_name)
                for mood_name, section in moods.items():
                    at = f"{step}.{fault_name}.{mood_name}"
                    mood = self._mood(at, mood_name)
                    if not isinstance(section, dict):
                        self._amiss(at, _("{name} wants words.").format(name=f"[{at}]"))
                    elif mood is not None and fault is not None:
                        words = self._words(at, step, section, whole, rather)
                        yield (step, fault or None, mood), words  # type: ignore[misc]

    def _moment(self, name: str) -> Section:
        section = self._table(name)
        rather = self._rather_than(name, section)
        return self._words(name, name, section, section, rather)

    def _rather_than(self, at: str, whole: Mapping[str, Any]) -> tuple[str, ...]:
        """Return what had better not be said in all of a step, or in a moment of its own."""
        rather = self._strings(at, whole, "rather_than")
        for each in rather:
            self._check(at, each)
        return rather

    def _words(
        self,
        at: str,
        step: str,
        section: Mapping[str, Any],
        whole: Mapping[str, Any],
        rather: tuple[str, ...],
    ) -> Section:
        for name in section:
            self._known(at, name, ("say", "tail", "rather_than"))
        said = self._strings(at, section, "say")
        if len(said) < FEWEST:
            words = _("At least {count} ways to say it are wanted here.")
            self._amiss(at, words.format(count=FEWEST))
        tail = section.get("tail", whole.get("tail", ""))
        if not isinstance(tail, str):
            self._amiss(at, _("{name} wants one text.").format(name="tail"))
            tail = ""
        own = self._strings(at, section, "rather_than") if section is not whole else ()
        for each in (*said, tail, *own):
            self._check(at, each)
        for each in said:
            self._once(at, each)
        return tuple(Wording(key_of(step, each), each, tail, own or rather) for each in said)

    def _emergency(self) -> Emergency:
        section = self._table("emergency")
        for name in section:
            self._known("emergency", name, EMERGENCY)
        say, steps = (self._strings("emergency", section, name) for name in ("say", "steps"))
        if not say or not steps:
            self._amiss("emergency", _("Say what is said and what is done: say and steps."))
        title = self._text("emergency", "title")
        for each in (title, *say, *steps):
            self._check("emergency", each, PLACES)
        return Emergency(title, say, steps)

    def _when(self) -> When:
        section = self._table("when")
        said = {name: self._text("when", name) for name in WHEN}
        for name, text in said.items():
            self._check("when", text, placeholders(text))  # which they are is told below
            if placeholders(text) != WHEN[name]:
                self._amiss(
                    "when",
                    _("{name} wants {places}.").format(
                        name=name, places=", ".join(f"{{{each}}}" for each in sorted(WHEN[name]))
                    ),
                )
        for name in section:
            self._known("when", name, tuple(WHEN))
        return When(**said)

    def _check(self, at: str, text: str, places: Set[str] = PLACEHOLDERS) -> None:
        """Note what is amiss in one text that is said aloud."""
        if len(text) > LONGEST_SAY:
            words = _("Too long to be said aloud: {count} characters, of at most {most}.")
            self._amiss(at, words.format(count=len(text), most=LONGEST_SAY), text)
        for place in sorted(placeholders(text) - places):
            known = ", ".join(f"{{{each}}}" for each in sorted(places))
            words = _("{place} is not known; these are: {known}.")
            self._amiss(at, words.format(place=f"{{{place}}}", known=known), text)
        left = text
        for place in placeholders(text):
            left = left.replace(f"{{{place}}}", "")
        if "{" in left or "}" in left:
            self._amiss(at, _("A brace is open, or closes nothing."), text)

    def _once(self, at: str, text: str) -> None:
        key = fold(text)
        if key in self._seen:
            words = _("The same words stand in {other} already.")
            self._amiss(at, words.format(other=f"[{self._seen[key]}]"), text)
        self._seen[key] = at

    def _complete(self, playbook: Playbook) -> None:
        for step, fault, mood in product(Step, Fault, Mood):
            if not playbook.has(step, fault, mood):
                words = _("No words for: {step}, {fault}, {mood}.").format(
                    step=step_words(step), fault=fault_words(fault), mood=mood_words(mood)
                )
                self._amiss(step, words)

    def _unknown(self) -> None:
        known = {*Step, *MOMENTS, "emergency", "when", *ABOUT}
        for name in self._data.keys() - known:
            self._amiss(name, _("{name} is not known here.").format(name=f"[{name}]"))

    def _known(self, at: str, name: str, names: Iterable[str]) -> None:
        if name not in names:
            self._amiss(at, _("{name} is not known here.").format(name=name), name)

    def _fault(self, at: str, name: str) -> Fault | str | None:
        """Return the fault, "" for any, or None for one that is not known."""
        if name == ANY:
            return ""
        if name in tuple(Fault):
            return Fault(name)
        words = _("{name} is none of these: {known}.")
        self._amiss(at, words.format(name=name, known=", ".join((*Fault, ANY))))
        return None

    def _mood(self, at: str, name: str) -> Mood | None:
        if name in tuple(Mood):
            return Mood(name)
        words = _("{name} is none of these: {known}.")
        self._amiss(at, words.format(name=name, known=", ".join(Mood)))
        return None

    def _table(self, name: str) -> Mapping[str, Any]:
        found = self._data.get(name)
        if isinstance(found, dict):
            return found
        self._amiss(name, _("{name} is missing.").format(name=f"[{name}]"))
        return {}

    def _text(self, at: str, name: str) -> str:
        table = self._data if not at else self._data.get(at, {})
        found = table.get(name) if isinstance(table, dict) else None
        if isinstance(found, str) and found.strip():
            return found
        self._amiss(at, _("{name} is missing.").format(name=name))
        return ""

    def _strings(self, at: str, table: Mapping[str, Any], name: str) -> tuple[str, ...]:
        found = table.get(name, [])
        if isinstance(found, list) and all(isinstance(each, str) for each in found):
            return tuple(each.strip() for each in found if each.strip())
        self._amiss(at, _("{name} wants a list of texts in quotation marks.").format(name=name))
        return ()

    def _amiss(self, at: str, words: str, text: str = "") -> None:
        """Note a fault in the section ``at``, at the line where ``text`` stands, if it does."""
        first = self._heads.get(at) or self._first_below(at)
        line = first
        if text:
            start = text.split('"')[0][:40]
            below = range(first, self._end_of(first))
            line = next((n + 1 for n in below if start in self._lines[n]), first)
        self.faults.append((line, words))

    def _first_below(self, at: str) -> int:
        """Return the line of the first section inside ``at``, else the first line."""
        lines = (line for name, line in self._heads.items() if name.startswith(f"{at}."))
        return min(lines, default=1)

    def _end_of(self, line: int) -> int:
        later = (each for each in self._heads.values() if each > line)
        return min(later, default=len(self._lines) + 1) - 1


def _heads(lines: Iterable[str]) -> dict[str, int]:
    """Return at which line, from 1, each section begins."""
    heads = ((number, _HEAD.match(line)) for number, line in enumerate(lines, 1))
    return {re.sub(r"\s", "", head[1]): number for number, head in heads if head is not None}
