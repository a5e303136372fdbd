"""The source of docs/tutorial-notebook.ipynb, in percent format; ``python -m docs.generate notebook``."""
# ruff: noqa: INP001, B018

# %% [markdown]
# # A study in a notebook
# Build a study, evaluate it, change it in a loop, set three places beside each other, draw, and export. The
# numbers are those of the lunch club that the other pages of the documentation use: an example, and no
# evidence of anything.

# %%
import pandas as pd

import sroi
from sroi import charts

# %% [markdown]
# ## Build
# A number is a number, a percentage, an expression over named assumptions, or an `Estimate` with its range
# and its source. A cell that is empty is not stated.

# %%
assumptions = pd.DataFrame(
    {
        "assumption": ["members", "share_less_lonely", "points_gained", "wellby"],
        "value": [120, 0.35, 0.3, 13_000],
        "low": [None, 0.2, 0.1, 10_000],
        "high": [None, 0.5, 0.5, 16_000],
        "price_year": [None, None, None, 2019],
        "source": [None, "survey-2024", None, "hmt-wellbeing-2021"],
        "rationale": ["counted", "n=48, no comparison group", "assumed; no before-and-after measure", None],
    }
)
inputs = pd.DataFrame(
    {
        "input": ["grant", "grant", "cooking"],
        "year": [0, 1, None],
        "stakeholder": ["council", None, "volunteers"],
        "kind": ["cash", None, "volunteer_time"],
        "value": [60_000, 40_000, "600 * 12.21"],
        "years": [None, None, 2],
    }
)
outcomes = pd.DataFrame(
    {
        "outcome": ["less_lonely", "fewer_gp_visits"],
        "stakeholder": ["members", "nhs"],
        "quantity": ["members * share_less_lonely", 90],
        "value": ["points_gained * wellby", 48],
        "value_price_year": [None, "2024-25"],
        "value_source": [None, "pssru-2025"],
        "starts": "during",
        "duration": [3, 1],
        "deadweight": [sroi.Estimate(value="30%", low="15%", high="50%", rationale="assumed"), "50%"],
        "displacement": 0,
        "attribution": ["20%", "10%"],
        "drop_off": ["40%", 0],
        "kind": ["wellbeing", "resource"],
    }
)
study = sroi.Study.from_frames(
    outcomes,
    inputs,
    assumptions=assumptions,
    stakeholders={
        "members": {"title": "Lunch club members", "party": "participant", "size": 120},
        "council": {"title": "The council", "party": "state", "payer": "council"},
        "nhs": {"title": "The local NHS", "party": "state", "payer": "nhs"},
        "volunteers": {"title": "Volunteers", "party": "volunteer"},
    },
    sources={
        "survey-2024": {"title": "Members' survey", "publisher": "The club", "year": 2024},
        "hmt-wellbeing-2021": {"title": "Wellbeing guidance for appraisal", "publisher": "HM Treasury"},
        "pssru-2025": {"title": "Unit costs of health and social care 2025"},
    },
    id="lunch-club",
    title="Community lunch club",
    kind="forecast",
    currency="GBP",
    price_year=2024,
    first_year=2024,
)
study

# %% [markdown]
# What is wrong is told at its row and column, with what to write instead.

# %%
try:
    sroi.Study.from_frames(outcomes.rename(columns={"deadweight": "deadwait"}), inputs)
except sroi.SroiError as error:
    print(error)

# %% [markdown]
# ## Evaluate

# %%
result = sroi.evaluate(study)
print(result.statement)

# %%
result.value_map.set_index("outcome")[["quantity", "value", "impact", "present_value"]].round(1)

# %% [markdown]
# ## Change in a loop
# `sroi.change` gives a changed copy; the study itself stays as it is.

# %%
rows = []
for members in (60, 90, 120, 150):
    for deadweight in ("20%", "30%", "40%"):
        changed = sroi.change(study, {"members": members, "outcomes.less_lonely.deadweight": deadweight})
        ratio = sroi.evaluate(changed).social_return_ratio
        rows.append({"members": members, "deadweight": deadweight, "ratio": ratio})
pd.DataFrame(rows).pivot_table(index="members", columns="deadweight", values="ratio").round(2)

# %% [markdown]
# ## Three places in one frame
# A shipped intervention, with what each place's pack assumes of it.

# %%
places = ("derby", "haringey", "leeds")
by_place = {place: sroi.evaluate(sroi.load("local-area-coordination", place=place)) for place in places}
pd.DataFrame(
    [
        {
            "place": place,
            "ratio": each.social_return_ratio,
            "net present value": each.net_present_value,
            "investment": each.investment,
        }
        for place, each in by_place.items()
    ]
).set_index("place").round(2)

# %% [markdown]
# ## Draw
# How sure the ratio is, with every range drawn at once; and which number moves it most.

# %%
simulation = sroi.simulate(study, draws=2_000)
print(simulation.statement)

# %%
charts.distribution(simulation)

# %%
charts.tornado(sroi.sensitivity(study))

# %% [markdown]
# ## Export
# A report for people, YAML with comments for whoever goes on with it, and frames for a spreadsheet. All of it
# reads as the same study again.

# %%
sroi.report(study, "lunch-club-report.md")
sroi.dump(study, "lunch-club-from-frames.yaml")
frames = study.to_frames(long=True)
frames["inputs"].to_csv("inputs.csv", index=False)
assert sroi.load("lunch-club-from-frames.yaml") == study
assert sroi.Study.from_frames(**frames) == study
print("".join(study.to_yaml().splitlines(keepends=True)[:12]))
