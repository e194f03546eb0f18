"""Whom to ring when somebody is in danger, by the country of the house."""

from collections.abc import Mapping
from types import MappingProxyType

EVERYWHERE = ("112",)
"""Where a country is not named below.

It works in all of the EU (Directive (EU) 2018/1972, article 109), and mobile networks put it
through nearly everywhere (3GPP TS 22.101, section 10.1).
"""

DANGER: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        # besides 112, where another number is as well known there
        "AT": ("112", "144"),
        "CH": ("112", "144"),
        "DE": ("112", "110"),
        "FR": ("112", "15", "17", "18"),
        "GB": ("999", "112"),
        "IE": ("112", "999"),
        "NO": ("112", "113"),
        # where it is another one
        "AU": ("000",),
        "CA": ("911",),
        "JP": ("119", "110"),
        "NZ": ("111",),
        "US": ("911",),
        # 112 and no other
        **dict.fromkeys(
            ("BE", "BG", "CY", "CZ", "DK", "EE", "ES", "FI", "GR", "HR", "HU", "IN", "IS", "IT"),
            EVERYWHERE,
        ),
        **dict.fromkeys(
            ("LI", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
            EVERYWHERE,
        ),
    }
)
"""Danger to life, the first to be rung first.

Source: ITU-T E.129, national numbering plans, and for the EU and EFTA the Commission's list of
numbers that stand beside 112.
"""

GAS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"FR": ("0 800 47 33 33",), "GB": ("0800 111 999",), "IE": ("1800 20 50 50",)}
)
"""A smell of gas, where one number serves the country: the networks' own pages."""

POWER: Mapping[str, tuple[str, ...]] = MappingProxyType({"GB": ("105",)})
"""A power cut, where one number serves the country."""

LISTENING: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "AT": ("142",),
        "AU": ("13 11 14",),
        "CA": ("988",),
        "CH": ("143",),
        "DE": ("116 123",),
        "FR": ("3114",),
        "GB": ("116 123",),
        "IE": ("116 123",),
        "NL": ("113",),
        "NZ": ("1737",),
        "PL": ("116 123",),
        "US": ("988",),
    }
)
"""Somebody who listens at any hour; 116 123 by Commission Decision 2007/698/EC."""

PLACES = frozenset({"emergency", "gas", "power", "listening"})  # in what an emergency says


def numbers(country: str) -> dict[str, str]:
    """Return the numbers of a country (ISO 3166) for the places, without those it has not."""
    code = country.strip().upper()
    tables = {"gas": GAS, "power": POWER, "listening": LISTENING}
    found = {place: table[code] for place, table in tables.items() if code in table}
    found["emergency"] = DANGER.get(code, EVERYWHERE)
    return {place: " / ".join(each) for place, each in found.items()}
