// The editor of a story's text, in the place of its textarea, which keeps the HTML. Without it the textarea is there.
import { Editor, Extension } from "../django_prose_editor/editor.js";
import { askText, labelled, make } from "./ask.js";
import { askBlock } from "./block-dialog.js";
import { extensions, htmlOf, isAddress } from "./body-schema.js";
import { BLOCK, BlockNames } from "./data-block.js";
import { withLists } from "./pasted.js";

// [name, sign, words, what it does, when it is pressed]; null begins the next group.
const TOOLS = [
  ["heading", "H2", "Heading", (chain) => chain.toggleHeading({ level: 2 }), ["heading", { level: 2 }]],
  ["subheading", "H3", "Smaller heading", (chain) => chain.toggleHeading({ level: 3 }), ["heading", { level: 3 }]],
  ["quote", "Quote", "Quote", (chain) => chain.toggleBlockquote(), ["blockquote"]],
  null,
  ["bold", "B", "Bold", (chain) => chain.toggleBold(), ["bold"]],
  ["italic", "I", "Italic", (chain) => chain.toggleItalic(), ["italic"]],
  ["link", "Link", "Link", null, ["link"]],
  null,
  ["list", "• List", "List", (chain) => chain.toggleBulletList(), ["bulletList"]],
  ["numbers", "1. List", "Numbered list", (chain) => chain.toggleOrderedList(), ["orderedList"]],
  ["table", "Table", "Table", (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true }), ["table"]],
  null,
  ["undo", "↶", "Undo", (chain) => chain.undo(), null],
  ["redo", "↷", "Redo", (chain) => chain.redo(), null],
  null,
  ["insert", "Insert …", "Insert a block: result, standings, chart, car, event or picture", null, null],
];
const TABLE_TOOLS = [
  ["row", "+ Row", "Add a row below", (chain) => chain.addRowAfter()],
  ["column", "+ Column", "Add a column to the right", (chain) => chain.addColumnAfter()],
  ["no-row", "− Row", "Delete this row", (chain) => chain.deleteRow()],
  ["no-column", "− Column", "Delete this column", (chain) => chain.deleteColumn()],
  ["head", "Heading cell", "Make this a heading cell, or a plain one", (chain) => chain.toggleHeaderCell()],
  ["caption", "Caption", "The table’s caption", null],
  ["no-table", "Delete table", "Delete this table", (chain) => chain.deleteTable()],
];

async function link(editor) {
  const before = editor.getAttributes("link").href ?? "";
  const isNew = editor.state.selection.empty && !before;
  const words = make("input", { type: "text", class: "vTextField", autocomplete: "off" });
  const address = await askText({
    heading: "Link",
    label: "Leads to",
    value: before,
    help: "https://…, mailto:… or a page of this site, such as /2023-24/sepang/.",
    check: isAddress,
    refusal: "Begin with https://, mailto: or / for a page of this site.",
    remove: "Remove the link",
    more: isNew ? [labelled("Words", words, "What readers press. Empty: the address itself.")] : [],
  });
  if (address === null) return editor.commands.focus();
  const chain = editor.chain().focus().extendMarkRange("link");
  if (!address) return chain.unsetMark("link").run();
  if (!isNew) return chain.setMark("link", { href: address }).run();
  return chain.insertContent({ type: "text", text: words.value.trim() || address, marks: [{ type: "link", attrs: { href: address } }] }).run();
}

async function caption(editor) {
  const text = await askText({
    heading: "Caption of the table",
    label: "Caption",
    value: editor.getAttributes("table").caption ?? "",
    help: "Says what the table shows.",
    check: () => true,
    refusal: "",
    remove: "Remove the caption",
  });
  if (text === null) return editor.commands.focus();
  return editor.chain().focus().updateAttributes("table", { caption: text }).run();
}

const ASKING = { link, caption, insert: (editor) => editor.commands.insertBlock() };

