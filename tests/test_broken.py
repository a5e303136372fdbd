"""One broken file per mistake: each is refused with its line and with words that say what to write instead."""

from pathlib import Path

import pytest

import sroi

FOLDER = Path(__file__).parent / "broken"


def expectations(text):
    """(line, fragments) of each leading comment ``# line N | fragment | fragment``."""
    for line in text.splitlines():
        if not line.startswith("# line "):
            return
        number, *fragments = line.removeprefix("# line ").split(" | ")
        yield int(number), [fragment.strip() for fragment in fragments]


def attempt(file):
    if file.name.startswith("pack-"):
        sroi.evaluate(sroi.load(FOLDER.parent / "golden" / "lunch-club.yaml", borough=file.stem, packs=[FOLDER]))
    else:
        sroi.evaluate(sroi.load(file, packs=[FOLDER]))


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yaml")), ids=lambda file: file.stem)
def test_a_mistake_is_refused_with_its_line_and_what_to_write(file):
    wanted = list(expectations(file.read_text(encoding="utf-8")))
    assert wanted, f"{file.name} says nothing of what is expected"
    with pytest.raises(sroi.DocumentError) as caught:
        attempt(file)
    problems = caught.value.problems
    for line, fragments in wanted:
        there = [problem for problem in problems if problem.line == line]
        assert there, f"no problem in line {line}: {[str(problem) for problem in problems]}"
        texts = [f"{problem.path}: {problem.message}; {problem.hint}".casefold() for problem in there]
        assert any(all(fragment.casefold() in text for fragment in fragments) for text in texts), (fragments, texts)
    assert len({problem.line for problem in problems}) == len({line for line, _ in wanted}), [str(problem) for problem in problems]
    for problem in problems:
        assert problem.hint, f"{problem} does not say what to write instead"
        assert "\n" not in str(problem)
