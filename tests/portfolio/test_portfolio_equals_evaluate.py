"""Random studies as tables: every programme of a portfolio is what `evaluate` gives of its study."""

import frames
import pytest
from helpers import study_of
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from strategies import documents, methods

import sroi
import sroi.portfolio


@st.composite
def portfolios(draw):
    """Studies of one method, price year and first year."""
    method = draw(methods())
    found = draw(st.lists(documents(method), min_size=1, max_size=3))
    same = {name: found[0][name] for name in ("price_year", "first_year")}
    period = draw(st.one_of(st.none(), st.integers(1, 20))) if "horizon" not in method else None
    more = {"appraisal_period": period} if period is not None else {}
    return [study_of({**each, **same, **more}) for each in found]


def close(one, other, gross):
    return one == pytest.approx(other, rel=1e-9, abs=1e-9 * gross)


@pytest.mark.parametrize("table", frames.engines())
@given(portfolios())
@settings(
    max_examples=10, deadline=None, phases=[Phase.generate]
)  # an engine plans for seconds: no shrinking
def test_each_programme_is_what_evaluate_gives(table, studies):
    named = {f"programme {at}": study for at, study in enumerate(studies)}
    tables = sroi.portfolio.from_studies(named)
    first = studies[0]
    found = sroi.portfolio.evaluate(
        table(tables.outcomes),
        table(tables.inputs),
        method=first.method,
        first_year=first.first_year,
    )
    rows = {row["programme"]: row for row in frames.rows_of(found)}
    assert rows.keys() == named.keys()
    for name, study in named.items():
        result, row = sroi.evaluate(study), rows[name]
        gross = sum(abs(each) for entry in result.outcomes for each in entry.by_year_pv or ()) or 1.0
        assert close(row["present_value"], result.present_value, gross)
        assert close(row["investment"], result.investment, 0)
        assert close(row["net_present_value"], result.net_present_value, gross + result.investment)
        assert close(row["social_return_ratio"], result.social_return_ratio, gross / result.investment)
        assert close(row["savings_ratio"], result.savings_ratio, gross / result.investment)
