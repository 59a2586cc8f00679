// What comes along when people paste, made fit for the editor to read.

const SIGN = "[style*='mso-list:Ignore' i], [style*='mso-list: Ignore' i]";
const NUMBER = /^\s*\(?[\da-z]{1,5}[.)]/i;

// Word has no lists: their items are paragraphs that begin with a sign. Levels below the first become items like the others.
export function withLists(html) {
  if (!/mso-list/i.test(html)) return html;
  const page = new DOMParser().parseFromString(html, "text/html");
  let list = null;
  for (const paragraph of page.querySelectorAll("p[style*='mso-list' i]")) {
    const sign = paragraph.querySelector(SIGN);
    if (!sign) continue;
    const tag = NUMBER.test(sign.textContent) ? "ol" : "ul";
    sign.remove();
    if (list?.localName !== tag || list.nextElementSibling !== paragraph) {
      list = page.createElement(tag);
      paragraph.before(list);
    }
    const item = page.createElement("li");
    item.append(...paragraph.childNodes);
    list.append(item);
    paragraph.remove();
  }
  return page.body.innerHTML;
}
