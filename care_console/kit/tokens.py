"""The colours by name, light and dark and in high contrast, and how far apart they must be."""

from collections.abc import Mapping
from types import MappingProxyType

Tokens = Mapping[str, str]

LIGHT: Tokens = MappingProxyType(
    {
        "bg": "#F3F4F2",
        "surface": "#FFFFFF",
        "sunken": "#F8F8F6",
        "raised": "#FFFFFF",
        "hover": "#F0F2F1",
        "line": "#E1E3E0",
        "field": "#868D8C",
        "text": "#1B2124",
        "text2": "#465055",
        "text3": "#5F696E",
        "accent": "#0B6670",
        "accent_hover": "#095761",
        "accent_soft": "#E0F0F0",
        "on_accent": "#FFFFFF",
        "focus": "#0B6670",
        "ok": "#1C6E42",
        "ok_soft": "#E4F3EA",
        "warn": "#855100",
        "warn_soft": "#FFF3DB",
        "warn_line": "#B97A12",
        "bad": "#AE2319",
        "bad_soft": "#FCEBE8",
        "bad_line": "#C8392D",
        "scroll": "#C3C8C6",
        "track": "#E3E6E4",
        "used": "#7E8B8E",
        "end-user": "#1D5FA8",
        "end-user_soft": "#E5EFFA",
        "prospect": "#6E3FA8",
        "prospect_soft": "#F0E8FA",
        "distributor": "#8A4B08",
        "distributor_soft": "#FBEEDD",
        "supplier": "#2B6B2F",
        "supplier_soft": "#E6F3E6",
        "employee": "#9A2C66",
        "employee_soft": "#FAE8F1",
    }
)

DARK: Tokens = MappingProxyType(
    {
        "bg": "#121618",
        "surface": "#1A1F22",
        "sunken": "#161B1D",
        "raised": "#22282C",
        "hover": "#242B2F",
        "line": "#2E363A",
        "field": "#76828A",
        "text": "#E9EDEE",
        "text2": "#B9C2C6",
        "text3": "#95A0A6",
        "accent": "#5CC4CC",
        "accent_hover": "#77D2D9",
        "accent_soft": "#163437",
        "on_accent": "#062427",
        "focus": "#7CD7DE",
        "ok": "#6CCB95",
        "ok_soft": "#17301F",
        "warn": "#F0B95A",
        "warn_soft": "#33270F",
        "warn_line": "#C98F2C",
        "bad": "#FF9A8D",
        "bad_soft": "#3A1B18",
        "bad_line": "#E4665A",
        "scroll": "#434D52",
        "track": "#2F383C",
        "used": "#8B989D",
        "end-user": "#8FC1F5",
        "end-user_soft": "#16283B",
        "prospect": "#CBA8F5",
        "prospect_soft": "#2A1F3A",
        "distributor": "#F0B477",
        "distributor_soft": "#352512",
        "supplier": "#8FD294",
        "supplier_soft": "#18301A",
        "employee": "#F59AC6",
        "employee_soft": "#391D2B",
    }
)

# In high contrast every line carries, every ground is plain, and only few colours are left.
HIGH_LIGHT: Tokens = MappingProxyType(
    {
        **LIGHT,
        **dict.fromkeys(("bg", "surface", "sunken", "raised", "on_accent"), "#FFFFFF"),
        **dict.fromkeys(("line", "field", "text", "text2", "text3", "scroll", "used"), "#000000"),
        **dict.fromkeys(("accent", "focus"), "#00424A"),
        "accent_hover": "#002B31",
        "accent_soft": "#D3F0F1",
        "hover": "#E8E8E8",
        "track": "#D0D0D0",
        **dict.fromkeys(("ok_soft", "warn_soft", "bad_soft"), "#FFFFFF"),
        "ok": "#0A4526",
        **dict.fromkeys(("warn", "warn_line"), "#573400"),
        **dict.fromkeys(("bad", "bad_line"), "#86100A"),
        "end-user": "#0E417B",
        "prospect": "#4D2580",
        "distributor": "#5E3000",
        "supplier": "#164A1A",
        "employee": "#701647",
    }
)

HIGH_DARK: Tokens = MappingProxyType(
    {
        **DARK,
        **dict.fromkeys(("bg", "surface", "sunken", "raised", "on_accent"), "#000000"),
        **dict.fromkeys(("line", "field", "text", "text2", "text3", "scroll", "used"), "#FFFFFF"),
        **dict.fromkeys(("accent", "focus"), "#7FE9F2"),
        "accent_hover": "#B4F5FA",
        "accent_soft": "#0B3338",
        "hover": "#262626",
        "track": "#4A4A4A",
        **dict.fromkeys(("ok_soft", "warn_soft", "bad_soft"), "#000000"),
        "ok": "#8CF0B5",
        **dict.fromkeys(("warn", "warn_line"), "#FFD27A"),
        **dict.fromkeys(("bad", "bad_line"), "#FFB3A8"),
        "end-user": "#B5D8FF",
        "prospect": "#E0C9FF",
        "distributor": "#FFD0A1",
        "supplier": "#B4EDB8",
        "employee": "#FFC0DE",
    }
)

TEXT = 4.5  # WCAG 2.2, 1.4.3, level AA
PART = 3.0  # WCAG 2.2, 1.4.11: what is needed to make out a control


def ratio(one: str, other: str) -> float:
    """Return the contrast of two ``#rrggbb``, 1 to 21 (WCAG 2.2, contrast ratio)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
