// What the text of a story may hold in the editor: the same as news/markup/clean.py lets pass, and as it writes it.
import {
  Blockquote, Bold, BulletList, Document, Dropcursor, Gapcursor, HardBreak, Heading, History, Italic, ListItem, Mark,
  OrderedList, Paragraph, Table, TableCell, TableHeader, TableRow, Text, TrailingNode,
} from "../django_prose_editor/editor.js";
import { BLOCK, DataBlock } from "./data-block.js";

const ADDRESS = /^(https?:\/\/[^\s\\/]+\S*|mailto:[^\s\\/?]+@\S+|\/(?![/\\])[^\s\\]*)$/i;

export const isAddress = (text) => ADDRESS.test(text);

const Link = Mark.create({
  name: "link",
  inclusive: false,
  addAttributes: () => ({ href: { default: null } }),
  parseHTML: () => [{ tag: "a[href]", getAttrs: (element) => isAddress(element.getAttribute("href")) && null }],
  renderHTML: ({ HTMLAttributes }) => ["a", HTMLAttributes, 0],
});

const CaptionedTable = Table.extend({
  addAttributes: () => ({
    caption: {
      default: "",
      parseHTML: (element) => element.querySelector("caption")?.textContent.trim() ?? "",
      renderHTML: () => ({}),
    },
  }),
  addNodeView: () => null,
  renderHTML({ node }) {
    const caption = node.attrs.caption ? [["caption", { contenteditable: "false" }, node.attrs.caption]] : [];
    return ["table", ...caption, ["tbody", 0]];
  },
  parseHTML: () => [
    {
      tag: "table",
      // The caption is kept as an attribute, so its words are no cell.
      contentElement(element) {
        const copy = element.cloneNode(true);
        copy.querySelector("caption")?.remove();
        return copy;
      },
    },
  ],
});

const spans = () => ({ colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null, rendered: false } });
const number = (element, name) => Number(element.getAttribute(name)) || 1;
const cell = () =>
  Object.fromEntries(
    Object.entries(spans()).map(([name, rule]) => [
      name,
      name === "colwidth"
        ? rule
        : { ...rule, parseHTML: (element) => number(element, name), renderHTML: (attrs) => (attrs[name] > 1 ? { [name]: attrs[name] } : {}) },
    ]),
  );

const HeaderCell = TableHeader.extend({
  addAttributes: () => ({ ...cell(), scope: { default: null } }),
});

// What comes along when people paste has other levels.
const headings = () => [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: level > 2 ? 3 : 2 } }));

export function extensions({ names, ask, keys }) {
  return [
    Document.extend({ content: `(block | ${BLOCK})+` }),
    Paragraph, Text, HardBreak, Bold, Italic, Link,
    Heading.extend({ parseHTML: headings }).configure({ levels: [2, 3] }),
    BulletList, ListItem,
    // The library keeps numbering styles, which no story has.
    OrderedList.extend({ addAttributes: () => ({}), addNodeView: () => null }),
    Blockquote,
    CaptionedTable, TableRow, HeaderCell, TableCell.extend({ addAttributes: cell }),
    DataBlock.configure({ names, ask }),
    // Behind a block at the end there is room to write on.
    TrailingNode,
    History, Dropcursor, Gapcursor,
    keys,
  ];
}

// The text as it is stored: without the paragraphs in cells and items that the editor needs, and with heads of tables.
export function htmlOf(editor) {
  const holder = new DOMParser().parseFromString(editor.getHTML(), "text/html").body;
  for (const caption of holder.querySelectorAll("caption")) caption.removeAttribute("contenteditable");
  for (const one of holder.querySelectorAll("li, td, th")) {
    const paragraphs = [...one.children].filter((child) => child.tagName === "P");
    if (paragraphs.length === 1 && paragraphs[0] === one.firstElementChild) paragraphs[0].replaceWith(...paragraphs[0].childNodes);
  }
  for (const table of holder.querySelectorAll("table")) {
    const rows = [...table.rows];
    const isHead = (row) => [...row.cells].every((one) => one.tagName === "TH");
    const end = rows.findIndex((row) => !isHead(row));
    if (end > 0) table.createTHead().append(...rows.slice(0, end));
  }
  while (holder.lastElementChild?.matches("p:empty") && holder.lastChild === holder.lastElementChild) holder.lastChild.remove();
  return holder.innerHTML;
}
