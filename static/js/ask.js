// Small dialogs over the page: a heading, fields, and two buttons. A dialog is gone when it is answered.

export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

let count = 0;

// A field with its label. `box` gets an id if it has none.
export function labelled(text, box, help = "") {
  box.id ||= `ask-${(count += 1)}`;
  const note = help ? make("p", { class: "help", id: `${box.id}-help` }, help) : null;
  if (note) box.setAttribute("aria-describedby", note.id);
  return make("div", { class: "ask-field" }, make("label", { for: box.id }, text), box, note);
}

// Resolves to what `answer()` gives when it is sent, to null when it is left. `answer` may return undefined to stay open.
export function ask({ heading, fields, send, answer, extra = [] }) {
  return new Promise((resolve) => {
    const title = make("h2", { id: "ask-heading" }, heading);
    const leave = make("button", { type: "button", class: "button ask-leave" }, "Cancel");
    const row = make("p", { class: "ask-row" }, make("button", { type: "submit", class: "button default" }, send), leave, ...extra);
    const form = make("form", { method: "dialog" }, title, ...fields, row);
    const dialog = make("dialog", { class: "ask", "aria-labelledby": "ask-heading" }, form);
    // Closing gives the focus back at once, so the answer comes before the next key.
    const end = (found) => {
      dialog.close();
      dialog.remove();
      resolve(found);
    };
    leave.addEventListener("click", () => end(null));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const found = answer();
      if (found !== undefined) end(found);
    });
    dialog.addEventListener("done", (event) => end(event.detail));
    dialog.addEventListener("cancel", () => end(null));
    document.body.append(dialog);
    dialog.showModal();
  });
}

// One line of text; "" takes away what is there. `more` are fields below it.
export function askText({ heading, label, value, help, check, refusal, remove, more = [] }) {
  const box = make("input", { type: "text", class: "vTextField", autocomplete: "off" });
  box.value = value;
  box.addEventListener("input", () => box.setCustomValidity(""));
  const away = value ? [make("button", { type: "button", class: "button" }, remove)] : [];
  away[0]?.addEventListener("click", () => box.dispatchEvent(new CustomEvent("done", { bubbles: true, detail: "" })));
  return ask({
    heading,
    fields: [labelled(label, box, help), ...more],
    send: "Set",
    extra: away,
    answer: () => {
      const text = box.value.trim();
      if (check(text)) return text;
      box.setCustomValidity(refusal);
      box.reportValidity();
      return undefined;
    },
  });
}
