"""A chart that a notebook shows as a picture, which asks no network for anything."""

from __future__ import annotations

from typing import Any

import altair as alt


class LayerChart(alt.LayerChart):
    """Altair's chart of layers, drawn where it is shown.

    Altair's default is a page that loads Vega from the web. A renderer that was chosen, as by
    ``altair.renderers.enable("mimetype")``, is used as it is.
    """

    def _repr_mimebundle_(self, *args: Any, **options: Any) -> Any:
        if alt.renderers.active != "default":
            return super()._repr_mimebundle_(*args, **options)
        with alt.renderers.enable("svg"):
            return super()._repr_mimebundle_(*args, **options)
