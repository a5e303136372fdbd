"""A notebook in percent format: open it in Jupyter, VS Code or Spyder, or run it with ``python notebook.py`` in this folder."""
# ruff: noqa: INP001

# %% [markdown]
# # Local Area Coordination in Derby
# The shipped model, with the numbers that Derby's pack gives it.

# %%
import pandas as pd

import sroi

study = sroi.load("local-area-coordination", borough="derby")
derby = sroi.evaluate(study)
print(derby)

# %% [markdown]
# Which outcomes carry the result?

# %%
largest = derby.value_map.set_index("outcome")["present_value"].sort_values(key=abs, ascending=False)
print((largest / derby.present_value).head(3).map("{:.1%}".format))

# %% [markdown]
# How did one of them come about? Every number is followed by its source, its range and the line it was written in.

# %%
print(derby.explain("tenancies_kept"))

# %% [markdown]
# What if the weakest numbers were other ones? Each end of their own ranges, one at a time.

# %%
rows = []
for name in ("people_introduced", "points_gained", "wellbeing_years", "total_cost"):
    estimate = study.assumptions[name]
    for end in ("low", "high"):
        value = getattr(estimate, end)
        changed = sroi.vary(study, {f"assumptions.{name}.value": value})
        rows.append({"assumption": name, "end": end, "ratio": sroi.evaluate(changed).social_return_ratio})
ends = pd.DataFrame(rows).pivot_table(index="assumption", columns="end", values="ratio")
print(ends[["low", "high"]].round(2))

# %% [markdown]
# And the same evidence under other conventions.

# %%
for profile in ("default", "svi-guide", "green-book"):
    print(f"{profile:<12} {sroi.evaluate(study.with_method(profile)).social_return_ratio:.3f}")
