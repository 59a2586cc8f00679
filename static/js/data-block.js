// A data block in the editor: a figure that names something of the record, shown as a card. The figure itself comes back
// exactly as it is stored.
import { Node } from "../django_prose_editor/editor.js";

export const BLOCK = "dataBlock";
// In the order in which the site writes them.
const ATTRIBUTES = { kind: "data-block", reference: "data-ref", raceClass: "data-class", top: "data-top", after: "data-after" };
const KINDS = { result: "Result", standings: "Standings", chart: "Points chart", plate: "Car", event: "Event", picture: "Picture" };

function figure({ caption, ...attrs }) {
  const made = document.createElement("figure");
  for (const [name, attribute] of Object.entries(ATTRIBUTES)) if (attrs[name]) made.setAttribute(attribute, attrs[name]);
  if (caption) made.append(Object.assign(document.createElement("figcaption"), { textContent: caption }));
  return made;
}

export const markupOf = (attrs) => figure(attrs).outerHTML;

// How blocks are called: by their figure without its caption. The page brings those of its text, the server tells others.
export class BlockNames {
  constructor(known, address) {
    this.address = address;
    this.known = new Map(known.map((words) => [this.#key(words.markup), words]));
    this.asked = new Map();
    this.timer = 0;
  }

  #key(markup) {
    return markup.replace(/<figcaption>.*<\/figcaption>/, "");
  }

  // What is known of a block; `told` is called with it when the server has answered.
  of(attrs, told) {
    const key = markupOf({ ...attrs, caption: "" });
    const known = this.known.get(key);
    if (!known) {
      this.asked.set(key, [...(this.asked.get(key) ?? []), told]);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.#ask(), 50);
    }
    return known;
  }

  async #ask() {
    const asked = this.asked;
    this.asked = new Map();
    try {
      const answer = await fetch(`${this.address}?${new URLSearchParams({ blocks: [...asked.keys()].join("") })}`);
      for (const words of await answer.json()) this.known.set(this.#key(words.markup), words);
    } catch {
      // Without the server the card shows the reference.
    }
    for (const [key, told] of asked) if (this.known.has(key)) told.forEach((tell) => tell(this.known.get(key)));
  }
}

function button(label, sign, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: sign, title: label });
  made.setAttribute("aria-label", label);
  // With the keyboard the keys of a chosen block do the same; Tab goes on to the next field.
  made.tabIndex = -1;
  made.addEventListener("click", act);
  return made;
}

function card({ node, getPos, editor, extension }) {
  const { names } = extension.options;
  const dom = Object.assign(document.createElement("div"), { className: "block-card", contentEditable: "false" });
  const words = Object.assign(document.createElement("div"), { className: "block-card-words" });
  const tools = Object.assign(document.createElement("div"), { className: "block-card-tools" });
  // The text has the focus before the next key, whatever becomes of the button that was pressed.
  const chosen = (act) => () => {
    editor.view.focus();
    editor.chain().setNodeSelection(getPos()).run();
    act();
  };
  const change = button("Change this block", "Change", chosen(() => editor.commands.changeBlock()));
  tools.append(
    change,
    button("Move this block up", "↑", chosen(() => editor.commands.moveBlock(-1))),
    button("Move this block down", "↓", chosen(() => editor.commands.moveBlock(1))),
    button("Remove this block", "×", chosen(() => editor.commands.deleteSelection())),
  );
  dom.append(words, tools);
  const show = (attrs) => {
    const told = names.of(attrs, () => show(attrs));
    const line = (className, text, tag = "span") => Object.assign(document.createElement(tag), { className, textContent: text });
    const kind = KINDS[attrs.kind] ?? attrs.kind;
    words.replaceChildren(line("block-card-kind", kind), line("block-card-label", told?.label ?? attrs.reference));
    if (attrs.caption) words.append(line("block-card-caption", attrs.caption));
    if (told?.note) words.append(line("block-card-note", told.note));
    dom.querySelector("img")?.remove();
    if (told?.thumb) dom.prepend(Object.assign(document.createElement("img"), { className: "thumb", src: told.thumb, alt: "" }));
    dom.setAttribute("role", "group");
    dom.setAttribute("aria-label", `${kind}: ${told?.label ?? attrs.reference}`);
  };
  show(node.attrs);
  return {
    dom,
    update(changed) {
      if (changed.type.name !== BLOCK) return false;
      show(changed.attrs);
      return true;
    },
    stopEvent: (event) => tools.contains(event.target) && event.type !== "dragstart",
    ignoreMutation: () => true,
  };
}

