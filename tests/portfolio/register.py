"""A register as holders keep them, made up: ten programmes that can be counted, and a fault of each kind."""

OUTCOME = {
    "place": "Northton",
    "outcome": "less_lonely",
    "stakeholder": "members",
    "cohort": 0,
    "quantity": 40,
    "value": 1_000,
    "deadweight": 0.3,
    "displacement": 0.1,
    "attribution": 0.2,
    "drop_off": 0.5,
    "duration": 2,
    "starts": 0,
    "kind": "wellbeing",
    "payer": None,
    "price_year": 2024,
    "currency": "GBP",
    "drop_off_from": None,
}
INPUT = {
    "place": "Northton",
    "year": 0,
    "amount": 20_000,
    "funder": "council",
    "kind": "cash",
    "currency": "GBP",
    "prices": "real",
}
RIGHT = [f"right {at}" for at in range(10)]
FAULTS = {
    "percent as whole number": ({"deadweight": 35}, ("deadweight", "percent_as_whole_number", "35")),
    "a percentage and a half": ({"attribution": 1.5}, ("attribution", "percent_as_whole_number", "1.5")),
    "costs in words": ({"value": "costs £10"}, ("value", "text_in_number", "costs £10")),
    "thousands separator": ({"quantity": "1,200"}, ("quantity", "text_in_number", "1,200")),
    "impossible attribution": ({"attribution": 350_000}, ("attribution", "impossible_share", "350000")),
    "percentage above all": ({"drop_off": "35000000%"}, ("drop_off", "impossible_share", "35000000%")),
    "negative share": ({"displacement": -0.2}, ("displacement", "share_below_zero", "-0.2")),
    "no deadweight": ({"deadweight": None}, ("deadweight", "missing", "")),
    "no value": ({"value": " "}, ("value", "missing", "")),
    "no duration": ({"duration": None}, ("duration", "missing", "")),
    "duration of nothing": ({"duration": 0}, ("duration", "out_of_bounds", "0")),
    "endless": ({"duration": 126}, ("duration", "out_of_bounds", "126")),
    "half a cohort": ({"cohort": 0.5}, ("cohort", "out_of_bounds", "0.5")),
    "before it starts": ({"starts": -1}, ("starts", "out_of_bounds", "-1")),
    "kind that is none": ({"kind": "wellness"}, ("kind", "unknown_word", "wellness")),
    "currency in words": ({"currency": "Euro"}, ("currency", "currency_in_words", "Euro")),
    "year that is none": ({"price_year": "23/24"}, ("price_year", "price_year", "23/24")),
    "drop-off from nowhere": (
        {"drop_off_from": "third_year"},
        ("drop_off_from", "unknown_word", "third_year"),
    ),
}
"""What is wrong with the outcome of a programme, and the column, rule and what is found."""

INPUT_FAULTS = {
    "amount in words": ({"amount": "about 5k"}, ("amount", "text_in_number", "about 5k")),
    "no amount": ({"amount": None}, ("amount", "missing", "")),
    "year as a date": ({"year": 2024}, ("year", "out_of_bounds", "2024")),
    "prices that are none": ({"prices": "current"}, ("prices", "unknown_word", "current")),
}


def rows():
    """Outcomes and inputs."""
    outcomes = [{"programme": name, **OUTCOME} for name in RIGHT]
    outcomes += [{"programme": name, **OUTCOME, **wrong} for name, (wrong, _) in FAULTS.items()]
    outcomes += [
        {"programme": name, **OUTCOME} for name in (*INPUT_FAULTS, "twice", "twice", "nothing put in")
    ]
    inputs = [{"programme": name, **INPUT} for name in (*RIGHT, *FAULTS, "twice", "nothing comes out")]
    inputs += [{"programme": name, **INPUT, **wrong} for name, (wrong, _) in INPUT_FAULTS.items()]
    return outcomes, inputs


def expected():
    """Every fault: table, programme, column, rule and what was found."""
    found = {("outcomes", name, *fault) for name, (_, fault) in FAULTS.items()}
    found |= {("inputs", name, *fault) for name, (_, fault) in INPUT_FAULTS.items()}
    found |= {("outcomes", name, "programme", "incomplete_inputs", name) for name in INPUT_FAULTS}
    found |= {
        ("inputs", name, "programme", "no_outcomes", name) for name in (*FAULTS, "twice", "nothing comes out")
    }
    found.add(("outcomes", "nothing put in", "programme", "no_inputs", "nothing put in"))
    found.add(("outcomes", "twice", "outcome", "duplicate_key", "less_lonely"))
    return found
