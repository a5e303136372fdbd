"""What stands above and below the rows of a Value Map: titles with a value beside them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """Words with a value beside them, above or below the rows of the map."""

    key: str
    title: str
    synonyms: tuple[str, ...] = ()


FACTS: tuple[Label, ...] = (
    Label("title", "Study", ("name", "project", "programme", "organisation", "title", "name of study")),
    Label("id", "Study name in the file"),
    Label(
        "kind", "Forecast or evaluation", ("forecast evaluation", "type of sroi", "kind", "type of analysis")
    ),
    Label("currency", "Currency"),
    Label("price_year", "Price year", ("prices of", "base year")),
    Label("first_year", "First year", ("calendar year of year 0", "start year", "year 0")),
    Label("purpose", "Purpose", ("objectives", "objective", "objective of activity")),
    Label("audience", "Audience"),
    Label("scope", "Scope", ("activity", "scope of study")),
    Label("status", "Status"),
    Label("author", "Author", ("prepared by",)),
    Label("date", "Date"),
    Label("profile", "Method", ("method profile",)),
    Label("discount_rate", "Discount rate", ("discount rate %", "rate of discount")),
    Label("discount_schedule", "Discount schedule"),
    Label("timing", "Flows of a year fall at its"),
    Label("input_timing", "Inputs of a year fall at its"),
    Label("discount_inputs", "Inputs are discounted"),
    Label("discount_from", "Discounted from"),
    Label("deductions", "Deductions are"),
    Label("drop_off_from", "Drop-off from the"),
    Label("drop_off_shape", "Shape of drop-off"),
    Label("part_years", "Part years count"),
    Label("deflator", "Deflator"),
    Label("horizon", "Horizon"),
    Label("transfers", "Transfers are"),
)
"""What stands above the rows of the map about the whole study."""

TOTALS: tuple[Label, ...] = (
    Label("total", "Total", ("totals", "sum", "grand total")),
    Label(
        "by_year_pv",
        "Present value of each year",
        ("present value", "present value of each year after discounting", "pv of each year"),
    ),
    Label(
        "present_value",
        "Total present value (PV)",
        ("total present value", "total pv", "total present value pv"),
    ),
    Label(
        "investment",
        "Total investment",
        ("total inputs", "total value of inputs", "investment", "total invested"),
    ),
    Label(
        "net_present_value",
        "Net present value (PV minus the investment)",
        ("net present value", "npv", "net present value npv"),
    ),
    Label(
        "social_return_ratio",
        "Social return: value per amount invested",
        (
            "social return",
            "sroi ratio",
            "value per amount invested",
            "social return value per amount invested",
            "sroi",
            "social return on investment",
        ),
    ),
    Label("net_ratio", "Net ratio", ("net sroi", "net social return")),
)
"""What stands below the rows of the map, with its figure in the same column as the title or to its right."""
