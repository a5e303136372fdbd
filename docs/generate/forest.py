"""What the page of methods says of the synthesis: its tables, its forest plot, and one effect everywhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docs.generate.evidence import ROOT, Pooled, evidence, pooled
from docs.generate.markdown import table
from sroi.charts import theme
from sroi.charts.axes import channel, layer
from sroi.charts.figure import Figure
from sroi.reports.pictures import draw

if TYPE_CHECKING:
    from pathlib import Path

FOREST = ROOT / "docs" / "images" / "forest.svg"
ALL, NEW = "All together", "In a new setting"


def number(value: float, digits: int = 2) -> str:
    """A number with a minus sign that is one."""
    return f"{value:.{digits}f}".replace("-", "−")


def between(interval: tuple[float, float]) -> str:
    """An interval in words."""
    return f"{number(interval[0])} to {number(interval[1])}"


def synthesis(_: str) -> str:
    """Every study with what it gives and weighs, and the two lines beneath."""
    found, studies = pooled(), {each["id"]: each for each in evidence()["studies"]}
    rows = [
        (
            each.title,
            studies[each.id]["design"],
            studies[each.id]["measure"],
            f"{studies[each.id].get('share_with_contact', 1):.0%}",
            number(each.effect),
            between(each.interval),
            f"{each.weight:.0%}",
        )
        for each in found.rows
    ]
    rows += [
        (f"**{ALL}**", "", "", "", f"**{number(found.mean, 3)}**", f"**{between(found.interval)}**", "100%"),
        (f"**{NEW}**", "", "", "", "", f"**{between(found.prediction)}**", ""),
    ]
    return table(("Study", "Design", "Measured", "Had the contact", "Points", "95% interval", "Weight"), rows)


def heterogeneity(_: str) -> str:
    """What stands behind the pooled line."""
    found = pooled()
    seen = max(found.between**2 - found.carried**2, 0) ** 0.5
    above, works = f"{found.above_nothing:.0%}", f"{found.works:.0%}"
    freedom = "Student's t with {} degrees of freedom"
    plain = "the larger of the plain one and that of Hartung, Knapp, Sidik and Jonkman"
    library = f"standard deviation, Paule and Mandel; I² {found.i_squared:.0%}"
    mean, studies = found.mean, len(found.rows)
    rows = [
        ("Mean", number(mean, 3), "random effects"),
        ("Its standard error", number(found.error, 3), plain),
        ("Its 5th and 95th percentile", between(found.ninety), freedom.format(studies - 1)),
        ("Between settings, as seen among these studies", number(seen, 3), library),
        (
            "Between settings, as carried over",
            number(found.carried, 3),
            "standard deviation, from Siette et al.",
        ),
        ("95% prediction interval", between(found.prediction), freedom.format(studies - 2)),
        ("Chance that a new setting is above nothing", above, "as predicted; shown, not used"),
        ("Chance that linking does anything", works, "mean² / (mean² + variance between settings)"),
        ("Points where it does", number(mean / found.works, 3), "mean over that chance"),
    ]
    return table(("", "", "How"), rows)


def poolings(_: str) -> str:
    """Other poolings of the same evidence."""
    rows = [("**as in the packs**", *_line(pooled()))]
    rows += [(each["title"], *_line(pooled(each))) for each in evidence()["alternatives"]]
    return table(("Pooling", "Studies", "Points", "95% interval", "Chance that it does anything"), rows)


def _line(found: Pooled) -> tuple[str, ...]:
    chance = f"{found.works:.0%}" if found.mean > 0 else "none"
    return str(len(found.rows)), number(found.mean, 3), between(found.interval), chance


def left_out(_: str) -> str:
    """What is not in the pool, and why."""
    return "".join(f"- `{name}`: {why}\n" for name, why in evidence()["left_out"].items())


def forest() -> dict[Path, bytes]:
    """The forest plot."""
    found = pooled()
    drawn = draw(Figure("forest", "", "", "", lambda width: _forest(found, width)))
    drawn = re.sub(r'\bid="[^"]*"', "", drawn) if "url(#" not in drawn else drawn
    return {FOREST: "".join(f"{line.rstrip()}\n" for line in drawn.splitlines()).encode()}


def _forest(found: Pooled, _: float) -> tuple[list[dict[str, Any]], float]:
    studies = [
        {"study": each.title, "at": each.effect, "low": each.interval[0], "high": each.interval[1],
         "weight": each.weight, "said": f"{number(each.effect)} ({between(each.interval)})"}
        for each in found.rows
    ]  # fmt: skip
    beneath = [
        {"study": ALL, "low": found.interval[0], "high": found.interval[1], "at": found.mean,
         "said": f"{number(found.mean, 3)} ({between(found.interval)})"},
        {"study": NEW, "low": found.prediction[0], "high": found.prediction[1], "at": found.mean,
         "said": between(found.prediction)},
    ]  # fmt: skip
    order = [each["study"] for each in (*studies, *beneath)]
    y = channel(
        "study:N", sort=order, axis={"title": None, "labelLimit": 320, "ticks": False, "domain": False}
    )
    scale = {"domain": [-1.0, 2.1], "nice": False}
    axis = {
        "title": "life-satisfaction points for a person who has the contact",
        "values": [-1, -0.5, 0, 0.5, 1],
    }
    x = channel("low:Q", scale=scale, axis=axis)
    ends = {"y": y, "x": x, "x2": {"field": "high"}}
    point = {"y": y, "x": channel("at:Q", scale=scale)}
    size = channel("weight:Q", scale={"range": [20, 260]}, legend=None)
    words = {"y": y, "x": {"datum": 1.15}, "text": channel("said:N")}
    return [
        layer([{"low": 0}], "rule", {"x": x}, color=theme.RULE),
        layer(studies, "rule", ends, color=theme.MUTED),
        layer(studies, "square", {**point, "size": size}, color=theme.BLUE, opacity=1),
        layer(beneath, "bar", ends, color=theme.ORANGE, height=9),
        layer(beneath[:1], "square", point, color=theme.INK, size=50, opacity=1),
        layer([*studies, *beneath], "text", words, align="left", color=theme.INK),
    ], 26 * len(order)
