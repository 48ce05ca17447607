"""The accessibility audit of axe-core."""

from __future__ import annotations

from playwright.sync_api import Page

from tools.paths import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"

RUN = """async (rules) => {
  const only = rules.length > 0 ? { runOnly: { type: 'rule', values: rules } } : {};
  const { violations } = await axe.run({ resultTypes: ['violations'], ...only });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`));
}"""


def audit(page: Page, *rules: str) -> list[str]:
    """What is wrong with the page as it is now, an entry for each element.

    Args:
        page: anywhere in the product.
        rules: of axe, by id; without any all are held against the page, its best practices too.
    """
    load(page)
    faults: list[str] = page.evaluate(RUN, rules)
    return faults


def load(page: Page) -> None:
    """Put axe into the page; its policy keeps out scripts, but not the debugger."""
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE.read_text(encoding="utf-8") + "; null")
