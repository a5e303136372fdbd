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
    varied = sroi.vary(study, values) if values else study
    if rate is not None:
        varied = varied.with_method(
            varied.method.model_copy(update={"discount_schedule": None, "discount_rate": rate})
        )
    return sroi.evaluate(varied)
