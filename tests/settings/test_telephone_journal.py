"""The journal tells of the lines what was done, and nothing that was not."""

import pytest

from care_console.base.errors import CareError
from care_console.lines import links
from care_console.lines.setup import Setup
from care_console.settings.telephone import NotWritten
from care_console.store import NotKept, ask

SECRET = "s3cret-of-the-line"
OTHER = "0ther-secret"


def wanted(name="Reception", secret=SECRET, **options):
    return Setup(name, "pretend", {"server": "pbx.example", **options}, secret)


@pytest.fixture
def telephone(services, home, pretend_kind):
    return services.telephone(home)


@pytest.fixture
def acts(telephone, act):
    """Each way of changing something that is kept."""
    return {
        "add": lambda: telephone.add(act(), wanted("Door")),
        "change": lambda: telephone.change(
            act(), "Reception", wanted(way="tcp", secret=OTHER), new_secret=True
        ),
        "change but the secret": lambda: telephone.change(
            act(), "Reception", wanted(way="tcp"), new_secret=False
        ),
        "remove": lambda: telephone.remove(act(), "Reception"),
        "take links": lambda: telephone.take_links(act()),
        "leave links": lambda: telephone.leave_links(act()),
    }


EACH = pytest.mark.parametrize(
    "what", ["add", "change", "change but the secret", "remove", "take links", "leave links"]
)


async def entries(services):
    found = await services.store.read(lambda db: ask(db, "SELECT kind FROM entry", {}))
    return [kind for (kind,) in found]


@EACH
async def test_what_could_not_be_written_is_not_journalled(
    telephone, services, home, act, acts, what, monkeypatch
):
    def refused(*_home):
        raise links.CannotTake(links.NOT_WRITTEN, why="it is locked")

    await telephone.add(act(), wanted())
    before = await entries(services), home.tables(), home.line_secrets.read_text()
    home.desk_file.with_name("desk.toml.new").mkdir()  # where it is written first
    monkeypatch.setattr(links, "take", refused)
    monkeypatch.setattr(links, "leave", refused)

    with pytest.raises((NotWritten, links.CannotTake)):
        await acts[what]()

    assert (await entries(services), home.tables(), home.line_secrets.read_text()) == before


@pytest.mark.parametrize("what", ["add", "change", "change but the secret", "remove"])
async def test_what_could_not_be_journalled_is_not_kept(
    telephone, services, home, act, acts, what, monkeypatch
):
    def full(*_what, **_more):
        raise NotKept("The disk is full.")

    await telephone.add(act(), wanted())
    before = home.tables(), home.line_secrets.read_text()

    with monkeypatch.context() as patched:
        patched.setattr(type(services.journal), "write", full)
        with pytest.raises(CareError, match="full"):
            await acts[what]()

    assert (home.tables(), home.line_secrets.read_text()) == before
    assert (await telephone.lines())[0].name == "Reception"
