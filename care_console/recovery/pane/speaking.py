"""Which words are in front: of a step or a moment of its own, for a mood, after so many others."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from care_console.recovery.rules import Mood, RecoveryView, Shown, Step, WordingView


@dataclass(slots=True)
class Speaking:
    """Where the clerk is in the words of one recovery."""

    mood: Mood = Mood.CALM
    turn: int = 0
    moment: str = ""  # one of MOMENTS, in place of the step
    values: Mapping[str, str] = field(default_factory=dict)  # of the moment, for the placeholders
    revealed: bool = False  # by the key, where they are shown on a key

    def words(self, view: RecoveryView, step: Step) -> WordingView:
        """Return what to say now, whether it is on the screen or not."""
        if self.moment:
            return view.script.saying(**self.values).moment(self.moment, self.turn)
        return view.script.words(step, self.mood, self.turn)

    def shown(self, view: RecoveryView) -> bool:
        """Return whether the words are on the screen."""
        on_key = view.shown is Shown.KEY and (self.revealed or bool(self.moment))
        return view.shown is Shown.ALWAYS or on_key

    def said(self, view: RecoveryView, step: Step) -> str:
        """Return the key of the words that are on the screen for the step, or ""."""
        there = self.shown(view) and not self.moment
        return self.words(view, step).key if there else ""

    def go_on(self) -> None:
        """Begin with the first words of a step."""
        self.turn, self.moment, self.values = 0, "", {}

    def feel(self, mood: Mood) -> None:
        """Speak to somebody who is in this mood; the words come with it."""
        self.mood, self.revealed = mood, True
        self.go_on()

    def another(self, view: RecoveryView) -> None:
        """Say it in other words; hidden ones are shown first."""
        if self.shown(view):
            self.turn += 1
        self.revealed = True
