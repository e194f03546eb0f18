"""What is typed for one person or copied from a role is what holds then, and no more."""

from tests.authority.page.cells import ROLE, at, text, write
from tests.authority.panes import KEY, press, settled


async def rosas_column(page):
    """Give Rosa limits of her own."""
    page.one_person.setFocus()
    press(KEY.Key_Return)
    press("rosa")
    press(KEY.Key_Return)
    await settled(page)


async def now_for_rosa(service, services):
    """Return what Rosa may give in a new case."""
    clerks = await services.staff.clerks()
    rosa = next(each.card_id for each in clerks if each.name.startswith("Rosa"))
    return (await service.preview(clerk_card_id=rosa)).now_minor


async def saved(page, why="She is new to it."):
    page.foot.why.setText(why)
    page.save()
    await settled(page)


async def test_nothing_for_one_person_is_nothing_whatever_the_role_may(
    open_page, dana, service, services
):
    page = await open_page(dana)
    await rosas_column(page)
    assert text(page, "One case", "Rosa Lindqvist") == "£40"
    assert "as for CSR" in at(page, "One case", "Rosa Lindqvist").data(ROLE.AccessibleTextRole)

    await write(page, "One case", "Rosa Lindqvist", "0")
    await saved(page)

    assert text(page, "One case", "Rosa Lindqvist") == "—"
    assert await now_for_rosa(service, services) == 0


async def test_an_exception_that_becomes_nothing_does_not_become_the_roles(
    open_page, dana, service, services
):
    page = await open_page(dana)
    await rosas_column(page)
    await write(page, "One case", "Rosa Lindqvist", "20")
    await saved(page)
    await write(page, "One case", "Rosa Lindqvist", "-")
    await saved(page)

    assert await now_for_rosa(service, services) == 0


async def test_an_exception_that_is_emptied_is_what_the_role_may(
    open_page, dana, service, services
):
    page = await open_page(dana)
    await rosas_column(page)
    await write(page, "One case", "Rosa Lindqvist", "20")
    await saved(page)
    page.table.setFocus()
    page.table.setCurrentIndex(at(page, "One case", "Rosa Lindqvist"))
    press(KEY.Key_Delete)
    await settled(page)
    assert text(page, "One case", "Rosa Lindqvist") == "£40"
    await saved(page)

    assert await now_for_rosa(service, services) == 4_000


async def test_a_month_of_nothing_for_a_role_is_kept(open_page, dana):
    page = await open_page(dana)
    await write(page, "One department's month", "Receptionist", "0")
    await saved(page)

    assert text(page, "One department's month", "Receptionist") == "—"


async def test_a_copied_limit_ends_when_the_other_does(open_page, dana):
    page = await open_page(dana)
    await write(page, "Credit on the account", "CSR", "25")
    await write(page, "Credit on the account", "Holds", "until 14 Jan")
    await saved(page)
    page.table.setCurrentIndex(at(page, "One case", "Receptionist"))
    page.copy_role.setFocus()
    press(KEY.Key_Return)
    press("1")
    await settled(page)

    row = next(row.catalogue_id for row in page.model.rows if row.title == "Credit on the account")
    copied = next(each for each in page.model.changes() if each.catalogue_id == row)
    assert (copied.most, copied.until.isoformat()) == (2_500, "2030-01-14")
