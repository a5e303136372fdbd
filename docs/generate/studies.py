"""Studies of very different sizes, to show first screens of; the smallest and the largest are made here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import sroi
from docs.generate.results import club, shipped

if TYPE_CHECKING:
    from collections.abc import Callable

_LONG = (
    "People who have been on their own for a long while come to know others in their street and call on"
    " each other, group"
)


def one_outcome() -> sroi.Study:
    """As small as a study can be: one input, one outcome, no range."""
    return _study("one-outcome", "Study of one outcome", {"change": _outcome("People are less lonely", 10)})


def forty_outcomes() -> sroi.Study:
    """Forty outcomes with long titles, each with a range."""
    outcomes = {f"outcome_{at}": _outcome(f"{_LONG} {at}", at, ranged=True) for at in range(1, 41)}
    title = "A programme whose title goes on for longer than anybody would want to read it out in a meeting"
    return _study("forty-outcomes", title, outcomes)


def _outcome(title: str, quantity: int, *, ranged: bool = False) -> dict[str, Any]:
    fields = ("deadweight", "displacement", "attribution", "drop_off")
    value = {"value": 200, "low": 10, "high": 900} if ranged else 200
    rest = {"stakeholder": "people", "kind": "wellbeing", "starts": "during", "duration": 1}
    return {"title": title, "quantity": quantity, "value": value, **rest, **dict.fromkeys(fields, 0)}


def _study(name: str, title: str, outcomes: dict[str, Any]) -> sroi.Study:
    people = {"title": "People", "party": "participant"}
    council = {"title": "Council", "party": "state", "payer": "council"}
    identity = {"sroi": 1, "id": name, "title": title, "kind": "forecast"}
    prices = {"currency": "GBP", "price_year": 2024, "first_year": 2024}
    grant = {"stakeholder": "council", "kind": "cash", "value": 1000 * len(outcomes)}
    whole = {
        **identity,
        **prices,
        "stakeholders": {"people": people, "council": council},
        "inputs": {"grant": grant},
        "outcomes": outcomes,
    }
    return sroi.loads(json.dumps(whole))


STUDIES: dict[str, tuple[str, Callable[[], sroi.Study]]] = {
    "derby": ("Local Area Coordination in Derby", shipped),
    "haringey": ("Local Area Coordination in Haringey", lambda: shipped("haringey")),
    "lunch-club": ("The lunch club of the tutorial", club),
    "one-outcome": ("One outcome", one_outcome),
    "forty-outcomes": ("Forty outcomes with long titles", forty_outcomes),
}
"""What each study is called, and what makes it."""
