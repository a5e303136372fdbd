"""A study with the sliders of its page at some positions, by the engine."""

import sroi
from sroi.reports.live import live_model
from sroi.reports.sliders import RATE


def model_of(study):
    """What the study's page calculates with."""
    return live_model(sroi.evaluate(study), sroi.sensitivity(study))


def at(study, sliders, positions):
    """The engine's own answer with sliders at some positions."""
    pairs = zip(sliders, positions, strict=True)
    values = {
        slider.path: slider.positions[position][0] for slider, position in pairs if position != slider.base
    }
    rate = values.pop(RATE, None)
    method = None if rate is None else {"profile": study.method, "discount_rate": rate}
    return sroi.evaluate(sroi.change(study, values, method=method))
