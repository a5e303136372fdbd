"""What every model shares: frozen, closed to unknown keys, a description and a unit a field."""

from __future__ import annotations

from typing import Annotated, Any, NoReturn

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticUndefined


class Model(BaseModel):
    """A frozen model that knows no key but its own fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


def described(description: str, unit: str = "text", default: Any = PydanticUndefined, **more: Any) -> Any:
    """A field with its one description and its one unit, from which schema and reference pages are made."""
    given = {} if "default_factory" in more else {"default": default}
    return Field(description=description, json_schema_extra={"unit": unit}, **given, **more)


class Entries(dict[str, Any]):
    """A mapping that stays as it was made."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("a model's mapping does not change: make a changed copy of the model")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[type[Entries], tuple[dict[str, Any]]]:
        return Entries, (dict(self),)


Frozen = AfterValidator(Entries)
"""Marks a mapping field whose value does not change after validation."""

Words = Annotated[dict[str, Any], Frozen]
