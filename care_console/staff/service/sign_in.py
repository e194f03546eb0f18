"""Signing in by passphrase, and confirming by PIN, both counted in the records."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from sqlmodel import Session, select

from care_console.base.clock import Clock
from care_console.base.command import Clerk, Command
from care_console.base.fold import fold
from care_console.base.words import N_
from care_console.journal.service import Journal
from care_console.staff.records import AttemptRecord, ClerkRecord
from care_console.staff.rules.roles import Permission, Role, role_words
from care_console.staff.rules.secrets import (
    MOST,
    PASSPHRASE,
    PIN,
    Blocked,
    NewOneWanted,
    NotSignedIn,
    PinOutdated,
    TryLater,
    Wrong,
    check_passphrase,
    check_pin,
    least_letters,
    next_try,
    normal,
    waits,
)
from care_console.staff.service.hashing import Hashing
from care_console.staff.service.reading import active_named, attempts_key, name_of
from care_console.staff.service.staff import NoClerk, NotTaken, Staff
from care_console.store import Store, add_once

NOBODY = Clerk("", "")
WRONG = {
    PASSPHRASE: N_("Name and passphrase do not go together. Look at both and try again."),
    PIN: N_("Name and PIN do not go together. Look at both and try again."),
}


@dataclass(frozen=True, slots=True)
class Try:
    """One try to get in.

    It counts as wrong before it is looked at: only a right one undoes that, whatever is killed
    meanwhile.
    """

    key: str
    secret: str
    card_id: int  # 0: nobody has this name
    kept: str = field(repr=False)
    failures: int


@dataclass(frozen=True, slots=True)
class SignIn:
    """Who sits at the desk, by what only they know.

    ``hashing`` is made with the key of the records, which is the same for every desk of the house.
    """

    store: Store
    journal: Journal
    clock: Clock
    staff: Staff
    hashing: Hashing

    async def needs_passphrase(self) -> bool:
        """Return whether the desk stands open: no administrator has set a passphrase yet."""
        return await self.store.read(_stands_open)

    async def sign_in(self, who: str | int, passphrase: str, *, new: str = "") -> Clerk:
        """Return the clerk of this name, or of this card, if the passphrase is theirs.

        ``new`` is put in its place where it has become too short. Raises Wrong, TryLater, Blocked,
        and NewOneWanted or BadSecret if it is right but too short and ``new`` will not do.
        """
        tried = await self._look(NOBODY, who, PASSPHRASE, passphrase)
        role = await self.store.read(self.staff.role_of, tried.card_id)
        fresh = ""
        if role is not None and len(normal(passphrase)) < least_letters(role):
            fresh = await self._fresh(tried, role, new)
        return await self.store.write(self._enter, tried, fresh)

    async def check_pin(self, command: Command, who: str | int, pin: str) -> Clerk:
        """Return the clerk whose PIN it is, to confirm something at the desk of another.

        Only while somebody is signed in, whose ``command`` it is. Raises Wrong, TryLater, Blocked,
        and PinOutdated where the server has another password than when the PIN was set.
        """
        tried = await self._look(command.clerk, who, PIN, pin)
        return await self.store.write(self._confirm, tried)

    async def set_passphrase(self, command: Command, card_id: int, new: str, old: str = "") -> None:
        """Keep a passphrase: one's own with the ``old`` one, if any, another's as MANAGE_STAFF.

        Raises BadSecret, NotAllowed, NoClerk, and for ``old`` what ``sign_in`` raises.
        """
        own = command.clerk.card_id == card_id
        role, name, kept = await self.store.read(self._of, card_id)
        check_passphrase(new, role, name)
        if own and kept:
            await self._look(command.clerk, card_id, PASSPHRASE, old)
        made = await self.hashing.make(PASSPHRASE, card_id, new)
        async with self.staff.guarded(command):
            await self.store.write(self._set, command, card_id, PASSPHRASE, made, kept)

    async def set_pin(self, command: Command, new: str, passphrase: str) -> None:
        """Keep one's own PIN, with one's passphrase. Raises BadSecret and what sign_in raises."""
        check_pin(new)
        card_id = command.clerk.card_id
        if card_id is None:
            raise NoClerk(N_("Nobody is signed in here."))
        *_, kept = await self.store.read(self._of, card_id)
        if not kept:
            raise NotSignedIn(N_("Set your passphrase first."))
        await self._look(command.clerk, card_id, PASSPHRASE, passphrase)
        made = await self.hashing.make(PIN, card_id, new)
        await self.store.write(self._set, command, card_id, PIN, made, kept)

    async def unblock(self, command: Command, card_id: int) -> None:
        """Let a blocked colleague try again. Raises NotAllowed, and NotTaken for oneself."""
        async with self.staff.guarded(command):
            await self.store.write(self._unblock, command, card_id)

    # one try

    async def _look(self, by: Clerk, who: str | int, secret: str, typed: str) -> Try:
        """Count a try, look at it beside the window, and let only a right one through."""
        tried = await self.store.write(self._begin, by, who, secret)
        right = await self.hashing.holds(tried.kept, secret, tried.card_id, typed)
        if not right and secret == PIN and await self.hashing.outdated(tried.kept):
            await self.store.write(self._right, tried)  # it cannot be guessed any more either
            raise PinOutdated(
                N_(
                    "This PIN does not hold here: the password of the server was changed since, or"
                    " it has none and the PIN was set at another desk. Its owner has to set it"
                    " anew, with their passphrase."
                )
            )
        if not right:
            await self.store.write(self._told_wrong, by, tried)
            raise Wrong(WRONG[secret])
        await self.store.write(self._right, tried)
        return tried

    def _begin(self, db: Session, by: Clerk, who: str | int, secret: str) -> Try:
        if secret == PIN and (by.card_id is None or self.staff.role_of(db, by.card_id) is None):
            raise NotSignedIn(N_("A PIN only confirms: somebody has to be signed in here."))
        card_id, now = self._meant(db, who), self.clock()
        key = attempts_key(card_id) if card_id else self.hashing.nobody(fold(str(who)))
        counted = _held(db, key, secret, now)
        if counted.blocked:
            raise Blocked(
                N_("That was wrong a hundred times. Ask a supervisor to let you try again.")
            )
        if waits(counted.next_at, now):
            raise TryLater(max(1, round((counted.next_at - now).total_seconds())))
        counted.failures += 1
        counted.next_at = next_try(counted.failures, now)
        counted.blocked = counted.failures >= MOST and self._can_be_lifted(db, card_id, secret)
        kept = getattr(db.get_one(ClerkRecord, card_id), secret) if card_id else ""
        return Try(key, secret, card_id, kept, counted.failures)

    def _can_be_lifted(self, db: Session, card_id: int, secret: str) -> bool:
        """Return whether a block would ever end: nobody is locked out of a house for good."""
        return secret == PIN or any(
            each != card_id for each in self.staff.able(db, Permission.UNBLOCK)
        )

    def _meant(self, db: Session, who: str | int) -> int:
        """Return the card of the active clerk who is meant, or 0."""
        if isinstance(who, str):
            named = active_named(db, who)
            if len(named) > 1:
                raise NotSignedIn(N_("Two clerks have this name. Choose one of them in the list."))
            return named[0] if named else 0
        return who if self.staff.role_of(db, who) is not None else 0

    def _told_wrong(self, db: Session, by: Clerk, tried: Try) -> None:
        facts = {
            "secret": tried.secret,
            "card_id": tried.card_id or None,
            "failures": tried.failures,
            "blocked": tried.failures >= MOST,
        }
        self.journal.write(db, Command(uuid4(), by), "sign_in_refused", facts)

    def _right(self, db: Session, tried: Try) -> None:
        """Forget the wrong ones, if the secret is still the one that was looked at."""
        self._still(db, tried)
        _forget(db, tried.key, tried.secret)

    def _enter(self, db: Session, tried: Try, fresh: str) -> Clerk:
        record = self._still(db, tried)
        clerk = Clerk(name_of(db, record.card_id), record.role, record.card_id)
        if fresh:
            record.passphrase = fresh
        facts = {"card_id": record.card_id, "renewed": bool(fresh)}
        self.journal.write(db, Command(uuid4(), clerk), "signed_in", facts)
        return clerk

    def _confirm(self, db: Session, tried: Try) -> Clerk:
        record = self._still(db, tried)
        return Clerk(name_of(db, record.card_id), record.role, record.card_id)

    def _still(self, db: Session, tried: Try) -> ClerkRecord:
        """Return the clerk. Raises Wrong if they left, or changed the secret, meanwhile."""
        record = db.get(ClerkRecord, tried.card_id, with_for_update=True)
        if record is None or not record.active or getattr(record, tried.secret) != tried.kept:
            raise Wrong(WRONG[tried.secret])
        return record

    async def _fresh(self, tried: Try, role: Role, new: str) -> str:
        """Return what is kept of the new passphrase. Raises NewOneWanted without one."""
        if not new:
            raise NewOneWanted(
                N_(
                    "That was right, but as {role} you need at least {least} letters. Set new ones."
                ),
                role=role_words(role),
                least=least_letters(role),
            )
        check_passphrase(new, role, await self.store.read(name_of, tried.card_id))
        return await self.hashing.make(PASSPHRASE, tried.card_id, new)

    # keeping

    def _of(self, db: Session, card_id: int) -> tuple[str, str, str]:
        """Return role, name and what is kept of the passphrase."""
        record = db.get(ClerkRecord, card_id)
        if record is None or not record.active:
            raise NoClerk(N_("Nobody of this card works at a console."))
        return record.role, name_of(db, card_id), record.passphrase

    def _set(
        self, db: Session, command: Command, card_id: int, secret: str, made: str, seen: str
    ) -> None:
        """Keep a secret; ``seen`` is the passphrase that was there when it was allowed."""
        if self.journal.first_run(db, command) is not None:
            return
        own = command.clerk.card_id == card_id
        if not own:
            self.staff.demand(db, command, Permission.MANAGE_STAFF)
        record = db.get(ClerkRecord, card_id, with_for_update=True)
        if record is None or not record.active:
            raise NoClerk(N_("Nobody of this card works at a console."))
        if own and record.passphrase != seen:
            raise NotSignedIn(N_("Your passphrase was changed meanwhile. Try again."))
        setattr(record, secret, made)
        if not own:
            _forget(db, attempts_key(card_id), secret)
        facts = {"card_id": card_id, "secret": secret}
        self.journal.write(db, command, "secret_set", facts)

    def _unblock(self, db: Session, command: Command, card_id: int) -> None:
        if self.journal.first_run(db, command) is not None:
            return
        self.staff.demand(db, command, Permission.UNBLOCK)
        if command.clerk.card_id == card_id:
            raise NotTaken(N_("Somebody else has to let you try again."))
        for secret in (PASSPHRASE, PIN):
            _forget(db, attempts_key(card_id), secret)
        self.journal.write(db, command, "unblocked", {"card_id": card_id})


def _held(db: Session, key: str, secret: str, now: datetime) -> AttemptRecord:
    """Return the count of wrong ones, held: two tries at once are counted one after the other."""
    wanted = select(AttemptRecord).where(
        AttemptRecord.name_key == key, AttemptRecord.secret == secret
    )
    held = wanted.with_for_update().execution_options(populate_existing=True)
    while True:  # another desk may forget it just before it is held
        add_once(db, AttemptRecord(name_key=key, secret=secret, failures=0, next_at=now))
        if (found := db.exec(held).one_or_none()) is not None:
            return found


def _forget(db: Session, key: str, secret: str) -> None:
    if (counted := db.get(AttemptRecord, (key, secret))) is not None:
        db.delete(counted)
        db.flush()


def _stands_open(db: Session) -> bool:
    closed = select(ClerkRecord.card_id).where(
        ClerkRecord.active,
        ClerkRecord.role == Role.ADMINISTRATOR,
        ClerkRecord.passphrase != "",
    )
    return db.exec(closed.limit(1)).first() is None
