"""The text of a pack: with the figures of the reference tables under it, with what it builds on, in full."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sroi.documents.authorities import authority
from sroi.documents.tree import LocatedDict, LocatedList, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

_PARTS = ("title", "deflators", "assumptions", "interventions", "sources", "claims")
"""What a pack says that is no name of its own."""


def with_figures(text: Text) -> Text:
    """The text of a place's pack with what the reference tables hold of the place laid under it."""
    code = text.root.get("gss")
    known = authority(code) if isinstance(code, str) else None
    if known is None:
        return text
    table, root = known.pack_text(text.whole.layer).root, text.root.without()
    for section in ("assumptions", "sources"):
        written = root.get(section, LocatedDict())
        if isinstance(written, LocatedDict):
            both = table[section].without()
            for key, value in written.items():
                both.put(key, value, written.marks[key])
            root.put(section, both, root.marks.get(section, text.whole))
    return replace(text, root=root)


def packs_below(text: Text) -> list[Text]:
    """The packs that a text holds in full under ``builds_on``, each as if it stood in a file of its own."""
    found = []
    for name, written in text.root["builds_on"].items():
        mark, root = text.root["builds_on"].marks[name], LocatedDict()
        for key, value in {"sroi": 1, "pack": name}.items():
            root.put(key, value, mark)
        if "currency" in text.root:
            root.put("currency", text.root["currency"], text.root.marks["currency"])
        for key, value in written.items():
            root.put(key, value, written.marks[key])
        layer = f"pack {name}"
        found.append(replace(text, root=_in_layer(root, layer), whole=mark._replace(layer=layer)))
    return found


def _in_layer(node: Any, layer: str) -> Any:
    """A copy whose every entry was written in a layer."""
    if isinstance(node, LocatedDict):
        copy = LocatedDict()
        for key, value in node.items():
            copy.put(key, _in_layer(value, layer), node.marks[key]._replace(layer=layer))
        return copy
    if isinstance(node, LocatedList):
        listed = LocatedList()
        listed.extend(_in_layer(each, layer) for each in node)
        listed.marks = [mark._replace(layer=layer) for mark in node.marks]
        return listed
    return node


def in_full(texts: Sequence[Text]) -> dict[str, Any]:
    """A pack with all that it builds on as plain values, of the texts of its chain, its own the last."""
    *below, own = (_plain(text.root) for text in texts)
    first = {key: own[key] for key in ("sroi", "pack", "title", "gss", "currency") if key in own}
    first["builds_on"] = {each["pack"]: {key: each[key] for key in _PARTS if key in each} for each in below}
    return first | {key: value for key, value in own.items() if key != "extends" and key not in first}


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, str):
        return str(node)
    return [_plain(each) for each in node] if isinstance(node, list) else node
