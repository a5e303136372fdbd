"""Many programmes at once: tables of outcomes and inputs on any dataframe engine."""

from sroi.extras import needed

needed("narwhals", "a portfolio", extra="portfolio")

from sroi.portfolio.checking import Checked, check  # noqa: E402 - after the guard
from sroi.portfolio.engine import evaluate  # noqa: E402 - after the guard
from sroi.portfolio.quantities import Counted, from_quantities  # noqa: E402 - after the guard
from sroi.portfolio.studies import Tables, from_studies  # noqa: E402 - after the guard

__all__ = ["Checked", "Counted", "Tables", "check", "evaluate", "from_quantities", "from_studies"]