// One stop for the Tab key; the arrow keys go from tool to tool.
function toolbar(editor, id) {
  const bar = make("div", { class: "body-tools", role: "toolbar", "aria-label": "Tools for the text", "aria-controls": id });
  const buttons = [];
  const add = (group, [name, sign, words, act, when = null]) => {
    const button = make("button", { type: "button", title: words, "aria-label": words, "data-tool": name, tabindex: -1 }, sign);
    if (when) button.setAttribute("aria-pressed", "false");
    // The text keeps its selection, and has the focus before the next key.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      editor.view.focus();
      if (act) act(editor.chain()).run();
      else ASKING[name](editor);
    });
    buttons.push({ button, when });
    group.append(button);
  };
  let group = make("div", { class: "body-tools-group" });
  for (const tool of [...TOOLS, null]) {
    if (tool) add(group, tool);
    else {
      bar.append(group);
      group = make("div", { class: "body-tools-group" });
    }
  }
  const ofTable = make("div", { class: "body-tools-group body-tools-table", hidden: true });
  TABLE_TOOLS.forEach((tool) => add(ofTable, tool));
  bar.append(ofTable);
  buttons[0].button.tabIndex = 0;
  const shown = () => buttons.map(({ button }) => button).filter((button) => !button.closest("[hidden]"));
  const visit = (button) => {
    for (const other of buttons) other.button.tabIndex = other.button === button ? 0 : -1;
  };
  bar.addEventListener("focusin", (event) => visit(event.target));
  bar.addEventListener("keydown", (event) => {
    const all = shown();
    const at = all.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    all[(to + all.length) % all.length].focus();
  });
  editor.on("transaction", () => {
    for (const { button, when } of buttons) if (when) button.setAttribute("aria-pressed", String(editor.isActive(...when)));
    ofTable.hidden = !editor.isActive("table");
    if (!shown().some((button) => button.tabIndex === 0)) visit(buttons[0].button);
  });
  return bar;
}

// Puts the editor in the place of `textarea`, and returns it.
export function startEditor(textarea, { blocks, known }) {
  const place = make("div", { class: "body-editor" });
  const keys = Extension.create({
    name: "keys",
    addKeyboardShortcuts: () => ({
      "Mod-k": () => link(editor) && true,
      // In a table Tab goes from cell to cell, so there is another way out.
      Escape: () => place.querySelector(".body-tools [tabindex='0']").focus() ?? true,
    }),
  });
  const editor = new Editor({
    element: place,
    injectCSS: false,
    content: textarea.value,
    extensions: extensions({ names: new BlockNames(known, blocks.names), ask: (attrs) => askBlock(blocks, attrs), keys }),
    editorProps: {
      transformPastedHTML: withLists,
      // Letters do not replace a chosen block: they begin a paragraph below it.
      handleTextInput(view, from, to, text) {
        if (view.state.selection.node?.type.name !== BLOCK) return false;
        const paragraph = { type: "paragraph", content: [{ type: "text", text }] };
        return editor.chain().insertContentAt(to, paragraph).setTextSelection(to + 1 + text.length).run();
      },
      attributes: { id: "body-text", role: "textbox", "aria-multiline": "true", "aria-label": "Text", "aria-describedby": "body-keys", class: "body-text" },
    },
  });
  // What was stored stays as it is until something else is typed, and comes back when that is undone.
  const stored = textarea.value;
  const shown = htmlOf(editor);
  editor.on("update", () => {
    const html = htmlOf(editor);
    const value = html === shown ? stored : html;
    if (textarea.value === value) return;
    textarea.value = value;
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
  });
  textarea.before(place);
  place.prepend(toolbar(editor, "body-text"));
  place.append(make("p", { class: "help", id: "body-keys" }, "Esc: to the tools. On a chosen block: Enter changes it, Alt with ↑ ↓ moves it, Delete removes it."));
  textarea.hidden = true;
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  label?.addEventListener("click", () => editor.commands.focus());
  return editor;
}
