"""Write what has changed: ``python -m docs.generate [--all] [KIND ...]``.

A file that says what it should is left as it is, since other versions of other libraries write other bytes:
charts, for one. ``--all`` writes it too.
``--screens [STUDY ...]`` makes the pictures of first screens instead.
"""

import os
import sys

from docs.generate import KINDS, ROOT, screens
from docs.generate.compare import says_the_same


def main() -> None:
    """Write the files of the kinds named, or of every kind."""
    os.environ.pop("SROI_PACKS", None)
    if "--screens" in sys.argv:
        raise SystemExit(screens.main([each for each in sys.argv[1:] if each != "--screens"]))
    named = [argument for argument in sys.argv[1:] if argument != "--all"]
    if unknown := set(named) - set(KINDS):
        raise SystemExit(
            f"there is no kind {', '.join(sorted(unknown))}; write {', '.join(KINDS)}, or none for all"
        )
    for kind in named or KINDS:
        for file, content in KINDS[kind]().items():
            if "--all" in sys.argv or not says_the_same(file, content):
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
                print(file.relative_to(ROOT))


main()
