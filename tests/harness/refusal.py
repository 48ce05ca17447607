"""What a call of the API was refused with."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import Page

REFUSAL = """async (call) => {
  try {
    await call();
  } catch (error) {
    return { id: error.id ?? error.name, cause: String(error.cause) };
  }
  return { id: 'nothing was refused', cause: '' };
}"""
"""JavaScript function: calls another and gives the refusal's `id`, or its name, and its cause."""


def refusal(page: Page, call: str) -> Mapping[str, str]:
    """The `id` and the `cause` with which a JavaScript statement was refused."""
    refused: Mapping[str, str] = page.evaluate(f"() => ({REFUSAL})(async () => {{ {call} }})")
    return refused
