"""Words that are the same in every report, and formulas in the words of the method that was used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sroi.method import MethodProfile

LIMITATIONS: tuple[tuple[str, str], ...] = (
    (
        "The range holds the ranges of the study",
        (
            "Numbers without a range do not vary, and numbers that go together are drawn apart unless the study says how they are correlated, which "
            "makes the range too narrow. Effects that may not exist, outcomes that nobody looked for and other conventions are not in it."
        ),
    ),
    (
        "A probability is of the model",
        "It speaks of these ranges on this map, not of how often such programmes pay.",
    ),
    (
        "It is no better than its evidence",
        "The arithmetic is checked. The numbers are the study's own, and those without a source are listed.",
    ),
    (
        "Wellbeing is not money saved",
        "What a budget holder could take out is only what the study says is cashable; where nobody said, it is nothing.",
    ),
    (
        "No double counting is found by the arithmetic",
        (
            "A year of life satisfaction has everything in it that a person's wellbeing has. A price for loneliness or confidence of the same "
            "people, beside it, counts twice."
        ),
    ),
    (
        "Ratios of different studies do not compare",
        (
            "They can be compared only under one method, one scope and one perspective. Of programmes together, divide the sum of present "
            "values by the sum of investments."
        ),
    ),
    ("No weights, no bias", "No distributional weights are applied, and no correction for optimism bias."),
)

GLOSSARY: tuple[tuple[str, str], ...] = (
    ("Attribution", "The share of a change that is due to others."),
    ("Benefit year", "A year in which an outcome is worth something, counted from the first."),
    ("Cashable", "The share of a saving that a budget holder could actually take out."),
    ("Cohort", "The people, or units, who begin in one year."),
    ("Deadweight", "The share of a change that would have happened anyway."),
    ("Discounting", "Counting a later sum for less than the same sum now."),
    ("Displacement", "The share of a change that was only moved from elsewhere."),
    ("Drop-off", "The share of an outcome that is lost from one benefit year to the next."),
    ("Financial proxy", "The money that stands for one unit of a change in one benefit year."),
    ("Impact", "What is left of quantity × proxy after deadweight, displacement and attribution."),
    ("Input", "What is spent or given to bring the changes about."),
    ("Net present value", "Present value of the outcomes less that of the inputs."),
    ("Outcome", "What changes for somebody, for the better or for the worse."),
    ("Payback", "The time from which what was gained so far is never again less than what was put in."),
    (
        "Present value",
        "What flows of several years are worth in year 0, discounted and in the prices of one year.",
    ),
    ("Price year", "The year whose prices a sum of money is in."),
    (
        "Range",
        "From the low to the high that a number is thought to lie between; of a result, the middle eight draws out of ten.",
    ),
    ("Social return ratio", "Present value of the outcomes for one unit of money put in."),
    ("Stakeholder", "A group or body that changes, gives or pays."),
    ("Switching value", "What one number would have to be for the verdict to turn, all others as they are."),
    ("Transfer", "Money that passes from one to another: one's gain is the other's loss."),
    ("Year 0", "The first year in which anything is spent."),
)


def formulas_of(method: MethodProfile) -> tuple[tuple[str, str], ...]:
    """The formulas under one method, in the order in which they are worked."""
    kept = "1 − (deadweight + displacement + attribution)"
    if method.deductions == "multiplied":
        kept = "(1 − deadweight) × (1 − displacement) × (1 − attribution)"
    years = "k + 1" if method.drop_off_from == "first_year" else "k"
    left = (
        f"(1 − drop-off) to the power {years}"
        if method.drop_off_shape == "geometric"
        else f"1 − drop-off × ({years}), and never below 0"
    )
    part = (
        "the part of year k within the duration"
        if method.part_years == "pro_rata"
        else "1 for every year that the duration touches"
    )
    periods = {"start": "t", "mid": "t + ½", "end": "t + 1"}
    inputs = (
        f"discounted {periods[method.input_timing]} periods" if method.discount_inputs else "not discounted"
    )
    return (
        ("Share kept in benefit year k", kept),
        ("Impact", "quantity × financial proxy × share kept"),
        ("What drop-off leaves in benefit year k, counted from 0", left),
        ("Value of benefit year k", f"impact × what drop-off leaves × {part}"),
        (
            "Discount factor of year t",
            f"1 ÷ the product of (1 + rate) over {periods[method.timing]} periods, the rate of a year being that of the step into it",
        ),
        (
            "Present value of the outcomes",
            "sum of value × discount factor, over the outcomes in the total and all years",
        ),
        ("Investment", f"sum of all inputs, {inputs}"),
        ("Social return ratio", "present value of the outcomes ÷ investment"),
        ("Net present value", "present value of the outcomes − investment"),
    )
