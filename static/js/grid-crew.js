// Who drove a car: the crew of the event, or others, in a dialog of the grid.
const MOST_FOUND = 8;
const MOST_DRIVERS = 6;
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function element(tag, text = "", attributes = {}) {
  const made = Object.assign(document.createElement(tag), { textContent: text });
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

// Asks who drove; `done` is called with the slugs in the order of their seats, or with null for the crew of the event.
export function askCrew({ number, team, crew, chosen, drivers, done }) {
  let seats = [...(chosen ?? crew)];
  const dialog = element("dialog", "", { class: "grid-crew", "aria-labelledby": "grid-crew-heading" });
  const list = element("ol", "", { class: "grid-crew-seats" });
  const find = element("input", "", { type: "text", id: "grid-crew-find", autocomplete: "off" });
  const found = element("ul", "", { class: "grid-crew-found" });
  const said = element("p", "", { class: "visually-hidden", "aria-live": "polite" });
  const name = (slug) => drivers[slug] ?? slug;

  const show = () => {
    list.replaceChildren(
      ...seats.map((slug) => {
        const item = element("li", `${name(slug)} `);
        const button = element("button", "Take out", { type: "button", "aria-label": `Take out ${name(slug)}` });
        button.addEventListener("click", () => {
          seats = seats.filter((other) => other !== slug);
          show();
          find.focus();
        });
        item.append(button);
        return item;
      }),
    );
    const wanted = fold(find.value.trim());
    const offered = wanted ? Object.keys(drivers).filter((slug) => fold(drivers[slug]).includes(wanted)) : crew;
    const free = offered.filter((slug) => !seats.includes(slug)).slice(0, MOST_FOUND);
    found.replaceChildren(
      ...free.map((slug) => {
        const item = element("li");
        const button = element("button", name(slug), { type: "button" });
        button.addEventListener("click", () => choose(slug));
        item.append(button);
        return item;
      }),
    );
    said.textContent = wanted ? `${free.length} found` : "";
  };
  const choose = (slug) => {
    if (!slug || seats.length >= MOST_DRIVERS) return;
    seats.push(slug);
    find.value = "";
    show();
    find.focus();
  };
  const close = (answer) => {
    dialog.close();
    dialog.remove();
    done(answer);
  };

  find.addEventListener("input", show);
  find.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const first = found.querySelector("button");
    if (find.value.trim() && first) first.click();
    else close(seats);
  });
  dialog.addEventListener("cancel", () => {
    dialog.remove();
    done(chosen);
  });
  const buttons = element("p", "", { class: "grid-crew-buttons" });
  const use = element("button", "These drove", { type: "button", class: "button" });
  use.addEventListener("click", () => close(seats));
  const usual = element("button", "The crew of the event drove", { type: "button", class: "button" });
  usual.addEventListener("click", () => close(null));
  buttons.append(use, usual);
  const heading = element("h2", `Who drove car ${number}`, { id: "grid-crew-heading" });
  const label = element("label", "Find a driver", { for: "grid-crew-find" });
  dialog.append(heading, element("p", team, { class: "task-quiet" }), list, label, find, found, said, buttons);
  document.body.append(dialog);
  show();
  dialog.showModal();
  find.focus();
}
