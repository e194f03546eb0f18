"""How an Asterisk line is tried, step by step and in words."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from functools import partial

from care_console.base.words import N_, _, ngettext
from care_console.lines.ami.calls import Place
from care_console.lines.ami.client import NO_RIGHTS, Conversation, Denied, Lost, Way, conversation
from care_console.lines.ami.wire import Message
from care_console.lines.setup import Step

PATIENCE_S = 5.0
NEVER = ("Command", "Hangup", "Redirect", "Reload")  # actions that only too many rights allow

Look = tuple[str, Callable[[], Awaitable[str]]]

MAY_NOT_DIAL = N_("The account may not dial: manager.conf has to give it “originate” to write.")
NO_TELEPHONE = N_("Asterisk has no telephone of this name.")
TOO_MUCH = N_("The account may do more than it needs: take system, command and call away.")
ENOUGH = N_("All that is needed, and no more.")


async def steps(way: Way, place: Place, context: str) -> AsyncIterator[Step]:
    """Yield what was found, up to what goes wrong; ``context`` is where the line would dial."""
    step = Step(_("Reach {host}, port {port}").format(host=way.host, port=way.port))
    yield step
    try:
        async with conversation(way, _pass_over, PATIENCE_S) as talk:
            step = replace(step, good=True)
            yield step
            for words, look in _looks(talk, way, place, dials=bool(context)):
                step = Step(words)
                yield step
                step = replace(step, good=True, detail=await look())
                yield step
    except (Lost, Denied) as why:
        yield replace(step, good=False, detail=str(why))


def _looks(talk: Conversation, way: Way, place: Place, *, dials: bool) -> Iterator[Look]:
    yield _("Log in as {account}").format(account=way.name), partial(_log_in, talk, way)
    yield _("See what the account may do"), partial(_rights, talk, dials)
    for device in filter(None, (place.phone, *sorted(place.others))):
        words = _("Find the telephone {device}").format(device=device)
        yield words, partial(_known, talk, device)
    yield _("See the calls"), partial(_calls, talk)


async def _log_in(talk: Conversation, way: Way) -> str:
    await talk.log_in(way)
    return talk.greeting


async def _rights(talk: Conversation, dials: bool) -> str:
    """Look at the list of what the account may ask for; what it may hear cannot be asked."""
    may = await talk.ask("ListCommands")
    if not may["Getvar"]:
        raise Denied(NO_RIGHTS)
    if dials and not may["Originate"]:
        raise Denied(MAY_NOT_DIAL)
    return _(TOO_MUCH if any(may[each] for each in NEVER) else ENOUGH)


async def _known(talk: Conversation, device: str) -> str:
    answer = await talk.ask("Getvar", Variable=f"DEVICE_STATE({device})")
    if answer["Value"] == "INVALID":
        raise Denied(NO_TELEPHONE)
    return answer["Value"]


async def _calls(talk: Conversation) -> str:
    count = len(await talk.channels())
    said = ngettext("{count} channel is in use.", "{count} channels are in use.", count)
    return said.format(count=count)


def _pass_over(_message: Message) -> None:
    """Let what happens meanwhile be the business of the line that is in use."""
