"""A number with what is known about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
    SerializerFunctionWrapHandler,
    WithJsonSchema,
    model_serializer,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from sroi import quantities
from sroi.base import Model, Reads, optional
from sroi.expression import Expression
from sroi.model.written import read_number, thousands_in_doubt
from sroi.quantities import Bounds, Slug, Text, YesNo, refusal, written
from sroi.scalars import Percent
from sroi.text import key_touching_value
from sroi.years import PriceYear

Distribution = Literal["pert", "triangular", "uniform", "normal", "lognormal", "beta", "bernoulli", "fixed"]
ValuationMethod = Literal["revealed", "stated", "wellbeing", "unit_cost"]
Grade = Literal["A", "B", "C", "D", "E", "F"]


def _written(value: float | Expression | None) -> float | int | str | None:
    if isinstance(value, Expression):
        return value.text
    if value is None:
        return None
    if isinstance(value, Percent) and value == 1.0:
        return "100%"  # a bare 1 is asked about
    return int(value) if value == int(value) and abs(value) < 1e15 else float(value)


def _said(value: float | Expression) -> str:
    """A number as a person reads it, with its % where it was written with one."""
    return value.text if isinstance(value, Expression) else written(value)


WrittenNumber = float | str | Expression
"""A number as a program writes one: ``42``, ``"30%"``, ``"members * share"``."""

_READ = (
    PlainValidator(read_number),
    PlainSerializer(_written),
    WithJsonSchema({"type": ["number", "string"]}),
)
Number = Reads[Annotated[float | Expression, *_READ] | None, WrittenNumber | None]


class Estimate(Model):
    """A number: its value, how sure it is, in whose prices, and where it comes from.

    A plain number, a percentage or an expression is read as an estimate of that value and nothing more.
    """

    bounds: ClassVar[Bounds] = quantities.NUMBER

    title: Text | None = optional("What it is called where people read it; from its name where omitted.")
    value: Number = optional(
        "Best estimate: a number, a percentage or an expression over names; null is not assessed.",
        "as the estimate",
    )
    low: Number = optional(
        "Low end: the limit, or the 5th percentile of a normal or lognormal.", "as the estimate"
    )
    high: Number = optional(
        "High end: the limit, or the 95th percentile of a normal or lognormal.", "as the estimate"
    )
    sd: Number = optional("Standard deviation, with distribution normal or beta.", "as the estimate")
    distribution: Distribution | None = optional(
        "Shape of the uncertainty; pert where low and high stand and none is named; bernoulli is 0 or 1, "
        "value its chance of 1.",
        "choice",
    )
    unit: Text | None = optional("Unit of the number, in words.")
    price_year: PriceYear | None = optional(
        "Year whose prices the money is in; the study's own prices where it is left out.", "year"
    )
    source: Slug | None = optional("Name of the source among the study's or pack's sources.", "name")
    grade: Grade | None = optional("Strength of the evidence, A (strongest) to F.", "grade")
    rationale: Text | None = optional("Why this number, where no source gives it.")
    borrowed_from: Text | None = optional(
        "Place or group that the number was measured in, where that is not this one.", "name"
    )
    context: YesNo | None = optional(
        "true where no formula uses it: an assumption of a pack that is there to be read.", "true or false"
    )
    method: ValuationMethod | None = optional(
        "How the money was valued: revealed (what people do), stated (what they say they would pay), "
        "wellbeing (from its effect on life satisfaction) or unit_cost (what a service costs).",
        "choice",
    )
    uprate: Literal["deflator", "wellby"] | None = optional(
        "How the money moves between price years: by the deflator, or for wellbeing with real income a head.",
        "choice",
    )

    @model_validator(mode="before")
    @classmethod
    def _from_number(cls, data: Any) -> Any:
        if isinstance(data, Estimate):
            known = {name: getattr(data, name) for name in data.model_fields_set}
            return data if isinstance(data, cls) else known
        if not isinstance(data, dict):
            return {"value": data}
        by_ends = data.get("distribution") in ("normal", "lognormal") and "low" in data and "high" in data
        if "value" not in data and not by_ends:
            touching = next(filter(None, (key_touching_value(str(key)) for key in data)), None)
            if touching is not None:
                raise refusal(*touching)
            hint = "write value: and the number, or value: null where it is not assessed"
            raise refusal("value is missing", hint)
        return data

    @model_validator(mode="after")
    def _ends_fit_the_distribution(self) -> Estimate:
        has = {name for name in ("low", "high", "sd") if getattr(self, name) is not None}
        shape = self.shape
        if len(has & {"low", "high"}) == 1:
            given, missing = ("low", "high") if "low" in has else ("high", "low")
            raise refusal(f"{given} is given without {missing}", "low and high come together")
        if shape == "bernoulli":
            self._is_a_chance(has)
        if "sd" in has and shape not in ("normal", "beta"):
            message = f"sd goes with distribution normal or beta, and this one is {shape}"
            raise refusal(message, "write low and high instead, or distribution: beta")
        if "sd" in has and "low" in has:
            raise refusal("sd and low with high are both given", "write one of them")
        if shape == "beta" and "sd" not in has:
            raise refusal("distribution beta has no sd", "write value as the mean, and sd")
        if shape in ("pert", "triangular", "uniform", "lognormal") and "low" not in has:
            raise refusal(f"distribution {shape} has no low and high", "write low and high")
        if shape == "normal" and not has:
            raise refusal("distribution normal has neither low with high nor sd", "write low and high, or sd")
        for name in ("value", "low", "high", "sd"):
            doubt = thousands_in_doubt(getattr(self, name), self.bounds)
            if doubt is not None:
                raise refusal(*doubt, *([name] if name in self.model_fields_set - {"value"} else []))
        if self.price_year is not None and not self.bounds.money:
            raise refusal(f"price_year stands on {self.bounds.what}", "only money has a price year")
        if self.method is not None and not self.bounds.money:
            raise refusal(
                f"method stands on {self.bounds.what}", "only money is valued by a method", "method"
            )
        if self.context is not None and self.bounds is not quantities.NUMBER:
            raise refusal(
                f"context stands on {self.bounds.what}", "only an assumption may be there to be read"
            )
        if self.uprate is not None and self.price_year is None:
            raise refusal("uprate is given without price_year", "write the price_year that the money is in")
        return self

    def _is_a_chance(self, has: set[str]) -> None:
        """Refuse what does not go with a distribution that is 0 or 1, with its value as the chance of 1."""
        for name in ("low", "high", "sd"):
            if name in has:
                message = f"{name} goes with no distribution bernoulli, which is 0 or 1 in a draw"
                raise refusal(message, "leave it out: the value alone is the chance of 1", name)
        if self.price_year is not None:
            hint = "leave it out, and multiply the money by this number"
            raise refusal("price_year stands on a distribution bernoulli, whose value is a chance", hint)

    @model_serializer(mode="wrap")
    def _as_number(self, handler: SerializerFunctionWrapHandler) -> Any:
        plain = self.model_fields_set == {"value"} and self.value is not None
        return _written(self.value) if plain else handler(self)

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        written = self.model_dump()
        return super().__repr_args__() if isinstance(written, dict) else iter([(None, written)])

    def __str__(self) -> str:
        said = [] if self.low is None or self.high is None else [f"{_said(self.low)} to {_said(self.high)}"]
        said += [] if self.sd is None else [f"standard deviation {_said(self.sd)}"]
        said += [] if self.distribution is None else [self.distribution]
        said += [] if self.price_year is None else [f"prices of {self.price_year}"]
        value = "not assessed" if self.value is None else _said(self.value)
        return f"{value} ({', '.join(said)})" if said else value

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        mapping = handler.resolve_ref_schema(super().__get_pydantic_json_schema__(core, handler))
        full = dict(mapping)
        mapping.clear()
        mapping |= {
            "title": cls.__name__,
            "description": full["description"],
            "anyOf": [{"type": "number", **_limits(cls.bounds)}, {"type": "string"}, full],
        }
        return mapping

    @property
    def shape(self) -> Distribution:
        """The distribution, with what is understood where none is named."""
        return self.distribution or ("pert" if self.low is not None else "fixed")


_LEAST_ABOVE = 1e-9
"""What is above 0 by more than rounding."""


def _limits(bounds: Bounds) -> dict[str, Any]:
    """The limits of a number for a JSON Schema."""
    low = _LEAST_ABOVE if bounds.above_low else bounds.low
    return {"minimum": low, "maximum": bounds.high, **({"multipleOf": 1} if bounds.whole else {})}


Given = WrittenNumber | Estimate | Mapping[str, Any]
"""An estimate as a program writes one: a number, or all that is known of it."""
