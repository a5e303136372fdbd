"""A report as a Word document, from the shipped template or a user's."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sroi.errors import DocumentError, Problem, instead
from sroi.extras import needed
from sroi.files import without_times
from sroi.reports.pictures import png
from sroi.reports.wordml import Writer, escaped, plain

if TYPE_CHECKING:
    import os

    from sroi.reports.parts import Content, Section

TEMPLATE = Path(__file__).parent / "templates" / "report.docx"

APPENDICES = ("value-map", "evidence", "assumptions", "sources", "checks", "method", "record", "glossary")
"""The sections that stand behind the report proper, where the page is wide."""

_BODIES = {"report", "appendices", "sections"}
_NAMES = {"title", "subtitle", "date", "statement", "headline", "contents", *_BODIES}
_DATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the file format holds no zone


def document(content: Content, *, template: str | os.PathLike[str] | None = None) -> bytes:
    """The report as a Word document; the same content and template give the same bytes.

    Parameters
    ----------
    content : Content
    template : path, optional
        A Word file with tags in it, in place of the shipped one: ``{{ title }}``, ``{{ subtitle }}``, ``{{
        date }}``, ``{{ statement }}``, rows over ``headline``, and, each in its own paragraph, ``{{p contents
        }}``, ``{{p report }}``, ``{{p appendices }}`` or one section as ``{{p sections["method"] }}``.

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
        whole.render(_context(whole, content), environment)
    except jinja2.TemplateError as error:
        raise _refused(file, f"a tag of the template {what}: {error}", hint) from None
    properties = whole.docx.core_properties
    properties.title, properties.subject = plain(content.title)[:255], plain(content.subtitle)[:255]
    properties.author = plain(content.study.author or "")[:255]
    properties.created = properties.modified = _DATED
    properties.last_modified_by, properties.revision = "", 1
    written = io.BytesIO()
    whole.save(written)
    return without_times(written.getvalue())


def _opened(file: Path) -> Any:
    library = needed("docxtpl", "a Word report")
    error_of_format = needed("docx.opc.exceptions", "a Word report").OpcError
    try:
        whole = library.DocxTemplate(io.BytesIO(file.read_bytes()))
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


def _context(whole: Any, content: Content) -> dict[str, Any]:
    """What each tag stands for; text is escaped here, once."""
    markup = needed("markupsafe", "a Word report").Markup
    pages = whole.docx.sections
    writer = Writer(whole.docx.part, frozenset(style.style_id for style in whole.docx.styles), 0)
    count: Counter[str] = Counter()
    titles, bodies = {}, {}
    letters = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    main = [section for section in content.sections if section.id not in APPENDICES]
    behind = [section for section in content.sections if section.id in APPENDICES]
    for group, page in ((main, pages[0]), (behind, pages[-1])):
        writer.width = int((page.page_width - page.left_margin - page.right_margin) / 635)
        for section in group:
            lettered = f"Appendix {next(letters)}. " if group is behind else ""
            titles[section.id] = f"{lettered}{section.title}"
            bodies[section.id] = _section(writer, section, titles[section.id], content.drawings, count)
    contents = "".join(writer.contents_line(title, name) for name, title in titles.items())
    return {
        "title": markup(escaped(content.title)),
        "subtitle": markup(escaped(content.subtitle)),
        "date": None if content.date is None else markup(escaped(content.date)),
        "statement": markup(escaped(content.statement)),
        "headline": [(markup(escaped(each.label)), markup(escaped(each.text))) for each in content.headline],
        "contents": markup(contents),
        "report": markup("".join(bodies[section.id] for section in main)),
        "appendices": markup("".join(bodies[section.id] for section in behind)),
        "sections": {name: markup(body) for name, body in bodies.items()},
    }


def _section(
    writer: Writer, section: Section, title: str, drawings: dict[str, str], count: Counter[str]
) -> str:
    """The markup of a section; ``count`` holds how many figures and tables came before."""
    found = [writer.heading(title, 1, section.id)]
    *before, last = section.paragraphs or ("",)
    found += [writer.paragraph(text) for text in before]
    if section.paragraphs:
        found.append(writer.paragraph(last, together=bool(section.figures)))
    for figure in section.figures:
        count["figures"] += 1
        found.append(writer.picture(png(drawings[figure.name], writer.width / 1440), figure.alt))
        found.append(
            writer.paragraph(f"Figure {count['figures']}. {figure.title}. {figure.takeaway}", "Note")
        )
    for table in section.tables:
        count["tables"] += 1
        found.append(writer.paragraph(f"Table {count['tables']}. {table.title}", "Caption", together=True))
        found += [writer.table(table), writer.paragraph(table.note, "Note")]
    return "".join(found)
