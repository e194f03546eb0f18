"""A caller names the number of an invoice, and its line on the card is there by the keyboard."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt

from care_console.cards.rules import Group, NewCard, NewMembership, NewPhone
from care_console.cards.rules.dealings import Customer, DealingKind, DealingState, NewDealing

CTRL = Qt.KeyboardModifier.ControlModifier
MARIA = NewCard(
    given="Maria",
    family="Okafor",
    phones=(NewPhone(raw="020 7946 0123"),),
    memberships=(NewMembership(group=Group.END_USER, account_number="NG-10442"),),
)
INVOICE = NewDealing(
    kind=DealingKind.INVOICE,
    number="INV-10482",
    dated=date(2030, 1, 3),
    minor=124000,
    currency="GBP",
    state=DealingState.OVERDUE,
    link="https://erp.example.com/i/10482",
    customer=Customer(account="NG-10442"),
)
OTHERS = [
    replace(INVOICE, number=f"INV-2{at:04}", state=DealingState.PAID, dated=date(2029, 1, 1 + at))
    for at in range(9)
]


async def take(desk, *rows):
    await desk.services.store.write(desk.services.dealings.take, rows)


async def find(desk, typed):
    desk.press(Qt.Key.Key_K, CTRL)
    desk.type(typed)
    await desk.until(lambda: desk.window.finder.list.row() is not None)


async def test_a_caller_names_an_invoice_and_its_line_on_the_card_is_there(act, desk):
    maria = await desk.services.cards.add(act(), MARIA)
    await take(desk, INVOICE, *OTHERS)
    await desk.ring("020 7946 0123")
    desk.press(Qt.Key.Key_F2)
    await desk.until(lambda: desk.furniture.around.deck.front is not None)
    leaf = desk.furniture.dealings.leaf
    await desk.until(leaf.isVisible)
    assert "1 overdue" in leaf.panel.trail.text()
    assert not leaf.opened

    await find(desk, "10482")
    row = desk.window.finder.list.row()
    assert (row.title, row.sub) == ("Invoice INV-10482 · £1,240.00", "Maria Okafor  ·  overdue")
    desk.press(Qt.Key.Key_Return)

    await desk.until(lambda: leaf.opened and leaf.list.hasFocus())
    assert desk.furniture.card.card_id == maria
    assert leaf.list.row().title == "Invoice INV-10482 · £1,240.00"

    desk.press(Qt.Key.Key_A)
    await desk.settle()
    front = desk.furniture.around.deck.front
    await desk.until(lambda: desk.furniture.contact.form.values["matter"] == "Invoice INV-10482")
    await desk.furniture.contact.flush()
    draft = await desk.services.contacts.draft(front)
    assert (draft.reason, draft.matter) == ("Invoice INV-10482", "Invoice INV-10482")


async def test_ctrl_o_opens_the_list_and_esc_closes_it(act, desk):
    maria = await desk.services.cards.add(act(), MARIA)
    await take(desk, INVOICE, *OTHERS)
    desk.furniture.open_card(maria)
    leaf = desk.furniture.dealings.leaf
    await desk.until(leaf.isVisible)

    desk.press(Qt.Key.Key_O, CTRL)
    assert leaf.list.hasFocus()
    assert leaf.list.rows.rowCount() == 10
    assert leaf.list.rows.data(leaf.list.rows.index(0)).startswith("Invoice INV-10482")

    desk.press(Qt.Key.Key_Escape)
    assert not leaf.opened


async def test_who_has_none_has_no_line_and_is_told(act, desk):
    ann = await desk.services.cards.add(act(), replace(MARIA, given="Ann"))
    desk.furniture.open_card(ann)
    await desk.until(lambda: desk.furniture.card.card_id == ann)
    await desk.settle()

    desk.press(Qt.Key.Key_O, CTRL)

    assert not desk.furniture.dealings.leaf.isVisible()
    assert "No order or invoice" in desk.window._toast.words.text()


async def test_a_link_is_opened_only_by_enter_and_only_where_the_house_allows_it(act, desk):
    maria = await desk.services.cards.add(act(), MARIA)
    await take(desk, INVOICE)
    leaf, opened = desk.furniture.dealings.leaf, []
    leaf._open = opened.append
    desk.furniture.open_card(maria)
    await desk.until(leaf.isVisible)
    desk.press(Qt.Key.Key_O, CTRL)

    desk.press(Qt.Key.Key_Return)
    assert opened == []
    assert "list of the house" in desk.window._toast.words.text()

    await desk.services.settings.change(act(), link_hosts=("example.com",))
    leaf.list.setFocus()
    desk.press(Qt.Key.Key_Return)
    assert opened == [INVOICE.link]


async def test_what_nobody_has_is_found_put_to_a_card_and_taken_back_by_keyboard(act, desk):
    maria = await desk.services.cards.add(act(), MARIA)
    await take(desk, replace(INVOICE, customer=Customer(name="M. Okafor")), *OTHERS[:1])

    await find(desk, "inv-10482")
    assert "nobody knows" in desk.window.finder.list.row().sub
    desk.press(Qt.Key.Key_Return)
    page = desk.furniture.dealings.unmatched.there()
    await desk.until(lambda: page.list.row() is not None and page.isVisible())
    assert "M. Okafor" in page.said.text()

    page.list.setFocus()
    desk.press(Qt.Key.Key_Return)
    desk.type("okafor")
    await desk.until(lambda: page.whose.found.isVisible() and page.whose.found.row() is not None)
    desk.press(Qt.Key.Key_Return)
    await desk.until(lambda: page.list.rows.rowCount() == 0)
    assert len(await desk.services.dealings.of(maria)) == 2

    desk.press(Qt.Key.Key_Z, CTRL)
    await desk.until(lambda: page.list.rows.rowCount() == 1)
    assert len(await desk.services.dealings.of(maria)) == 1


async def test_a_folder_that_is_gone_is_told_over_the_pages(act, desk, tmp_path):
    here = desk.furniture.dealings
    here.folder = str(tmp_path / "none")

    here.begin()
    await desk.until(here.banner.isVisible)
    assert "not there" in here.banner.notice.words.text()


async def test_each_row_of_the_settings_shows_the_page_that_it_names(act, desk):
    settings = desk.furniture.settings
    desk.window.show_page("settings")

    desk.furniture.dealings.go_to_unmatched()
    await desk.settle()

    assert settings.list.row().title == "Dealings of nobody"
    assert desk.furniture.dealings.unmatched.isVisible()
    settings.list.go_to_first()
    settings.list.go_to(settings.list.rows.row(settings.list.rows.index(7)).id)
    assert settings.list.row().title != "Dealings of nobody"
    assert not desk.furniture.dealings.unmatched.isVisible()
