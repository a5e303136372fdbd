"""Styles, language and settings of a Word document, whoever made its template."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from sroi.extras import needed
from sroi.reports.paging import STYLES, Type

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGE = "en-GB"

_TABLE = "ReportTable"
_DEFAULT = Type(11, 0, 8, 1.15)
_AFTER_UPDATING = (
    *("hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids", "attachedSchema"),
    *("themeFontLang", "clrSchemeMapping", "doNotIncludeSubdocsInStats", "doNotAutoCompressPictures"),
    *("forceUpgrade", "captions", "readModeInkLockDown", "smartTagType", "shapeDefaults"),
    *("doNotEmbedSmartTags", "decimalSymbol", "listSeparator"),
)
"""What may stand behind the setting that updates fields, in the order of the format."""


def given_styles(document: Any, shipped: Any) -> dict[str, str]:
    """The identifier of each style by its name in our template; what lacks is given.

    A style is known by its name, for a Word in another language has its own identifiers. What is given takes
    its font from the document.
    """
    styles = {style.name.casefold(): style.style_id for style in document.styles}
    found = {}
    for ours in shipped.styles:
        if ours.style_id not in {*STYLES, _TABLE}:
            continue
        if ours.name.casefold() not in styles:
            element = deepcopy(ours.element)
            for fonts in element.xpath(".//w:rFonts"):
                fonts.getparent().remove(fonts)
            document.styles.element.append(element)
            styles[ours.name.casefold()] = ours.style_id
        found[ours.style_id] = styles[ours.name.casefold()]
    return found


def types(document: Any, named: dict[str, str]) -> dict[str, Type]:
    """How each style is set in the document."""
    by_id = {style.style_id: style for style in document.styles}
    return {ours: _type(by_id[theirs]) for ours, theirs in named.items() if ours != _TABLE}


def _type(style: Any) -> Type:
    chain = list(_chain(style))

    def first(values: Iterator[Any], otherwise: float) -> float:
        return next((value for value in values if value is not None), otherwise)

    formats = [each.paragraph_format for each in chain]
    sizes = (each.font.size and each.font.size.pt for each in chain)
    size = first(sizes, _DEFAULT.size)
    line = first((each.line_spacing for each in formats), _DEFAULT.line)
    return Type(
        size,
        first((each.space_before and each.space_before.pt for each in formats), 0.0),
        first(
            (None if each.space_after is None else each.space_after.pt for each in formats), _DEFAULT.after
        ),
        line if line < 10 else line / 12700 / size,
    )


def _chain(style: Any) -> Iterator[Any]:
    while style is not None:
        yield style
        style = style.base_style


def in_english(document: Any) -> None:
    """Say that the text is British English, so that a checker and a screen reader take it for that."""
    qn = needed("docx.oxml.ns", "a Word report").qn
    element = document.styles.element
    for run in element.xpath("w:docDefaults/w:rPrDefault/w:rPr"):
        for language in run.findall(qn("w:lang")):
            run.remove(language)
        language = run.makeelement(qn("w:lang"), {qn("w:val"): LANGUAGE, qn("w:eastAsia"): LANGUAGE})
        run.append(language)
    for language in element.xpath("w:style//w:lang"):
        language.getparent().remove(language)


def updating(document: Any) -> None:
    """Have Word count the pages of the contents again when it opens the document."""
    qn = needed("docx.oxml.ns", "a Word report").qn
    settings = document.settings.element
    if settings.find(qn("w:updateFields")) is not None:
        return
    update = settings.makeelement(qn("w:updateFields"), {qn("w:val"): "true"})
    behind = {qn(f"w:{name}") for name in _AFTER_UPDATING} | {qn("m:mathPr")}
    place = next((place for place, each in enumerate(settings) if each.tag in behind), len(settings))
    settings.insert(place, update)
