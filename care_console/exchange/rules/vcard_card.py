"""One card from the lines of a vCard 2.1, 3.0 (RFC 2426) or 4.0 (RFC 6350)."""

import re
from collections.abc import Callable
from urllib.parse import unquote

from care_console.base.words import N_
from care_console.exchange.rules.draft import Draft, NotTaken
from care_console.exchange.rules.kept import LABEL, NAME, SEVERAL, kept_lines
from care_console.exchange.rules.person import EXACT
from care_console.exchange.rules.vcard import TOO_LONG
from care_console.exchange.rules.vcard_exact import exact_draft
from care_console.exchange.rules.vcard_line import Head, Raw, cut, parts, text
from care_console.exchange.rules.vocabulary import group_of, label_of

PRONOUNS = re.compile(r"[^\W\d]+ ?/ ?[^\W\d]+.*|he|she|they|it|er|sie|il|elle|iel", re.IGNORECASE)
ORGANISATIONS = frozenset({"org", "organization", "organisation", "company", "location"})
UID_WRAPPING = re.compile(r"^urn:uuid:|:ABPerson$", re.IGNORECASE)
ONCE = {  # the first that says something counts
    "FN": "full",
    "TITLE": "title",
    "LANG": "language",
    "LANGUAGE": "language",
    "PRONOUNS": "pronoun",
    "X-PRONOUN": "pronoun",
    "X-PRONOUNS": "pronoun",
    "X-PHONETIC-FIRST-NAME": "say_given",
    "X-PHONETIC-LAST-NAME": "say_family",
}


def draft(sheet: list[str], raw: Raw) -> Draft:
    """Return what a card says, from its whole lines. Raises NotTaken."""
    if sheet == [TOO_LONG]:
        raise NotTaken(N_("It is longer than a card can be."))
    lines = [cut(line) for line in sheet]
    lines.sort(key=_preference)
    if any(head.name == EXACT for head, _value in lines):
        return exact_draft(sheet, raw)
    labels = {head.group: text(head, value, raw) for head, value in lines if head.name == LABEL}
    filling = Filling(raw, labels)
    filling.draft.kept = kept_lines(sheet, raw)
    for head, value in lines:
        if word := ONCE.get(head.name):
            filling.say(word, text(head, value, raw))
        elif (take := TAKES.get(head.name)) is not None:
            take(filling, head, value)
    return filling.whole()


def _preference(line: tuple[Head, str]) -> int:
    return line[0].pref


