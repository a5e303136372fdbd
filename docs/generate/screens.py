"""Pictures of each first screen: ``python -m docs.generate --screens [STUDY ...]``.

Browsers and office programs write other bytes in other versions, so no test compares these pictures. What
cannot be made, because a program is not there, is named at the end, and the command then ends with 1.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import sroi
from docs.generate.pictures import IMAGES, first_screen, svg_of
from docs.generate.studies import STUDIES

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = IMAGES / "first-screens"
PAGE = IMAGES.parent / "first-screens.md"
DPI = 60
MOST_BYTES = 120_000
NOTEBOOK = (
    "<!doctype html><meta charset=utf-8><style>body{{font:13px/1.4 sans-serif;margin:16px;max-width:860px}}"
    "table{{border-collapse:collapse;margin:8px 0}}td,th{{padding:3px 8px}}"
    "tbody tr:nth-child(odd){{background:#f5f5f5}}caption{{text-align:left;font-weight:bold}}</style>{}"
)
"""About what a notebook draws around the HTML of a result."""


class SkippedError(Exception):
    """A picture that cannot be made here, and why."""


def terminal(study: sroi.Study, to: Path, _: Path) -> None:
    """The first screen of the command, at 80 columns."""
    (to.with_suffix(".svg")).write_bytes(svg_of(first_screen(study), f"sroi evaluate {study.id}", to.stem))


def page(width: int) -> Callable[[sroi.Study, Path, Path], None]:
    """What is seen of a page before anybody scrolls, in a window so wide."""

    def picture(study: sroi.Study, to: Path, work: Path) -> None:
        file = work / "report.html"
        sroi.report(study, file, force=True)
        _browse(file, to.with_suffix(".png"), width, 800)

    return picture


def office(ending: str) -> Callable[[sroi.Study, Path, Path], None]:
    """The first page of a report as it is printed."""

    def picture(study: sroi.Study, to: Path, work: Path) -> None:
        file = work / f"report{ending}"
        try:
            sroi.report(study, file, force=True)
        except sroi.DocumentError as error:
            raise SkippedError(str(error).splitlines()[0]) from None
        if ending != ".pdf":
            profile = f"-env:UserInstallation={(work / 'office').as_uri()}"
            arguments = (profile, "--headless", "--convert-to", "pdf", "--outdir", str(work), str(file))
            _run(_program("soffice"), *arguments)
        first = ("-f", "1", "-l", "1", "-singlefile", "-r", str(DPI), "-png")
        _run(_program("pdftoppm"), *first, str(work / "report.pdf"), str(to))
        (work / "report.pdf").unlink()

    return picture


def notebook(study: sroi.Study, to: Path, work: Path) -> None:
    """What a cell of a notebook shows of a result."""
    file = work / "cell.html"
    html = sroi.evaluate(study)._repr_html_()
    file.write_text(NOTEBOOK.format(html), encoding="utf-8")
    _browse(file, to.with_suffix(".png"), 900, 800)


FORMS: dict[str, tuple[str, Callable[[sroi.Study, Path, Path], None]]] = {
    "terminal": ("Terminal of 80 columns", terminal),
    "page-1280": ("Page, 1280 wide", page(1280)),
    "page-360": ("Page, 360 wide", page(360)),
    "sheet": ("Workbook, first sheet", office(".xlsx")),
    "word": ("Word, page one", office(".docx")),
    "pdf": ("PDF, page one", office(".pdf")),
    "notebook": ("Notebook", notebook),
}
"""What each picture shows, and what makes it."""


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise SkippedError(f"{name} is not installed")
    return found


def _run(*arguments: str) -> None:
    done = subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=300)  # noqa: S603
    if done.returncode:
        raise SkippedError(f"{Path(arguments[0]).name} ended with {done.returncode}: {done.stderr.strip()}")


def _browse(file: Path, to: Path, width: int, height: int) -> None:
    program = _program("chromium")
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - the other pictures do without it
    except ImportError:
        raise SkippedError("playwright is not installed") from None
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport={"width": width, "height": height})
        tab.goto(file.as_uri())
        tab.screenshot(path=to)
        browser.close()


def _small(file: Path) -> None:
    """Fewer colours, where a library for that is installed; else only a word where the file is large."""
    if file.suffix != ".png":
        return
    try:
        from PIL import Image  # noqa: PLC0415 - not needed but for smaller files
    except ImportError:
        pass
    else:
        with Image.open(file) as picture:
            fewer = picture.convert("RGB").quantize(64)
        fewer.save(file, optimize=True)
    if file.stat().st_size > MOST_BYTES:
        print(f"{file.name} is large: {file.stat().st_size // 1000} kB", file=sys.stderr)


def gallery(_: str = "") -> str:
    """The pictures that are there, by study."""
    parts = []
    for name, (title, _make) in STUDIES.items():
        parts.append(f"## {title}\n")
        for form, (shown, _draw) in FORMS.items():
            parts += [
                f"**{shown}**\n\n![{title}: {shown}](images/first-screens/{file.name})\n"
                for file in sorted(FOLDER.glob(f"{name}-{form}.*"))
            ]
    return "\n".join(parts)


def main(names: list[str]) -> int:
    """Make the pictures of the studies named, or of all, and the page that shows them."""
    if unknown := set(names) - set(STUDIES):
        print(f"there is no study {', '.join(sorted(unknown))}; write {', '.join(STUDIES)}", file=sys.stderr)
        return 2
    FOLDER.mkdir(exist_ok=True)
    skipped = []
    for name in names or STUDIES:
        study = STUDIES[name][1]()
        for form, (_, draw) in FORMS.items():
            to = FOLDER / f"{name}-{form}"
            with tempfile.TemporaryDirectory() as work:
                try:
                    draw(study, to, Path(work))
                except SkippedError as why:
                    skipped.append(f"{to.name}: {why}")
                    continue
            for made in FOLDER.glob(f"{to.name}.*"):
                _small(made)
                print(made.relative_to(IMAGES.parent))
    text = PAGE.read_text(encoding="utf-8")
    made_part = f"<!-- made: gallery -->\n\n{gallery().rstrip()}\n\n<!-- end -->"
    PAGE.write_text(
        re.sub(r"<!-- made: gallery -->.*?<!-- end -->", lambda _: made_part, text, flags=re.DOTALL),
        encoding="utf-8",
    )
    for each in skipped:
        print(f"NOT MADE: {each}", file=sys.stderr)
    return bool(skipped)
