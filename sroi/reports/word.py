"""A report as a Word document, from the shipped template or one of the user's own."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sroi.errors import DocumentError, Problem, instead
from sroi.extras import needed
from sroi.reports.archive import fixed
from sroi.reports.pictures import png
from sroi.reports.wordml import Writer, escaped, plain

if TYPE_CHECKING:
    import os

    from sroi.reports.parts import Content, Section

TEMPLATE = Path(__file__).parent / "templates" / "report.docx"

APPENDICES = ("value-map", "evidence", "assumptions", "sources", "checks", "method", "record", "glossary")
"""The sections that stand behind the report proper, where the page is wide."""

_NAMES = (
    "title",
    "subtitle",
    "date",
    "statement",
    "headline",
    "contents",
    "report",
    "appendices",
    "sections",
)
_BODIES = {"report", "appendices", "sections"}
_DATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the file format holds no zone


def document(content: Content, *, template: str | os.PathLike[str] | None = None) -> bytes:
    """The report as a Word document; the same content and template give the same bytes.

    Parameters
    ----------
    content : Content
    template : path, optional
        A Word file with tags in it, in place of the shipped one: ``{{ title }}``, ``{{ subtitle }}``, ``{{
        date }}``, ``{{ statement }}``, rows over ``headline``, and, in a paragraph of its own, ``{{p contents
        }}``, ``{{p report }}``, ``{{p appendices }}`` or one section as ``{{p sections["method"] }}``.

    Raises
    ------
    DocumentError
        If the template is no Word file, if a tag cannot be read or is of a name that no report has, or if no
        tag takes in the report.
    """
    file = TEMPLATE if template is None else Path(template)
    whole = _opened(file)
    environment = needed("jinja2.sandbox", "a Word report").SandboxedEnvironment(
        autoescape=True, undefined=needed("jinja2", "a Word report").StrictUndefined
    )
    _check_tags(whole, environment, file)
    try:
        whole.render(_context(whole, content), environment)
    except needed("jinja2", "a Word report").TemplateError as error:
        raise _refused(
            file,
            f"a tag of the template cannot be filled: {error}",
            "the shipped template shows what each tag looks like",
        ) from None
    properties = whole.docx.core_properties
    properties.title, properties.subject = plain(content.title)[:255], plain(content.subtitle)[:255]
    properties.author = plain(content.study.author or "")[:255]
    properties.created = properties.modified = _DATED
    properties.last_modified_by, properties.revision = "", 1
    written = io.BytesIO()
    whole.save(written)
    return fixed(written.getvalue())


def _opened(file: Path) -> Any:
    library = needed("docxtpl", "a Word report")
    refused = (
        OSError,
        KeyError,
        ValueError,
        SyntaxError,
        zipfile.BadZipFile,
        needed("docx.opc.exceptions", "a Word report").OpcError,
    )
    try:
        whole = library.DocxTemplate(io.BytesIO(file.read_bytes()))
        whole.init_docx()
        whole.docx.part  # noqa: B018 - read here so that a file of another kind is refused here
    except refused as error:
        what = "it cannot be read" if isinstance(error, OSError) else "it is not a Word file"
        raise _refused(file, what, "name a .docx file that Word can open") from None
    return whole


def _check_tags(whole: Any, environment: Any, file: Path) -> None:
    """Refuse a template with a broken tag, a tag of no known name, or no place for the report."""
    errors = needed("jinja2", "a Word report")
    try:
        used = whole.get_undeclared_template_variables(environment)
    except errors.TemplateError as error:
        raise _refused(
            file, f"a tag of the template is broken: {error}", "tags look like {{ title }} and {{p report }}"
        ) from None
    unknown = sorted(used - set(_NAMES))
    if unknown:
        raise DocumentError(
            [
                Problem(
                    f"the template has a tag {name}, which no report has",
                    instead(name, _NAMES),
                    file=str(file),
                )
                for name in unknown
            ]
        )
    if not used & _BODIES:
        raise _refused(
            file,
            "no tag of the template takes in the report",
            "put {{p report }} and {{p appendices }} in paragraphs of their own",
        )


def _refused(file: Path, what: str, hint: str) -> DocumentError:
    return DocumentError([Problem(what, hint, file=str(file))])


def _context(whole: Any, content: Content) -> dict[str, Any]:
    """What each tag stands for; text is escaped here, once."""
    markup = needed("markupsafe", "a Word report").Markup
    sections = whole.docx.sections
    writer = Writer(whole.docx.part, frozenset(style.style_id for style in whole.docx.styles), 0)
    widths = [
        int((section.page_width - section.left_margin - section.right_margin) / 635)
        for section in (sections[0], sections[-1])
    ]
    count = _Count()
    titles, bodies = {}, {}
    letters = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    main = [section for section in content.sections if section.id not in APPENDICES]
    behind = [section for section in content.sections if section.id in APPENDICES]
    for group, width in ((main, widths[0]), (behind, widths[1])):
        writer.width = width
        for section in group:
            titles[section.id] = (
                section.title if group is main else f"Appendix {next(letters)}. {section.title}"
            )
            bodies[section.id] = _section(writer, section, titles[section.id], count)
    contents = "".join(writer.to_bookmark(title, name) for name, title in titles.items())
    return {
        "title": markup(escaped(content.title)),
        "subtitle": markup(escaped(content.subtitle)),
        "date": None if content.date is None else markup(escaped(content.date)),
        "statement": markup(escaped(content.statement)),
        "headline": [(markup(escaped(name)), markup(escaped(words))) for name, words in content.headline],
        "contents": markup(contents),
        "report": markup("".join(bodies[section.id] for section in main)),
        "appendices": markup("".join(bodies[section.id] for section in behind)),
        "sections": {name: markup(body) for name, body in bodies.items()},
    }


class _Count:
    """Numbers of figures and tables, as they come."""

    def __init__(self) -> None:
        self.figures = self.tables = 0

    def figure(self) -> int:
        self.figures += 1
        return self.figures

    def table(self) -> int:
        self.tables += 1
        return self.tables


def _section(writer: Writer, section: Section, title: str, count: _Count) -> str:
    found = [writer.heading(title, 1, section.id)]
    last = len(section.paragraphs) - 1 if section.figures else -1
    found += [
        writer.paragraph(text, extra="<w:keepNext/>" if place == last else "")
        for place, text in enumerate(section.paragraphs)
    ]
    for figure in section.figures:
        found.append(writer.picture(png(figure, writer.width / 1440), figure.alt))
        found.append(writer.paragraph(f"Figure {count.figure()}. {figure.title}", "Note"))
    for table in section.tables:
        found.append(
            writer.paragraph(f"Table {count.table()}. {table.title}", "Caption", extra="<w:keepNext/>")
        )
        found.append(writer.table(table))
        found.append(writer.paragraph(table.note, "Note"))
    return "".join(found)
