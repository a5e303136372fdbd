"""A notebook in percent format: open it in Jupyter or VS Code, or run it here: ``python notebook.py``."""
# ruff: noqa: INP001

# %% [markdown]
# # Local Area Coordination in Derby
# The shipped model, with the numbers that Derby's pack gives it.

# %%
import sroi

study = sroi.load("local-area-coordination", place="derby")
derby = sroi.evaluate(study)
print(derby)

# %% [markdown]
# Which outcomes carry the result?

# %%
largest = derby.value_map.set_index("outcome")["present_value"].sort_values(key=abs, ascending=False)
print((largest / derby.present_value).head(3).map("{:.1%}".format))

# %% [markdown]
# How did one of them come about? Every number is followed by its source, its range and the line it was
# written in.

# %%
print(derby.explain("tenancies_kept"))

# %% [markdown]
# How sure is it? Every number with a range is drawn at once, 10,000 times.

# %%
print(sroi.simulate(study).statement)

# %% [markdown]
# Which numbers move it most, each between the ends of its own range?

# %%
print(
    sroi.sensitivity(study)
    .to_frame()
    .set_index("number")[["low", "high", "at_low", "at_high"]]
    .head(4)
    .round(2)
)

# %% [markdown]
# What would one have to believe for the ratio that was announced?

# %%
print(sroi.what_it_takes(study, "derby-2016-headline").statement)

# %% [markdown]
# And the same evidence under other conventions.

# %%
for profile in ("default", "svi-guide", "green-book"):
    print(f"{profile:<12} {sroi.evaluate(sroi.change(study, method=profile)).social_return_ratio:.3f}")
