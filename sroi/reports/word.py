"""A report as a Word document, from the shipped template or a user's."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sroi.errors import DocumentError, Problem, instead
from sroi.extras import needed
from sroi.files import without_times
from sroi.inputs import content_of
from sroi.reports.blocks import Heading
from sroi.reports.paging import Paper, placed
from sroi.reports.pictures import png
from sroi.reports.printed import contents_at, contents_room, printed
from sroi.reports.wordml import Writer, escaped, plain
from sroi.reports.wordstyles import LANGUAGE, given_styles, in_english, types, updating
from sroi.text import unbroken
from sroi.workbooks import check_document

if TYPE_CHECKING:
    import os

    from sroi.reports.blocks import Block
    from sroi.reports.parts import Content

TEMPLATE = Path(__file__).parent / "templates" / "report.docx"

_BODIES = {"report", "appendices", "sections"}
_NAMES = {"title", "subtitle", "date", "answer", "statement", "headline", "contents", *_BODIES}
_MOST_BYTES = 20_000_000
_DATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the file format holds no zone


def document(content: Content, *, template: str | os.PathLike[str] | None = None) -> bytes:
    """The report as a Word document; the same content and template give the same bytes.

    Parameters
    ----------
    content : Content
    template : path, optional
        A Word file with tags in it, in place of the shipped one: ``{{ title }}``, ``{{ subtitle }}``, ``{{
        date }}``, ``{{ statement }}``, rows over ``headline``, and, each in its own paragraph, ``{{p answer
        }}``, ``{{p contents }}``, ``{{p report }}``, ``{{p appendices }}`` or one section as ``{{p
        sections["method"] }}``. Styles that it lacks are those of the shipped one.

    Raises
    ------
    DocumentError
        If the template is no Word file, if a tag cannot be read or is of a name that no report has, or if no
        tag takes in the report.
    """
    file = TEMPLATE if template is None else Path(template)
    whole = _opened(file)
    jinja2 = needed("jinja2", "a Word report")
    environment = needed("jinja2.sandbox", "a Word report").SandboxedEnvironment(
        autoescape=True, undefined=jinja2.StrictUndefined
    )
    what, hint = "is broken", "tags look like {{ title }} and {{p report }}"
    try:
        _check_tags(whole.get_undeclared_template_variables(environment), file)
        what, hint = "cannot be filled", "the shipped template shows what each tag looks like"
        whole.render(_context(whole, content, own=template is not None), environment)
    except jinja2.TemplateError as error:
        raise _refused(file, f"a tag of the template {what}: {error}", hint) from None
    properties = whole.docx.core_properties
    properties.title, properties.subject = plain(content.title)[:255], plain(content.subtitle)[:255]
    properties.author = plain(content.study.author or "")[:255]
    properties.created = properties.modified = _DATED
    properties.last_modified_by, properties.revision, properties.language = "", 1, LANGUAGE
    in_english(whole.docx)
    updating(whole.docx)
    written = io.BytesIO()
    whole.save(written)
    return without_times(written.getvalue())


def _opened(file: Path) -> Any:
    library = needed("docxtpl", "a Word report")
    error_of_format = needed("docx.opc.exceptions", "a Word report").OpcError
    data = content_of(file, _MOST_BYTES, give="name a .docx file")
    check_document(data, file)
    try:
        whole = library.DocxTemplate(io.BytesIO(data))
        whole.init_docx()
        whole.docx.part  # noqa: B018 - read here so that a file of another kind is refused here
    except (OSError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile, error_of_format) as error:
        what = "it cannot be read" if isinstance(error, OSError) else "it is not a Word file"
        raise _refused(file, what, "name a .docx file that Word can open") from None
    return whole


def _check_tags(used: set[str], file: Path) -> None:
    """Refuse a template with a tag of no known name, or with no place for the report."""
    unknown = sorted(used - _NAMES)
    if unknown:
        what = "the template has a tag {}, which no report has"
        raise DocumentError(
            [Problem(what.format(name), instead(name, _NAMES), file=str(file)) for name in unknown]
        )
    if not used & _BODIES:
        hint = "put {{p report }} and {{p appendices }} in paragraphs of their own"
        raise _refused(file, "no tag of the template takes in the report", hint)


def _refused(file: Path, what: str, hint: str) -> DocumentError:
    return DocumentError([Problem(what, hint, file=str(file))])


def _context(whole: Any, content: Content, *, own: bool) -> dict[str, Any]:
    """What each tag stands for; text is escaped here, once."""
    markup = needed("markupsafe", "a Word report").Markup
    named = given_styles(whole.docx, _opened(TEMPLATE).docx)
    first, last = (_paper(whole.docx, page, named, content) for page in _ends(whole.docx.sections))
    writer = Writer(whole.docx.part, named, first, lambda name, inches: png(content.drawings[name], inches))
    report = printed(content)
    start = contents_at(content, report.opening, first)
    used = contents_room(len(report.headings), first)
    if own:
        above = used + sum(map(first.block, report.opening))
        start, used = 1 + int(above // first.height), above % first.height
    pages: dict[str, int] = {}
    bodies: dict[str, str] = {}

    def written(part: dict[str, tuple[Block, ...]], page: int, used: float, *, apart: bool) -> int:
        flow = placed(chain.from_iterable(part.values()), writer.paper, page=page, used=used, apart=apart)
        for each in flow:
            if isinstance(each.block, Heading):
                name = each.block.id
                pages[name], bodies[name] = each.page, ""
            bodies[name] += writer.blocks([each], breaks=not own)
        return flow[-1].page

    end = written(report.main, start, used, apart=False)
    writer.paper = last
    written(report.appendices, end + 1, 0.0, apart=not own)
    writer.paper = first
    titles = {heading.id: heading.text for heading in report.headings}
    opening = writer.blocks(placed(report.opening, first), breaks=False)
    return {
        "title": markup(escaped(unbroken(content.title))),
        "subtitle": markup(escaped(unbroken(content.subtitle))),
        "date": None if content.date is None else markup(escaped(unbroken(content.date))),
        "statement": markup(escaped(unbroken(content.statement))),
        "headline": [
            (markup(escaped(unbroken(each.label))), markup(escaped(unbroken(each.text))))
            for each in content.headline
        ],
        "answer": markup(opening),
        "contents": markup(writer.contents(pages, titles)),
        "report": markup("".join(bodies[name] for name in report.main)),
        "appendices": markup("".join(bodies[name] for name in report.appendices)),
        "sections": {name: markup(body) for name, body in bodies.items()},
    }


def _ends(sections: Any) -> tuple[Any, Any]:
    return sections[0], sections[-1]


def _paper(document: Any, section: Any, named: dict[str, str], content: Content) -> Paper:
    """The text area of a section, with the styles as this document has them."""
    return Paper(
        width=(section.page_width - section.left_margin - section.right_margin) / 12700,
        height=(section.page_height - section.top_margin - section.bottom_margin) / 12700,
        shapes=content.shapes,
        styles=types(document, named),
    )
