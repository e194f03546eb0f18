"""Rosa at her desk, Dana who may approve, Maria on the telephone, and four remedies."""

import pytest
from PySide6.QtWidgets import QApplication

from care_console.base.command import Clerk
from care_console.staff.rules import Role
from tests.authority.panes import on_screen, pane_of, settled


@pytest.fixture
def house(loop, hire, customer, remedy, limits, services):
    """Rosa, Dana who may approve, Maria, and four remedies."""

    async def made():
        await limits()
        await limits(Role.SUPERVISOR, remedy=50_000, recovery=50_000, day=90_000, customer=90_000)
        rosa = await hire("Rosa Lindqvist", Role.CSR)
        dana = await hire("Dana Whitfield", Role.SUPERVISOR)
        maria = await customer("Maria Okafor")
        fee = await remedy("Waive the call-out fee", usual=3_500, position=1)
        flowers = await remedy("Flowers with a card", usual=1_500, position=2)
        goods = await remedy("Replace the goods", usual=5_550, position=3)
        other = await remedy("Other amount", usual=0, position=4, why_wanted=True)
        return rosa, dana, maria, {"fee": fee, "flowers": flowers, "goods": goods, "other": other}

    return loop.run_until_complete(made())


@pytest.fixture
def rosa(house) -> Clerk:
    return house[0]


@pytest.fixture
def dana(house) -> Clerk:
    return house[1]


@pytest.fixture
def maria(house) -> int:
    return house[2]


@pytest.fixture
def pane(qtbot, rooms, services, rosa, maria, by):
    pane = on_screen(qtbot, pane_of(rooms, services, rosa, by))
    pane.told = []
    pane.acts = []
    pane.errands.hindered.connect(pane.told.append)
    pane.acted.connect(pane.acts.append)
    return pane


@pytest.fixture
def ready(pane, maria, qtbot):
    """Show Maria, with the keyboard in the list."""

    async def ready(card_id=maria):
        pane.show_for(card_id)
        await settled(pane)
        pane.activateWindow()
        pane.setFocus()
        assert QApplication.focusWidget() is pane.face.list

    return ready
