"""A field while it is edited: what was seen, what is typed, and what another made of it."""

from dataclasses import dataclass

Value = str | bool | int | None


@dataclass(slots=True)
class Draft:
    """One field; what is typed is never lost unless whoever typed it says so.

    ``theirs`` is what the records say where it is neither what was seen nor what is typed.
    """

    seen: Value  # as it was kept when it was read last
    typed: Value
    clash: bool = False
    theirs: Value = None

    @classmethod
    def of(cls, kept: Value) -> "Draft":
        """Return the draft of a field in which nothing was typed."""
        return cls(kept, kept)

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is not kept."""
        return self.typed != self.seen

    def type(self, value: Value) -> None:
        """Take what was typed."""
        self.typed = value
        if self.clash and value == self.theirs:
            self.take_theirs()

    def meet(self, now: Value) -> None:
        """Take what the records say now: a clean field follows, a changed one stays."""
        if not self.dirty or self.typed == now:
            self.seen = self.typed = now
            self.clash, self.theirs = False, None
        elif now != self.seen:
            self.clash, self.theirs = True, now
        else:
            self.clash, self.theirs = False, None

    def kept(self, sent: Value, now: Value) -> None:
        """Take that ``sent`` was kept, and stands there as ``now``; more may have been typed."""
        self.seen = now
        self.clash, self.theirs = False, None
        if self.typed == sent:
            self.typed = now

    def keep_mine(self) -> None:
        """Let what is typed take the place of theirs, when it is kept next."""
        if self.clash:
            self.seen = self.theirs
        self.clash, self.theirs = False, None

    def take_theirs(self) -> None:
        """Let theirs stand."""
        if self.clash:
            self.seen = self.typed = self.theirs
        self.clash, self.theirs = False, None
