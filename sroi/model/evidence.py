"""Where numbers come from, what has been said in public, and what ties assumptions together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BeforeValidator, PlainValidator, WithJsonSchema

from sroi.base import Model, Reads, described, optional
from sroi.expression import Expression
from sroi.model.written import read_number
from sroi.quantities import WRITTEN_NUMBER, Date, Identifier, Slug, Text, WebAddress, refusal, shown


def _reprint(value: object) -> bool | str:
    if isinstance(value, bool):
        return value
    text = str(value)
    if re.match(r"https?://\S", text):
        return text
    raise refusal(
        f"{shown(value)} is neither true nor a web address", "write true, or the address of the original"
    )


Reprint = Annotated[
    bool | str,
    PlainValidator(_reprint),
    WithJsonSchema({"anyOf": [{"type": "boolean"}, {"type": "string", "pattern": r"^https?://\S"}]}),
]
"""Whether a source is a copy of another, or the address of the other."""


def _sha256(value: object) -> str:
    text = str(value).strip().casefold()
    if re.fullmatch(r"[0-9a-f]{64}", text):
        return text
    hint = "write its 64 hexadecimal digits, as sha256sum FILE prints them"
    raise refusal(f"{shown(value)} is no SHA-256", hint)


Sha256 = Annotated[
    str, PlainValidator(_sha256), WithJsonSchema({"type": "string", "pattern": "^[0-9a-fA-F]{64}$"})
]
"""SHA-256 of a file."""


class Source(Model):
    """A document or data set that numbers are taken from."""

    title: Text = described("Title of the document or data set.")
    publisher: Text | None = optional("Who published it.")
    author: Text | None = optional("Who wrote it.")
    year: Reads[Text | None, str | int | None] = optional("Year of publication.", "year")
    url: WebAddress | None = optional("Where it can be read.", "web address")
    page: Text | None = optional("Page, table or paragraph.")
    retrieved: Date | None = optional("When it was read.", "date")
    licence: Text | None = optional("Licence of the figures.")
    reprint: Reprint | None = optional(
        "true where it is a blog, a mirror or another copy of what others published, or the address of "
        "what it copies.",
        "true or web address",
    )
    file_sha256: Sha256 | None = optional(
        "SHA-256 of the file that was read, in 64 hexadecimal digits, so that a changed one is noticed.",
        "64 hexadecimal digits",
    )
    review_by: Date | None = optional("When its figures should be looked at again.", "date")

    @property
    def where(self) -> str:
        """Where it can be read, and that it is a reprint where it is one; empty where no place is given."""
        return address(self.url, self.reprint)


def address(url: str | None, reprint: bool | str | None) -> str:
    """Where a source can be read, with the word for a copy of what somebody else published."""
    if not reprint:
        return str(url or "")
    copied = "a reprint" if reprint is True else f"a reprint of {reprint}"
    return f"{url} ({copied})" if url else copied


def _ratio(value: object) -> float | None:
    ratio = None if value is None else read_number(value)
    if isinstance(ratio, Expression):
        raise refusal(
            f"{shown(value)} is not a ratio", "write the number that was claimed, such as 4 or 3.68"
        )
    return ratio


ClaimedRatio = Annotated[
    float | None,
    PlainValidator(_ratio),
    WithJsonSchema({"type": ["number", "string", "null"], "pattern": WRITTEN_NUMBER}),
]


def _over(value: object) -> str:
    if isinstance(value, str) and re.fullmatch(r"all|public|council|cash|funder: *\S.*", value.strip()):
        return value.strip()
    hint = "write all, public, council, cash, or funder: and the stakeholder, such as funder:council"
    raise refusal(f"{shown(value)} says of nobody's money", hint)


Over = Annotated[
    str,
    PlainValidator(_over),
    WithJsonSchema({"type": "string", "pattern": r"^(?:all|public|council|cash|funder: *\S.*)$"}),
]
"""Whose money a claimed return is over."""


class Claim(Model):
    """A return that somebody stated in public: something to test, never a result."""

    says: Text = described("The words of the claim.")
    meaning: Literal["savings", "social_value", "unclear"] = described(
        "What the claim's pounds are.", "choice"
    )
    ratio: Reads[ClaimedRatio, float | str | None] = optional(
        "The claimed return on one pound.", "money per money"
    )
    over: Over | None = optional(
        "Whose pounds it is for: all inputs, public money, the council's, cash alone, or those of one funder "
        "(funder:NAME, a stakeholder or payer). It is compared with the return over the same.",
        "choice",
    )
    intervention: Slug | None = optional("Intervention that the claim is about.", "name")
    source: Slug | None = optional("Name of the source that carries it.", "name")
    note: Text | None = optional("What should be known about it.")

    @property
    def funder(self) -> str | None:
        """The stakeholder or payer whose money alone it is over; None of any other."""
        named = (self.over or "").partition(":")[2].strip()
        return named or None


def _rank(value: object) -> float:
    rank = read_number(value)
    if not isinstance(rank, float) or not -1 <= rank <= 1:
        raise refusal(f"{shown(value)} is not a rank correlation", "write a number from -1 to 1")
    return rank


def _pair(value: object) -> object:
    if isinstance(value, (list, tuple)) and len(value) == 2:
        return value
    raise refusal(
        "a correlation is not between two assumptions",
        "write the names of two, such as [members, share_less_lonely]",
    )


Pair = Annotated[tuple[Identifier, Identifier], BeforeValidator(_pair)]
Rank = Annotated[
    float, PlainValidator(_rank), WithJsonSchema({"type": "number", "minimum": -1, "maximum": 1})
]


class Correlation(Model):
    """Rank correlation between two assumptions."""

    between: Reads[Pair, Sequence[str]] = described("The two assumptions.", "names")
    rank: Rank = described("Spearman's rank correlation.", "from -1 to 1")


class Waiver(Model):
    """A finding that a named person accepts, and why: kept on record for the checks to come."""

    rule: Text = described("Identifier of the rule.", "name")
    object: Text = described("What it is waived for: the path of an outcome, input or assumption.", "path")
    reason: Text = described("Why it is accepted.")
    person: Text = described("Who accepts it.")
    date: Date = described("When it was accepted.", "date")
    expiry: Date = described("Until when it is accepted.", "date")