class Filling:
    """A draft that is being filled from one vCard."""

    def __init__(self, raw: Raw, labels: dict[str, str]) -> None:
        self.draft = Draft()
        self._raw = raw
        self._labels = labels  # Apple's own: item1.TEL has the label item1.X-ABLabel
        self._letters: list[tuple[str, str]] = []

    def whole(self) -> Draft:
        """Return the draft when all lines were read."""
        if not self.draft.addresses:
            for label, lines in self._letters:
                self.draft.address(label, street=lines)
        return self.draft

    def say(self, word: str, text: str) -> None:
        """Keep what is said first."""
        if text.strip():
            self.draft.said.setdefault(word, text)

    def name(self, head: Head, value: str) -> None:
        """N. A value without any ``;`` is a name in one piece, whoever wrote it."""
        if ";" not in value and not head.coding:
            return self.say("full", text(head, value, self._raw))
        said = self.draft.said
        if "given" in said or "family" in said:
            return None  # the same name in another script
        for word, part in zip(NAME, parts(head, value, self._raw), strict=False):
            self.say(word, part.replace(",", " ") if word in SEVERAL else part)
        return None

    def company(self, head: Head, value: str) -> None:
        """ORG: the organisation and its units."""
        company, *units = parts(head, value, self._raw)
        self.say("company", company)
        self.say("department", ", ".join(filter(None, units)))

    def role(self, head: Head, value: str) -> None:
        """ROLE, where there is no TITLE."""
        self.say("role", text(head, value, self._raw))

    def phone(self, head: Head, value: str) -> None:
        """TEL, as text or as a URI (RFC 3966)."""
        self.draft.phone(_number(text(head, value, self._raw)), self._label(head))

    def email(self, head: Head, value: str) -> None:
        """EMAIL."""
        address = text(head, value, self._raw)
        self.draft.email(address.removeprefix("mailto:"), self._label(head))

    def address(self, head: Head, value: str) -> None:
        """ADR, RFC 6350, section 6.3.1; its LABEL if the parts are empty."""
        box, more, street, town, region, postcode, country, *_ = [
            *parts(head, value, self._raw),
            *[""] * 7,
        ]
        lines = "\n".join(filter(None, [box, more, street]))
        if not any([lines, town, region, postcode, country]):
            lines = head.full_label
        self.draft.address(
            self._label(head),
            street=lines,
            town=town,
            region=region,
            postcode=postcode,
            country=country,
        )

    def whole_address(self, head: Head, value: str) -> None:
        """LABEL of vCard 2.1 and 3.0, the address as it is written on a letter."""
        self._letters.append((self._label(head), text(head, value, self._raw)))

    def note(self, head: Head, value: str) -> None:
        """NOTE, of which there may be several."""
        note = text(head, value, self._raw)
        self.draft.said["note"] = "\n".join(filter(None, [self.draft.said.get("note"), note]))

    def nickname(self, head: Head, value: str) -> None:
        """NICKNAME: the first of several."""
        self.say("preferred", parts(head, value, self._raw, ",")[0])

    def android(self, head: Head, value: str) -> None:
        """X-ANDROID-CUSTOM, in whose first part stands what the second one is."""
        kind, *words = parts(head, value, self._raw)
        if kind.endswith("/nickname") and words:
            self.say("preferred", words[0])

    def gender(self, head: Head, value: str) -> None:
        """GENDER: only the words after the sex may be a pronoun, and nothing is guessed."""
        words = parts(head, value, self._raw)[1:2]
        if words and PRONOUNS.fullmatch(words[0].strip()):
            self.say("pronoun", words[0])

    def uid(self, head: Head, value: str) -> None:
        """UID, or Apple's: the bare one, as each program wraps it differently."""
        self.say("uid", UID_WRAPPING.sub("", text(head, value, self._raw).strip()))

    def kind(self, head: Head, value: str) -> None:
        """KIND and its like. Raises NotTaken for a list of people."""
        kind = value.strip().lower()
        if kind == "group" or (head.name == "X-EVOLUTION-LIST" and kind == "true"):
            raise NotTaken(N_("It is a list of people, not a person."))
        self.draft.organisation |= kind in ORGANISATIONS

    def groups(self, head: Head, value: str) -> None:
        """CATEGORIES: those that are one of the five groups."""
        for category in re.split("[,;]", text(head, value, self._raw)):
            if (group := group_of(category)) is not None:
                self.draft.groups.append(group)

    def _label(self, head: Head) -> str:
        own = self._labels.get(head.group, "") if head.group else ""
        return label_of(own) if own else head.label


def _number(value: str) -> str:
    """Return ``tel:+44-20-7946-0000;ext=12`` as a person writes it."""
    if value[:4].lower() != "tel:":
        return value
    number, *said = unquote(value[4:]).split(";")
    says = dict(each.lower().partition("=")[::2] for each in said)
    if (prefix := says.get("phone-context", "")).startswith("+") and number[:1] != "+":
        number = f"{prefix} {number}"
    return f"{number} ext {says['ext']}" if says.get("ext") else number


TAKES: dict[str, Callable[[Filling, Head, str], None]] = {
    "N": Filling.name,
    "ORG": Filling.company,
    "ROLE": Filling.role,
    "TEL": Filling.phone,
    "EMAIL": Filling.email,
    "ADR": Filling.address,
    "LABEL": Filling.whole_address,
    "NOTE": Filling.note,
    "NICKNAME": Filling.nickname,
    "X-NICKNAME": Filling.nickname,
    "X-ANDROID-CUSTOM": Filling.android,
    "GENDER": Filling.gender,
    "UID": Filling.uid,
    "X-ABUID": Filling.uid,
    "KIND": Filling.kind,
    "X-ABSHOWAS": Filling.kind,
    "X-ADDRESSBOOKSERVER-KIND": Filling.kind,
    "X-EVOLUTION-LIST": Filling.kind,
    "CATEGORIES": Filling.groups,
}
