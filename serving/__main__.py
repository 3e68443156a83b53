"""Start `story-atlas`, so that Ctrl+C ends it without a traceback while it is still loading."""

from __future__ import annotations

import signal


def main() -> None:
    """Run `story-atlas`."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from serving.command import main as run  # noqa: PLC0415  # seconds, on a slow machine

    signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


if __name__ == "__main__":
    main()
