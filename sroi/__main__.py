"""``python -m sroi`` is the command ``sroi``."""


def main() -> None:
    """Run the command; who interrupts it, also while it loads, gets no traceback."""
    try:
        from sroi.cli import main as run  # noqa: PLC0415 - loading takes long enough to be interrupted

        run()
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
