"""Every choice that moves a ratio, named, typed and printed with every result."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal, get_args

from pydantic import GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from sroi import formulas
from sroi.base import Model, Reads, described
from sroi.errors import instead
from sroi.method_fields import FromYear, Horizon, Rate
from sroi.quantities import YesNo, refusal, shown

Timing = Literal["start", "mid", "end"]
DropOffFrom = Literal["second_year", "first_year"]


class MethodProfile(Model):
    """The conventions of one calculation: a named profile with whatever a study overrides of it.

    ``MethodProfile(profile="svi-guide", discount_rate="2%")`` is that profile at another rate. Two studies
    are comparable only where these agree. ``fingerprint`` is a hash over all of them.
    """

    profile: str = described("Name of the profile that the choices start from.", "choice")
    discount_schedule: str | None = described(
        "Name of a schedule of discount rates by year; null where discount_rate is given.", "choice"
    )
    discount_rate: Reads[Rate, float | str | None] = described(
        "One real rate for every year; null where a schedule is used.", "share a year"
    )
    timing: Timing = described(
        "When in year t its outcomes fall: start (discounted t periods), mid (t + ½) or end (t + 1).",
        "choice",
    )
    input_timing: Timing = described("The same for inputs; as timing unless given.", "choice")
    discount_inputs: YesNo = described("Whether inputs are discounted as outcomes are.", "choice")
    discount_from: FromYear = described(
        "first_year, or the calendar year from which periods are counted; factors before it are 1.",
        "calendar year",
    )
    deductions: Literal["multiplied", "added"] = described(
        "How deadweight, displacement and attribution combine: (1−a)(1−b)(1−c), or 1−(a+b+c).", "choice"
    )
    drop_off_from: DropOffFrom = described("The benefit year that drop-off first touches.", "choice")
    drop_off_shape: Literal["geometric", "linear"] = described(
        "Drop-off of what remains, (1−d)^k, or of the first year's value, 1−d·k and never below 0.", "choice"
    )
    part_years: Literal["pro_rata", "whole"] = described(
        "Whether a duration of 2.5 counts half of the third year, or all of it.", "choice"
    )
    deflator: Literal["gdp", "cpi", "none"] = described(
        "Index that converts price years; none converts nothing, with a warning.", "choice"
    )
    horizon: Reads[Horizon, int | str | None] = described(
        "Flows of years after this one are dropped, costs and benefits alike; null for no limit.",
        "years after year 0",
    )
    transfers: Literal["excluded", "included"] = described(
        "Whether outcomes of kind transfer or tax are in the total.", "choice"
    )
    optimism_bias: Literal["none", "stated", "by_grade"] = described(
        "Whether gains are lowered and inputs raised for optimism: none; as inputs and outcomes state; or, "
        "by_grade, gains that state nothing by the grade of their weakest number too.",
        "choice",
    )

    @model_validator(mode="before")
    @classmethod
    def _from_a_profile(cls, value: Any) -> Any:
        """Every choice, from a profile's name or from a mapping of a profile and what it overrides."""
        value = {"profile": value} if isinstance(value, str) else value
        if isinstance(value, MethodProfile):
            return value
        if not isinstance(value, Mapping):
            hint = "write a profile's name, or {profile: default, ...overrides}"
            raise refusal(f"{shown(value)} is not a method", hint)
        profile = value.get("profile", "default")
        if isinstance(profile, MethodProfile):
            base = dict(profile)
        elif value.keys() >= cls.model_fields.keys():
            base = {}
        elif isinstance(profile, str) and profile in PROFILES:
            base = dict(PROFILES[profile])
        else:
            raise refusal(f"there is no method profile {shown(profile)}", instead(str(profile), PROFILES))
        given = {key for key, entry in value.items() if entry is not None}
        if {"discount_rate", "discount_schedule"} <= given:
            raise refusal(
                "discount_rate and discount_schedule are both given",
                "write one: a flat rate, or the name of a schedule",
            )
        chosen = {**base, **value, "profile": base.get("profile", profile)}
        if "discount_rate" in given:
            chosen["discount_schedule"] = None
        if "discount_schedule" in given:
            chosen["discount_rate"] = None
        if value.get("timing") in get_args(Timing) and "input_timing" not in given:
            chosen["input_timing"] = value["timing"]
        if chosen["discount_rate"] is None and chosen["discount_schedule"] is None:
            raise refusal("neither discount_rate nor discount_schedule is given", "write one of them")
        return chosen

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        mapping = handler.resolve_ref_schema(super().__get_pydantic_json_schema__(core, handler))
        names = sorted(PROFILES)
        full = {key: value for key, value in mapping.items() if key != "required"}
        full["properties"]["profile"] = {
            "enum": names,
            "description": "Name of the profile that the choices start from.",
        }
        mapping.clear()
        mapping |= {"anyOf": [{"enum": names}, full]}
        return mapping

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        unchanged = dict(PROFILES.get(self.profile, ()))
        return ((key, value) for key, value in self if key == "profile" or unchanged.get(key, "") != value)

    def over(self, period: int | None) -> MethodProfile:
        """The same with a study's own period of appraisal in place of the horizon, where there is one."""
        if period is None or self.horizon in (None, period):
            return self
        unchanged = PROFILES.get(self.profile)
        if unchanged is not None and self.horizon != unchanged.horizon:
            message = f"appraisal_period {period} stands beside a horizon of {self.horizon} years"
            raise refusal(message, "write one of them: a horizon of the method is used as it is written")
        return self.model_copy(update={"horizon": period})

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
        shape = formulas.chosen(formulas.DROPPING, "drop_off_shape", self.drop_off_shape)
        falls = {"start": "start", "mid": "middle", "end": "end"}
        parts = [
            f"{self.called}: {rate}",
            f"flows at the {falls[self.timing]} of each year"
            + ("" if self.input_timing == self.timing else f", inputs at the {falls[self.input_timing]}"),
            "inputs discounted" if self.discount_inputs else "inputs not discounted",
            f"deductions {self.deductions}",
            f"drop-off {shape.title} from the {self.drop_off_from.replace('_', ' ')}",
            f"transfers {self.transfers}",
            {"gdp": "GDP deflator", "cpi": "CPI", "none": "no price conversion"}[self.deflator],
        ]
        parts += [] if self.optimism_bias == "none" else [_OPTIMISM[self.optimism_bias]]
        parts += [] if self.horizon is None else [f"horizon year {self.horizon}"]
        parts += [] if self.discount_from == "first_year" else [f"discounted from {self.discount_from}"]
        parts += [] if self.part_years == "pro_rata" else ["part years counted whole"]
        return ", ".join(parts)


_OPTIMISM = {"stated": "optimism bias as stated", "by_grade": "optimism bias as stated, else by grade"}

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
    "optimism_bias": "none",
}

_DIFFERENCES: dict[str, dict[str, Any]] = {
    "default": {},
    "svi-guide": {
        "discount_schedule": None,
        "discount_rate": 0.035,
        "discount_inputs": False,
        "transfers": "included",
    },
    "green-book": {"horizon": 10, "optimism_bias": "stated"},
    "gmca-cba": {"optimism_bias": "by_grade"},
    "added-deductions": {"deductions": "added"},
}

PROFILES: Mapping[str, MethodProfile] = MappingProxyType(
    {
        name: MethodProfile.model_validate({**_DEFAULT, "profile": name, **differences})
        for name, differences in _DIFFERENCES.items()
    }
)
"""The named profiles. ``default`` is this package's; the others follow the guide that they are named for."""
