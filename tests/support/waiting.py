"""Wait in a page for what its script can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

PATIENCE = 60_000
"""Milliseconds; a machine may be busy, and what comes in time is not waited for any longer."""

LOOK = """async (arg) => {
  const predicate = %s;
  for (const from = performance.now(); performance.now() - from < %d; ) {
    if (await predicate(arg)) return;
    await new Promise(requestAnimationFrame);
  }
  throw new Error(`this did not come true: ${predicate}`);
}"""


def wait_until(page: Page | Frame, predicate: str, arg: object = None) -> None:
    """Wait until a JavaScript function, which may be asynchronous, returns what is true.

    Playwright's own `wait_for_function` evaluates a string in the page at each look after the
    first, which the page's content security policy forbids.
    """
    page.evaluate(LOOK % (predicate, PATIENCE), arg)
