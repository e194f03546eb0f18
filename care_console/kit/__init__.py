"""Qt pieces that more than one room uses."""

from care_console.kit.actions import Actions, Deed, key_text
from care_console.kit.acts import Act
from care_console.kit.announce import announce
from care_console.kit.buttons import Button, Chip, PaintedButton
from care_console.kit.canvas import CENTRE, END, START, Canvas
from care_console.kit.choices import Choices
from care_console.kit.cover import Cover
from care_console.kit.delegates import (
    Cell,
    CommandDelegate,
    DayDelegate,
    EventDelegate,
    PersonDelegate,
    RowDelegate,
)
from care_console.kit.digits import DigitChips
from care_console.kit.errands import Errands
from care_console.kit.fields import MAY_READ, Field, LineEdit, NoteEdit, check
from care_console.kit.flow import FlowLayout, above_the_middle
from care_console.kit.groups import GROUPS, Avatar, Badge, GroupShapes, group_word, paint_group
from care_console.kit.icons import icon
from care_console.kit.labels import ElidingLabel, Glyph, KeyHint, Label, plain_tooltip
from care_console.kit.lists import ListView
from care_console.kit.look import Ink, Look, Themed, current_look, left_to_right
from care_console.kit.panels import Notice, Panel, Surface
from care_console.kit.panes import Pane
from care_console.kit.rows import (
    CommandRow,
    DayRow,
    EventRow,
    HeadRow,
    PersonRow,
    Row,
    RowsModel,
)
from care_console.kit.scrolling import Scroll, ScrollBar, quiet_scroll_bars, quiet_table
from care_console.kit.tags import Rule, Tag, draw_tag, tag_width
from care_console.kit.theme import Theme
from care_console.kit.toasts import Toast
from care_console.kit.turns import first_stop

__all__ = [
    "CENTRE",
    "END",
    "GROUPS",
    "MAY_READ",
    "START",
    "Act",
    "Actions",
    "Avatar",
    "Badge",
    "Button",
    "Canvas",
    "Cell",
    "Chip",
    "Choices",
    "CommandDelegate",
    "CommandRow",
    "Cover",
    "DayDelegate",
    "DayRow",
    "Deed",
    "DigitChips",
    "ElidingLabel",
    "Errands",
    "EventDelegate",
    "EventRow",
    "Field",
    "FlowLayout",
    "Glyph",
    "GroupShapes",
    "HeadRow",
    "Ink",
    "KeyHint",
    "Label",
    "LineEdit",
    "ListView",
    "Look",
    "NoteEdit",
    "Notice",
    "PaintedButton",
    "Pane",
    "Panel",
    "PersonDelegate",
    "PersonRow",
    "Row",
    "Rule",
    "RowDelegate",
    "RowsModel",
    "Scroll",
    "ScrollBar",
    "Surface",
    "Tag",
    "Theme",
    "Themed",
    "Toast",
    "above_the_middle",
    "announce",
    "check",
    "current_look",
    "draw_tag",
    "first_stop",
    "group_word",
    "icon",
    "key_text",
    "left_to_right",
    "paint_group",
    "plain_tooltip",
    "quiet_scroll_bars",
    "quiet_table",
    "tag_width",
]
