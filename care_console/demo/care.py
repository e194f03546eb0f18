"""What was done in the sample for customers who were let down, by the services, in its order."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

from sqlmodel import Session

from care_console.authority.rules.catalogue import Remedy
from care_console.authority.service.catalogue import rows
from care_console.base.command import Clerk, Command
from care_console.demo.script import Ids, Put, Said, Sample, moment
from care_console.promises.rules import DutyKind
from care_console.recovery.rules import Answers, Fault, Step
from care_console.services import Services
from care_console.staff.records import ClerkRecord
from care_console.staff.rules.secrets import PIN

ROUND = timedelta(minutes=5)  # to which what is due today is put off
GIVING = timedelta(minutes=1)  # from choosing a remedy to giving it


async def put_care(services: Services, sample: Sample, put: Put) -> None:
    """Do on the records that were ``put`` what the sample says, each act at its own moment."""
    then = _Then(services.clock())
    past = Services.over(
        services.store,
        then,
        services.desk,
        services.settings.company,
        seal=services.journal.seal,
    )
    remedies = await services.store.read(rows)
    doing = _Doing(past, then, services.clock(), put, remedies)
    for said in sample.care:
        await doing.do(said)


async def set_pins(services: Services, sample: Sample, cards: Ids) -> None:
    """Keep the PINs of the sample, of clerks who have no passphrase with which to set one."""
    for said in sample.staff:
        if pin := said.get("pin"):
            card_id = cards[said["card"]]
            made = await services.sign_in.hashing.make(PIN, card_id, pin)
            await services.store.write(_keep_pin, card_id, made)


def _keep_pin(db: Session, card_id: int, made: str) -> None:
    db.get_one(ClerkRecord, card_id).pin = made


@dataclass(slots=True)
class _Then:
    """A clock that stands at the moment of the act that is being done."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


@dataclass(frozen=True, slots=True)
class _Doing:
    """Does one act after the other, as the clerks who did them."""

    services: Services
    then: _Then
    opened_at: datetime  # the sample
    put: Put
    remedies: list[Remedy]
    recoveries: dict[str, int] = field(default_factory=dict)

    async def do(self, said: Said) -> None:
        """Do what one table of the file says."""
        acts: dict[str, Callable[[Said], Awaitable[None]]] = {
            "open": self._open,
            "step": self._step,
            "hand": self._hand,
            "give": self._give,
            "date": self._date,
            "answer": self._answer,
            "owe": self._owe,
            "ask": self._ask,
        }
        self.then.at = self._moment(said)
        await acts[said["do"]](said)

    async def _open(self, said: Said) -> None:
        self.recoveries[said["about"]] = await self.services.recoveries.open(
            self._command(said),
            self._card(said),
            title=said["title"],
            matter_id=self.put.matters[said["matter"]],
            fault=Fault(said["fault"]),
        )

    async def _step(self, said: Said) -> None:
        await self.services.recoveries.step_done(
            self._command(said), self._about(said), Step(said["step"]), note=said.get("note", "")
        )

    async def _hand(self, said: Said) -> None:
        departments = await self.services.staff.departments()
        (to,) = (each.id for each in departments if each.name == said["department"])
        await self.services.recoveries.hand_step(
            self._command(said),
            self._about(said),
            Step(said["step"]),
            due_at=self._due(said),
            department_id=to,
        )

    async def _give(self, said: Said) -> None:
        authority, about = self.services.authority, said.get("about")
        offered = await authority.offer(
            self._command(said),
            self._remedy(said),
            self._card(said),
            recovery_id=None if about is None else self.recoveries[about],
            why=said["why"],
        )
        self.then.at += GIVING
        await authority.give(self._command(said), offered.remedy_id)
        if (ago := said.get("delivered_days_ago")) is not None:
            self.then.at = moment(ago, said["at"], self._today)
            by = self._command({"by": said["delivered_by"]})
            await self.services.deliveries.done(by, offered.remedy_id)

    async def _date(self, said: Said) -> None:
        await self.services.recoveries.follow_up(
            self._command(said), self._about(said), due_at=self._due(said)
        )

    async def _answer(self, said: Said) -> None:
        well = Answers(put_right=True, sorry_said=True, sorry_helped=True, next_call=True)
        await self.services.recoveries.answer(
            self._command(said), self._about(said), well, and_close=True
        )

    async def _owe(self, said: Said) -> None:
        await self.services.duties.add(
            self._command(said),
            DutyKind.OTHER,
            title=said["title"],
            due_at=self._due(said),
            card_id=self._card(said),
        )

    async def _ask(self, said: Said) -> None:
        await self.services.requests.ask(
            self._command(said),
            self._remedy(said),
            self._card(said),
            story=said["story"],
            minor=said["minor"],
            to_card_id=self.put.cards[said["to"]],
        )

    def _command(self, said: Said) -> Command:
        return Command(uuid4(), Clerk("", "", self.put.cards[said["by"]]))

    def _card(self, said: Said) -> int:
        return self.put.cards[said["card"]]

    def _about(self, said: Said) -> int:
        return self.recoveries[said["about"]]

    def _remedy(self, said: Said) -> int:
        """Return the first remedy of this kind, which is the end-users'."""
        return next(each.id for each in self.remedies if each.kind == said["remedy"])

    def _moment(self, said: Said) -> datetime:
        if (ago := said.get("minutes_ago")) is not None:
            return self.opened_at - timedelta(minutes=ago)
        return moment(said["days_ago"], said["at"], self._today)

    def _due(self, said: Said) -> datetime:
        if (ahead := said.get("due_in_minutes")) is None:
            return moment(said["due_days_ago"], said["due_at"], self._today)
        wanted = self.opened_at + timedelta(minutes=ahead)
        midnight = datetime.combine(self._today, time()).astimezone(UTC)
        return wanted + (midnight - wanted) % ROUND

    @property
    def _today(self) -> date:
        return self.opened_at.astimezone().date()
