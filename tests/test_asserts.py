"""An assert says what the types cannot, and guards nothing: ``python -O`` leaves it out."""

import ast
from pathlib import Path

import pytest

SOURCES = Path(__file__).resolve().parents[1] / "sroi"


def narrows(test):
    """Whether a condition tells a type checker of a name what the code already holds to."""
    match test:
        case ast.Compare(left=left, ops=[ast.IsNot()], comparators=[ast.Constant(value=None)]):
            return isinstance(left, ast.Name | ast.Attribute)
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            return narrows(inner)
        case ast.Call(func=ast.Name(id="isinstance"), args=[ast.Name() | ast.Attribute(), _]):
            return True
    return False


def asserts():
    for file in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assert):
                yield f"{file.relative_to(SOURCES)}:{node.lineno}", node


def test_asserts_only_narrow_types():
    found = dict(asserts())
    assert found
    assert not [place for place, node in found.items() if node.msg is not None or not narrows(node.test)]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("found is not None", True),
        ("not isinstance(entry.value, tuple)", True),
        ("value > 0", False),
        ("read() is not None", False),
        ("isinstance(read(), tuple)", False),
    ],
)
def test_a_guard_is_told_apart(written, said):
    assert narrows(ast.parse(written, mode="eval").body) is said
