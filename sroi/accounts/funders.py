"""How the value is shared between those who put something in, where several do."""

from __future__ import annotations

import math
from numbers import Real
from typing import TYPE_CHECKING

from sroi import formulas
from sroi.accounts.ratios import finite
from sroi.errors import DocumentError, Problem, instead
from sroi.quantities import shown
from sroi.results.ledger_parts import FunderShare
from sroi.tolerance import TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sroi.results import Evaluation


UNATTRIBUTED = "unattributed"


def funder_shares(
    evaluation: Evaluation, shares: Mapping[str, float] | None = None
) -> tuple[FunderShare, ...]:
    """The value shared between funders.

    Parameters
    ----------
    evaluation : Evaluation
    shares : mapping of stakeholder to share, optional
        Explicit shares from 0 to 1 that together are at most 1; what they leave is unattributed. Where
        omitted each funder has the share of the inputs that it gives, and all have the same ratio.

    Raises
    ------
    DocumentError
        If a share is outside 0–1, if they pass 100% together, or if one is of nobody among the
        stakeholders.
    """
    given: dict[str, float] = {}
    for row in evaluation.inputs:
        given[row.stakeholder] = given.get(row.stakeholder, 0.0) + row.present_value
    if shares is None:
        taken = {name: spent / evaluation.investment for name, spent in given.items()}
    else:
        _check(shares, evaluation)
        taken = {name: float(share) for name, share in shares.items()}
    rest = 1.0 - math.fsum(taken.values())
    found = [_share(name, share, given.get(name, 0.0), evaluation) for name, share in taken.items()]
    if shares is not None:
        left = math.fsum(spent for name, spent in given.items() if name not in taken)
        found.append(_share(UNATTRIBUTED, max(rest, 0.0), left, evaluation))
    return tuple(found)


def _share(name: str, share: float, spent: float, evaluation: Evaluation) -> FunderShare:
    value = formulas.claimed(evaluation.present_value, share)
    return FunderShare(
        name, share, spent, value, finite(formulas.social_return_ratio(value, spent)) if spent > 0 else None
    )


def _check(shares: Mapping[str, float], evaluation: Evaluation) -> None:
    stakeholders = evaluation.study.stakeholders
    problems = [
        Problem(f"there is no stakeholder {shown(name)}", instead(name, stakeholders), f"shares.{name}")
        for name in shares
        if name not in stakeholders
    ]
    problems += [
        Problem(
            f"{shown(share)} is not a share from 0 to 1", "write a share such as 30% or 0.3", f"shares.{name}"
        )
        for name, share in shares.items()
        if isinstance(share, bool) or not isinstance(share, Real) or not 0 <= share <= 1
    ]
    whole = 0.0 if problems else math.fsum(shares.values())
    if whole > 1 + TOLERANCE:
        problems.append(
            Problem(
                f"the shares of the funders add up to {100 * whole:.6g}%",
                "lower them: together they may claim at most 100%",
                "shares",
            )
        )
    if problems:
        raise DocumentError(problems)
