"""Every choice that moves a ratio, named, typed and printed with every result."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, WithJsonSchema

from sroi.errors import instead
from sroi.expression import Expression, ExpressionError
from sroi.quantities import MOST_YEARS, SHARE, YesNo, refusal, shown

Timing = Literal["start", "mid", "end"]
DropOffFrom = Literal["second_year", "first_year"]


def _rate(value: Any) -> float | None:
    if value is None:
        return None
    try:
        rate = Expression(str(value)).constant if not isinstance(value, bool) else None
    except ExpressionError:
        rate = None
    if rate is None or SHARE.violated_by(rate):
        raise refusal(f"{shown(value)} is not a rate from 0 to 1", "write a rate such as 3.5% or 0.035")
    return rate


def _horizon(value: Any) -> int | None:
    if value is None or value == "none":
        return None
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 2 * MOST_YEARS:
        return value
    raise refusal(
        f"{shown(value)} is not a horizon",
        f"write none, or a whole number of years from 0 to {2 * MOST_YEARS}",
    )


def _from_year(value: Any) -> int | str:
    if value == "first_year":
        return "first_year"
    if isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 9999:
        return value
    raise refusal(
        f"{shown(value)} is not a year to discount from", "write first_year, or a calendar year such as 2024"
    )


Rate = Annotated[float | None, PlainValidator(_rate), WithJsonSchema({"type": ["number", "string", "null"]})]
Horizon = Annotated[
    int | None,
    PlainValidator(_horizon),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0}, {"const": "none"}, {"type": "null"}]}),
]
FromYear = Annotated[
    int | str,
    PlainValidator(_from_year),
    WithJsonSchema({"anyOf": [{"type": "integer"}, {"const": "first_year"}]}),
]


def choice(description: str) -> Any:
    """A field of the profile: a choice, which has no unit but the one its description names."""
    return Field(description=description, json_schema_extra={"unit": "choice"})


class MethodProfile(BaseModel):
    """The conventions of one calculation: a named profile with whatever a study overrides of it.

    Two studies are comparable only where these agree. ``fingerprint`` is a hash over all of them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    profile: str = choice("Name of the profile that the choices start from.")
    discount_schedule: str | None = choice(
        "Name of a schedule of discount rates by year; null where discount_rate is given."
    )
    discount_rate: Rate = Field(
        description="One real rate for every year; null where a schedule is used.",
        json_schema_extra={"unit": "share a year"},
    )
    timing: Timing = choice(
        "When in year t its outcomes fall: start (discounted t periods), mid (t + ½) or end (t + 1)."
    )
    input_timing: Timing = choice("The same for inputs; as timing unless given.")
    discount_inputs: YesNo = choice("Whether inputs are discounted as outcomes are.")
    discount_from: FromYear = Field(
        description="first_year, or the calendar year from which periods are counted; factors before it are 1.",
        json_schema_extra={"unit": "calendar year"},
    )
    deductions: Literal["multiplied", "added"] = choice(
        "How deadweight, displacement and attribution combine: (1−a)(1−b)(1−c), or 1−(a+b+c)."
    )
    drop_off_from: DropOffFrom = choice("The benefit year that drop-off first touches.")
    drop_off_shape: Literal["geometric", "linear"] = choice(
        "Drop-off of what remains, (1−d)^k, or of the first year's value, 1−d·k and never below 0."
    )
    part_years: Literal["pro_rata", "whole"] = choice(
        "Whether a duration of 2.5 counts half of the third year, or all of it."
    )
    deflator: Literal["gdp", "cpi", "none"] = choice(
        "Index that converts price years; none converts nothing, with a warning."
    )
    horizon: Horizon = Field(
        description="Flows of years after this one are dropped, costs and benefits alike; null for no limit.",
        json_schema_extra={"unit": "years after year 0"},
    )
    transfers: Literal["excluded", "included"] = choice(
        "Whether outcomes of kind transfer or tax are in the total."
    )

    @property
    def fingerprint(self) -> str:
        """SHA-256 over every choice but the profile's name: equal fingerprints mean equal conventions."""
        choices = json.dumps(self.model_dump(exclude={"profile"}), sort_keys=True)
        return hashlib.sha256(choices.encode()).hexdigest()

    @property
    def called(self) -> str:
        """The profile's name, and whether any of its choices were changed."""
        unchanged = PROFILES.get(self.profile)
        return (
            self.profile
            if unchanged is None or unchanged.fingerprint == self.fingerprint
            else f"{self.profile} with changes"
        )

    @property
    def in_words(self) -> str:
        """The method in one line."""
        rate = (
            f"{self.discount_schedule} rates"
            if self.discount_rate is None
            else f"flat {100 * self.discount_rate:.6g}%"
        )
        falls = {"start": "start", "mid": "middle", "end": "end"}
        parts = [
            f"{self.called}: {rate}",
            f"flows at the {falls[self.timing]} of each year"
            + ("" if self.input_timing == self.timing else f", inputs at the {falls[self.input_timing]}"),
            "inputs discounted" if self.discount_inputs else "inputs not discounted",
            f"deductions {self.deductions}",
            f"drop-off {self.drop_off_shape} from the {self.drop_off_from.replace('_', ' ')}",
            f"transfers {self.transfers}",
            {"gdp": "GDP deflator", "cpi": "CPI", "none": "no price conversion"}[self.deflator],
        ]
        parts += [] if self.horizon is None else [f"horizon year {self.horizon}"]
        parts += [] if self.discount_from == "first_year" else [f"discounted from {self.discount_from}"]
        parts += [] if self.part_years == "pro_rata" else ["part years counted whole"]
        return ", ".join(parts)


