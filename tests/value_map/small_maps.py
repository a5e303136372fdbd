"""A map of one grant and two outcomes, whose ratio is known."""

TITLES = ["Stakeholders", "Inputs", "Value of inputs", "Outcomes", "Quantity", "Duration", "Outcomes start"]
TITLES += ["Value", "Deadweight", "Displacement", "Attribution", "Drop-off", "Impact"]
OPTIONS = {"currency": "GBP", "price_year": 2024, "first_year": 2024, "kind": "evaluation"}
GRANT = ["Council", "Grant", 60_000]
FIRST = ["Members", None, None, "Less lonely", 100, 1, 1, 1_500, 0, 0, 0, 0, 150_000]
SECOND = ["Carers", None, None, "More rest", 50, 1, 1, 771, 0, 0, 0, 0, 38_550]
RATIO = (150_000 + 38_550) / 60_000


def ratio(found):
    return None if found.evaluation is None else found.evaluation.social_return_ratio
