"""``python -m sroi`` is the command ``sroi``."""

from __future__ import annotations

import sys
from _thread import interrupt_main


def _dropped(found: sys.UnraisableHookArgs) -> None:
    """Interrupt again where Python drops an interruption, as it does while a generator is closed."""
    if issubclass(found.exc_type, KeyboardInterrupt):
        interrupt_main()
    else:
        sys.__unraisablehook__(found)


def main() -> None:
    """Run the command; who interrupts it, also while it loads, gets no traceback."""
    sys.unraisablehook = _dropped
    try:
        from sroi.cli import main as run  # noqa: PLC0415 - loading takes long enough to be interrupted

        run()
    except KeyboardInterrupt:
        _leave_quietly()
        raise SystemExit(130) from None
    except SystemExit as ended:
        if ended.code == 130:
            _leave_quietly()
        raise


def _leave_quietly() -> None:
    """Say nothing of what was left open: Python closes it as it ends."""
    sys.unraisablehook = lambda _: None


if __name__ == "__main__":
    main()
