"""Interventions in places: an operand for each, those that cannot be read with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sroi.comparing.beside import Operand
from sroi.comparing.line import why
from sroi.documents import load
from sroi.errors import SroiError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sroi.documents import Library
    from sroi.documents.loading import MethodChoice

ALL = ["all"]
"""Stands for every shipped intervention, or every place with a pack."""


def in_places(
    interventions: Sequence[str],
    places: Sequence[str],
    library: Library,
    *,
    values: Mapping[str, Any] | None = None,
    method: MethodChoice | None = None,
) -> list[Operand]:
    """Each intervention in each place, as :func:`sroi.load` reads it.

    Parameters
    ----------
    interventions, places : sequence of str
        Names, each once; ``["all"]`` for all that are shipped.
    library : Library
    values, method
        As :func:`sroi.load` takes them.
    """
    if list(interventions) == ALL:
        interventions = list(library.interventions())
    if list(places) == ALL:
        places = [each.name for each in library.places() if not each.nation]
    found = []
    for intervention in dict.fromkeys(interventions):
        for place in dict.fromkeys(places):
            name = intervention if len(places) == 1 else f"{intervention} in {place}"
            try:
                study = load(intervention, place=place, values=values, method=method, packs=library)
                found.append(Operand(name, study, "", place))
            except SroiError as error:
                found.append(Operand(name, None, why(error), place))
    return found
