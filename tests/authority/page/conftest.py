"""The page of limits as a supervisor sees it, in a house with the standard limits."""

import pytest

from care_console.authority.pane.limits import LimitsPage
from care_console.authority.service.catalogue import lay
from care_console.staff.rules import Role
from tests.authority.panes import limits_over, on_screen, settled


@pytest.fixture
def service(services):
    return limits_over(services)


@pytest.fixture
def dana(loop, hire, services, store):
    """Dana, a supervisor, in a house with the standard limits; and Rosa, a CSR."""

    async def made():
        await store.write(lay, "GBP")
        dana = await hire("Dana Whitfield", Role.SUPERVISOR)
        await hire("Rosa Lindqvist", Role.CSR)
        return dana

    return loop.run_until_complete(made())


@pytest.fixture
def open_page(qtbot, service, services, by):
    """Open the page as somebody sees it."""

    async def open_page(clerk):
        page = LimitsPage(service, services.staff, lambda: by(clerk), lambda: "GBP", services.clock)
        on_screen(qtbot, page, 1040, 690)
        page.told = []
        page.errands.hindered.connect(page.told.append)
        page.refresh()
        await settled(page)
        page.activateWindow()
        page.setFocus()
        return page

    return open_page
