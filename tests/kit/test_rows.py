"""Rows and the model that hands them out."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from care_console.kit import DayRow, EventDelegate, EventRow, HeadRow, ListView, RowsModel

NOBODY = QModelIndex()


def rows(first: int, count: int) -> list[DayRow]:
    return [DayRow(n, "flag", f"Row {n}") for n in range(first, first + count)]


def strict(model: RowsModel) -> QAbstractItemModelTester:
    mode = QAbstractItemModelTester.FailureReportingMode.Warning  # a warning fails the test
    return QAbstractItemModelTester(model, mode, model)


def test_the_model_keeps_qts_rules():
    model = RowsModel([HeadRow("Promises", "3"), *rows(0, 3)])
    strict(model)

    model.set_rows(rows(5, 2))
    model.set_rows([])
    model.set_rows(rows(0, 4))

    assert model.rowCount() == 4


def test_more_is_fetched_a_window_at_a_time_until_there_is_none():
    asked = []

    def fetch(start: int, count: int) -> list[DayRow]:
        asked.append((start, count))
        return rows(start, min(count, 450 - start))

    model = RowsModel(rows(0, 200), fetch)
    strict(model)
    while model.canFetchMore(NOBODY):
        model.fetchMore(NOBODY)

    assert asked == [(200, 200), (400, 200)]
    assert model.rowCount() == 450


def test_what_comes_later_is_asked_for_once():
    asked = []
    model = RowsModel(rows(0, 200), lambda start, count: asked.append(start))

    model.fetchMore(NOBODY)
    model.fetchMore(NOBODY)
    assert asked == [200]
    assert not model.canFetchMore(NOBODY)

    model.append(rows(200, 200))
    assert model.canFetchMore(NOBODY)
    model.fetchMore(NOBODY)
    model.append([])

    assert asked == [200, 400]
    assert not model.canFetchMore(NOBODY)
    assert model.rowCount() == 400


def test_a_scrolled_list_fetches_more(show):
    view = ListView(EventDelegate(), name="History", uniform=True)

    def fetch(start: int, count: int) -> list[EventRow]:
        return [EventRow(n, "Today", "", "note", "text2", str(n)) for n in range(start, start + 50)]

    view.rows.set_rows(fetch(0, 50) * 4, fetch)
    show(view)
    view.scrollToBottom()

    assert view.rows.rowCount() == 250


def test_the_same_rows_told_anew_do_not_reset_the_list(qtbot):
    model = RowsModel(rows(0, 3))

    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.set_rows([DayRow(n, "gift", f"Anew {n}") for n in range(3)])

    assert model.index(2).data() == "Anew 2"


def test_a_head_can_neither_be_chosen_nor_gone_to():
    model = RowsModel([HeadRow("Promises"), *rows(0, 1)])

    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags
    assert model.flags(model.index(1)) & Qt.ItemFlag.ItemIsSelectable


def test_a_row_is_a_sentence_for_a_reader():
    late = DayRow(1, "phone", "Call Jonas", "boiler", "42 min late", groups=("prospect",))
    model = RowsModel([late])

    said = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)

    assert said == "42 min late, Call Jonas, Prospect, boiler"