// `ask` opens the dialog: from attributes, or null for a new block, to a promise of attributes, or null for none.
export const DataBlock = Node.create({
  name: BLOCK,
  group: BLOCK,
  atom: true,
  draggable: true,
  selectable: true,
  isolating: true,
  addOptions: () => ({ names: null, ask: async () => null }),
  addAttributes() {
    const read = (name) => (element) => element.getAttribute(ATTRIBUTES[name]) ?? "";
    const found = Object.fromEntries(Object.keys(ATTRIBUTES).map((name) => [name, { default: "", parseHTML: read(name) }]));
    return { ...found, caption: { default: "", parseHTML: (element) => element.querySelector("figcaption")?.textContent ?? "" } };
  },
  parseHTML: () => [{ tag: "figure[data-block]" }],
  renderHTML: ({ node }) => figure(node.attrs),
  addNodeView() {
    return (view) => card({ ...view, extension: this });
  },
  addCommands() {
    const chosen = (editor) => (editor.state.selection.node?.type.name === BLOCK ? editor.state.selection : null);
    return {
      insertBlock: () => ({ editor }) => {
        this.options.ask(null).then((attrs) => {
          if (!attrs) return editor.commands.focus();
          const { $from, $to } = editor.state.selection;
          const top = $from.depth ? $from.node(1) : null;
          const isEmpty = top?.type.name === "paragraph" && !top.content.size;
          const at = top ? (isEmpty ? $from.before(1) : $to.after(1)) : $to.pos;
          const place = isEmpty ? { from: at, to: at + top.nodeSize } : at;
          editor.chain().insertContentAt(place, { type: BLOCK, attrs }).setNodeSelection(at).focus().run();
        });
        return true;
      },
      changeBlock: () => ({ editor }) => {
        const selection = chosen(editor);
        if (!selection) return false;
        const at = selection.from;
        this.options.ask(selection.node.attrs).then((attrs) => {
          const chain = editor.chain().setNodeSelection(at);
          (attrs ? chain.updateAttributes(BLOCK, attrs) : chain).focus().run();
        });
        return true;
      },
      moveBlock: (by) => ({ editor, tr, commands }) => {
        const selection = chosen(editor);
        if (!selection) return false;
        const index = selection.$from.index(0) + by;
        const other = index >= 0 && index < tr.doc.childCount ? tr.doc.child(index) : null;
        if (!other) return true;
        const to = selection.from + (by < 0 ? -other.nodeSize : other.nodeSize);
        tr.delete(selection.from, selection.to).insert(to, selection.node);
        return commands.setNodeSelection(to);
      },
    };
  },
  addKeyboardShortcuts() {
    const isChosen = () => this.editor.state.selection.node?.type.name === BLOCK;
    return {
      Enter: () => this.editor.commands.changeBlock(),
      "Alt-ArrowUp": () => this.editor.commands.moveBlock(-1),
      "Alt-ArrowDown": () => this.editor.commands.moveBlock(1),
      // Browsers do not leave a chosen block with these keys by themselves.
      "Mod-Home": () => isChosen() && this.editor.commands.focus("start"),
      "Mod-End": () => isChosen() && this.editor.commands.focus("end"),
    };
  },
});
