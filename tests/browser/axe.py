"""What axe finds wrong with an open page, in a second instead of three where a page has a hundred rows."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# What a theme can break. These rules compare every text with what is painted behind it, which takes axe longer than
# all its other rules together.
COLOUR_RULES = ("color-contrast", "link-in-text-block")
# A text is painted in the colours of one before it that stands in the same elements, by tag, class and attribute, and
# in a row of the same stripe. The rules of colours leave out what is met so; all other rules see everything.
# `preload` would fetch every stylesheet again, for one experimental rule that is off.
RUN_AXE = """async ([colourRules, coloursOnly]) => {
    const CONTENT = /^(href|id|for|name|value|title|alt|src|datetime|headers|data-.*|aria-(label|describ|control).*)$/;
    const kind = (element) => [
        element.tagName,
        ...['TR', 'LI'].includes(element.tagName) ? [[...element.parentElement.children].indexOf(element) % 2] : [],
        ...[...element.attributes].filter(({name}) => !(element instanceof SVGElement) || name === 'class')
            .map(({name, value}) => CONTENT.test(name) ? name : `${name}=${value}`),
    ].join(' ');
    const seen = new Set();
    const exclude = [];
    const isMet = (element, around) => {
        const here = `${around}>${kind(element)}`;
        const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        const isNew = hasText && !seen.has(here);
        if (isNew && element.checkVisibility()) seen.add(here);
        const met = [...element.children].filter((child) => isMet(child, here));
        if (!isNew && met.length === element.children.length) return true;
        exclude.push(...met.filter((child) => child.textContent.trim()));
        return false;
    };
    isMet(document.body, '');
    const options = {resultTypes: ['violations'], preload: false};
    const colours = {...options, runOnly: colourRules};
    const others = {...options, rules: Object.fromEntries(colourRules.map((rule) => [rule, {enabled: false}]))};
    const runs = coloursOnly ? [[{include: document, exclude}, colours]]
        : exclude.length ? [[{include: document, exclude}, colours], [document, others]]
        : [[document, options]];
    const found = [];
    for (const [context, settings] of runs) found.push(...(await axe.run(context, settings)).violations);
    return found;
}"""


def violations(page: Page, *, colours_only: bool = False) -> list[str]:
    """One line of text for each, none when all is well: axe's default rules, best practices among them."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(RUN_AXE, [COLOUR_RULES, colours_only])
    return [f"{v['id']}: {node['html']} {node['failureSummary']}" for v in found for node in v["nodes"]]
