"""The base of every model: frozen, closed to unknown keys, one line in print, and no error of pydantic's."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from inspect import Parameter, Signature, cleandoc
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, Generic, NoReturn, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, GetJsonSchemaHandler, ValidationError
from pydantic_core import CoreSchema, PydanticUndefined, from_json

from sroi.errors import DocumentError
from sroi.quantities import shown
from sroi.refusals import problems_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    Has = TypeVar("Has")
    Takes = TypeVar("Takes")

    class Reads(Generic[Has, Takes]):
        """What a field holds, and what it may be made from."""

        def __get__(self, instance: Any, owner: Any) -> Has: ...
        def __set__(self, instance: Any, value: Takes) -> None: ...

else:

    class Reads:
        """What a field holds, and what it may be made from: the second is for type checkers alone."""

        def __class_getitem__(cls, has_and_takes: tuple[Any, Any]) -> Any:
            return has_and_takes[0]


def described(
    description: str,
    unit: str = "text",
    *,
    default: Any = PydanticUndefined,
    key: str | None = None,
    **more: Any,
) -> Any:
    """A field with its one description and its one unit; ``key`` is what a file calls it, if not its name."""
    given = {} if "default_factory" in more else {"default": default}
    return Field(description=description, json_schema_extra={"unit": unit}, alias=key, **given, **more)


def optional(description: str, unit: str = "text", *, key: str | None = None) -> Any:
    """A field that may be left out."""
    return described(description, unit, default=None, key=key)


MOST_SHOWN = 6
"""How many fields of a model are shown in one line."""


class Model(BaseModel):
    """A frozen model that knows no key but its own fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        """Give ``help`` the fields: in the signature, and with unit and description in the docstring."""
        fields = "".join(
            f"\n{name} : {field.json_schema_extra['unit']}\n    {field.description}"
            for name, field in cls.model_fields.items()
            if isinstance(field.json_schema_extra, dict)
        )
        cls.__doc__ = f"{cleandoc(cls.__doc__ or '')}{_FIELDS}{fields}\n"
        cls.__pydantic_on_complete__()

    @classmethod
    def __pydantic_on_complete__(cls) -> None:
        defaults = {
            name: Parameter.empty if field.is_required() else field.get_default()
            for name, field in cls.model_fields.items()
        }
        cls.__signature__ = Signature(
            [Parameter(name, Parameter.KEYWORD_ONLY, default=default) for name, default in defaults.items()]
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        schema = handler(core)
        handler.resolve_ref_schema(schema)["description"] = (cls.__doc__ or "").partition(_FIELDS)[0]
        return schema

    if not TYPE_CHECKING:  # what pydantic says of these holds for type checkers

        def __init__(self, /, **data: Any) -> None:
            try:
                super().__init__(**data)
            except ValidationError as error:
                raise DocumentError(problems_of(error, type(self), data)) from None

        __init__.__pydantic_base_init__ = True  # models inside models are made without it, as pydantic does

        def __setattr__(self, name: str, value: Any) -> None:
            if name in type(self).model_fields:
                raise FrozenInstanceError(_UNCHANGING.format(name))
            super().__setattr__(name, value)

        def __delattr__(self, name: str) -> None:
            raise FrozenInstanceError(_UNCHANGING.format(name))

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:
        """The model that a mapping holds.

        Raises
        ------
        DocumentError
            With everything that is wrong.
        """
        try:
            return super().model_validate(obj, **options)
        except ValidationError as error:
            raise DocumentError(problems_of(error, cls, obj)) from None

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """The model that a text of JSON holds; see :meth:`model_validate`."""
        try:
            data = from_json(json_data)
        except ValueError as error:
            raise DocumentError(f"this is not JSON: {error}", file=cls.__name__) from None
        return cls.model_validate(data, **options)

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        said = [
            (name, _short(value))
            for name, value in self
            if name in self.model_fields_set and value is not None
        ]
        yield from said[:MOST_SHOWN]
        if len(said) > MOST_SHOWN:
            yield None, _Bare("…")

    def __str__(self) -> str:
        return repr(self)


_FIELDS = "\n\nAttributes\n----------"
_UNCHANGING = "cannot assign to field {!r}: a model does not change; sroi.change gives a changed study"


class _Bare(str):
    """Text that is shown without quotes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _short(value: Any) -> Any:
    if isinstance(value, dict):
        return _Bare(f"{{{', '.join(islice(value, 3))}{', …' if len(value) > 3 else ''}}}")
    if isinstance(value, tuple) and value:
        return _Bare(f"[{_short(value[0])!r}{', …' if len(value) > 1 else ''}]")
    return shown(value) if isinstance(value, str) else value


class Entries(dict[str, Any]):
    """A mapping that stays as it was made."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("a model's mapping does not change: sroi.change gives a changed study")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]  # dict sets it to None, and this one never changes
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[type[Entries], tuple[dict[str, Any]]]:
        return Entries, (dict(self),)


def frozen(value: Any) -> Any:
    """A value whose mappings and lists do not change."""
    if isinstance(value, dict):
        return Entries({key: frozen(each) for key, each in value.items()})
    return tuple(map(frozen, value)) if isinstance(value, (list, tuple)) else value


Frozen = AfterValidator(frozen)
"""Marks a mapping field whose value does not change after validation."""

Words = Annotated[dict[str, Any], Frozen]