_DEFAULT: dict[str, Any] = {
    "profile": "default",
    "discount_schedule": "green-book-2026",
    "discount_rate": None,
    "timing": "start",
    "input_timing": "start",
    "discount_inputs": True,
    "discount_from": "first_year",
    "deductions": "multiplied",
    "drop_off_from": "second_year",
    "drop_off_shape": "geometric",
    "part_years": "pro_rata",
    "deflator": "gdp",
    "horizon": None,
    "transfers": "excluded",
}

_DIFFERENCES: dict[str, dict[str, Any]] = {
    "default": {},
    "svi-guide": {
        "discount_schedule": None,
        "discount_rate": 0.035,
        "discount_inputs": False,
        "transfers": "included",
    },
    "green-book": {"horizon": 10},
    "gmca-cba": {},
    "added-deductions": {"deductions": "added"},
}

PROFILES: dict[str, MethodProfile] = {
    name: MethodProfile.model_validate({**_DEFAULT, "profile": name, **differences})
    for name, differences in _DIFFERENCES.items()
}
"""The named profiles. ``default`` is this package's; the others follow the guide that they are named for."""


def read_method(value: Any) -> MethodProfile:
    """The profile that ``value`` names, or a mapping of a profile and what it overrides.

    Parameters
    ----------
    value : str, mapping or MethodProfile
        ``"svi-guide"``, or ``{"profile": "svi-guide", "discount_rate": "2%", "timing": "mid"}``.

    Raises
    ------
    pydantic_core.PydanticCustomError
        If no profile has that name, or a discount rate and a schedule are both given.
    pydantic.ValidationError
        If a field is unknown or its value is not one of those allowed.
    """
    if isinstance(value, MethodProfile):
        return value
    if isinstance(value, str):
        value = {"profile": value}
    if not isinstance(value, dict):
        raise refusal(
            f"{shown(value)} is not a method", "write a profile's name, or {profile: default, ...overrides}"
        )
    name = value.get("profile", "default")
    if not isinstance(name, str) or name not in PROFILES:
        raise refusal(f"there is no method profile {shown(name)}", instead(str(name), PROFILES))
    given = {key for key, entry in value.items() if entry is not None}
    if {"discount_rate", "discount_schedule"} <= given:
        raise refusal(
            "discount_rate and discount_schedule are both given",
            "write one: a flat rate, or the name of a schedule",
        )
    chosen = {**PROFILES[name].model_dump(), **value}
    if "discount_rate" in given:
        chosen["discount_schedule"] = None
    if "discount_schedule" in given:
        chosen["discount_rate"] = None
    if value.get("timing") in get_args(Timing) and "input_timing" not in given:
        chosen["input_timing"] = value["timing"]
    if chosen["discount_rate"] is None and chosen["discount_schedule"] is None:
        raise refusal("neither discount_rate nor discount_schedule is given", "write one of them")
    return MethodProfile.model_validate(chosen)


def _method_schema() -> dict[str, Any]:
    mapping = MethodProfile.model_json_schema()
    mapping.pop("required")
    mapping["properties"]["profile"] = {
        "enum": sorted(PROFILES),
        "description": "Name of the profile that the choices start from.",
    }
    return {"anyOf": [{"enum": sorted(PROFILES)}, mapping]}


Method = Annotated[MethodProfile, BeforeValidator(read_method), WithJsonSchema(_method_schema())]
