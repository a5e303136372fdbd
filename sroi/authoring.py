"""Starting files for those who write studies and packs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sroi import formatting
from sroi.documents.packs import in_full
from sroi.dumping import yaml_text
from sroi.errors import DocumentError
from sroi.names import slug
from sroi.text import HALVES
from sroi.version import VERSION

if TYPE_CHECKING:
    from sroi.documents import Library

_ANY_WIDTH = 1_000_000

SCHEMA_LINE = "# yaml-language-server: $schema={schema}\n"

_STUDY = """{schema}# A study of social return on investment: `sroi evaluate {file}` says what is missing.
# null means not assessed.
sroi: 1
id: {name}
title: {title}
kind: forecast                        # forecast | evaluation
# place: derby                        # the place whose pack's names the numbers below may use
# intervention: local-area-coordination   # build on a shipped intervention
currency: GBP
price_year: {year}                      # every result is in prices of this year: 2024, or "2024-25"
first_year: {year}                      # calendar year of year 0, the first spending year
method: default

purpose: What the study is for, and for whom.

assumptions:                          # named once, used by name anywhere a number may stand
  participants: {{value: 100, low: 80, high: 120, rationale: "assumption: replace by a count"}}

stakeholders:
  participants: {{title: People who take part, party: participant}}
  council: {{title: The council, party: state, payer: council}}

inputs:                               # what is spent or given, by whom
  grant: {{stakeholder: council, kind: cash, value: null}}

outcomes:                             # what changes, for whom
  first_outcome:
    title: What changes, in words of those whom it happens to
    stakeholder: participants
    activity: What was done
    output: What that produced
    indicator: How the change is known
    quantity: participants * 50%      # how many change
    value: null                       # financial proxy: money per unit and benefit year
    starts: during                    # during | after | {{years_later: 2}}
    duration: 1                       # benefit years; 2.5 counts half of the third
    deadweight: null                  # share that would have happened anyway
    displacement: null                # share that was only moved from elsewhere; 0% wants a rationale
    attribution: null                 # share due to others
    drop_off: null                    # share lost from one benefit year to the next
    kind: wellbeing                   # wellbeing | resource | transfer | tax

sources:
  example-source: {{title: Title of a document, publisher: Who published it, year: {year}}}
"""

_PACK = """{schema}# What is assumed of a place. Give each number a source, or a rationale with low and high.
sroi: 1
pack: {name}                          # the name of this file without its ending
title: {title}
extends: england                      # the pack that this one builds on
# gss: E00000000                      # the place's GSS code

assumptions:
  population: {{value: null, unit: residents, source: example-source}}

interventions:                        # what this place assumes of an intervention
  local-area-coordination:
    assumptions:
      coordinators: {{value: 10, low: 5, high: 15, borrowed_from: derby, rationale: no local figure}}

sources:
  example-source: {{title: Title of a document, publisher: Who published it, year: {year}}}
"""


def starting_file(kind: Literal["study", "pack"], name: str, *, year: int) -> str:
    """A commented study or pack to begin from, which loads as it stands.

    Parameters
    ----------
    kind : {"study", "pack"}
        Which of the two.
    name : str
        Its name; made an identifier.
    year : int
        Year that stands in it as price year and first year.

    Notes
    -----
    Its first line tells editors to check it against the schema beside it, which ``sroi schema`` writes.
    """
    if HALVES.search(name):
        raise DocumentError(f"{name!r} is not UTF-8 text", "write it in UTF-8", file="name")
    line = SCHEMA_LINE.format(schema=f"{kind}.schema.json")
    identifier = slug(name)
    if not identifier:
        hint = "write letters and digits, such as lunch-club"
        raise DocumentError(f"{name!r} makes no name for a file", hint, file="name")
    title = " ".join(name.replace("-", " ").replace("_", " ").split())
    title = title if any(map(str.isupper, title.partition(" ")[0])) else title[:1].upper() + title[1:]
    pattern = _STUDY if kind == "study" else _PACK
    return pattern.format(
        schema=line, name=_scalar(identifier), title=_scalar(title), year=year, file=f"{identifier}.yaml"
    )


def full_pack(name: str, library: Library) -> str:
    """What a place's name stands for, written out as one pack: every number of it and of what it builds on.

    It reads as the place itself, each number still under the nation or the place that it is of.

    Raises
    ------
    NotFoundError
        If no place has that name.
    """
    chain = library.chain(name)
    own = chain[-1].pack
    below = formatting.listed(each.pack.title for each in chain[:-1])
    under = f" and of {below}" if below else ""
    above = f"""# {own.title}: every number of it{under}, as sroi {VERSION} has them.
# Each names its source; publisher, year and licence stand under `sources`. Change what you know better, and
# say where it is from.
# To use it: sroi evaluate local-area-coordination --packs . --place {own.pack}
"""
    return (
        SCHEMA_LINE.format(schema="pack.schema.json")
        + above
        + yaml_text(in_full([each.text for each in chain]))
    )


def _scalar(text: str) -> str:
    """A text as YAML reads it back: in quotes where it would be anything but a text."""
    return yaml_text(text, width=_ANY_WIDTH).removesuffix("\n").removesuffix("\n...")
