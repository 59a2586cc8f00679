// The dialog that puts a data block together: everything is chosen, nothing of a reference is typed.
import { ask, labelled, make } from "./ask.js";

const KINDS = { result: "Result", standings: "Standings", chart: "Points chart", plate: "Car", event: "Event", picture: "Picture" };
const SEARCH_AFTER = 250; // Milliseconds after the last key.

const options = (rows, chosen) =>
  rows.map(({ value, label }) => {
    const option = make("option", { value }, label);
    option.selected = value === chosen;
    return option;
  });

function select(rows, chosen, first = null) {
  return make("select", {}, ...(first === null ? [] : [make("option", { value: "" }, first)]), ...options(rows, chosen));
}

function count(value, usual) {
  const box = make("input", { type: "number", min: 1, max: 99, inputmode: "numeric", placeholder: usual });
  box.value = value ?? "";
  return box;
}

async function told(address, query = {}) {
  const answer = await fetch(`${address}?${new URLSearchParams(query)}`);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

// The fields of each kind: from what the season offers and what was chosen to [fields, read].
const FORMS = {
  result(season, parts, attrs) {
    const session = select(season.sessions, parts.slice(1).join("/") || season.newest_session);
    const raceClass = select(season.classes, attrs.raceClass, "All classes");
    const top = count(attrs.top, "3");
    return [
      [labelled("Session", session), labelled("Class", raceClass), labelled("How many cars of each class", top, "Empty: the first three.")],
      () => session.value && { reference: `${season.season}/${session.value}`, raceClass: raceClass.value, top: top.value },
    ];
  },
  standings(season, parts, attrs) {
    const title = select(season.titles, parts[1]);
    const rounds = season.rounds.map((number) => ({ value: String(number), label: `After round ${number}` }));
    const after = select(rounds, attrs.after, "The newest");
    const top = count(attrs.top, "5");
    return [
      [labelled("Title", title), labelled("Table", after), labelled("How many lines", top, "Empty: the first five.")],
      () => title.value && { reference: `${season.season}/${title.value}`, after: after.value, top: top.value },
    ];
  },
  chart(season, parts) {
    const title = select(season.titles, parts[1]);
    return [[labelled("Title", title)], () => title.value && { reference: `${season.season}/${title.value}` }];
  },
  plate(season, parts) {
    const car = select(season.cars, parts[1]);
    return [[labelled("Car", car)], () => car.value && { reference: `${season.season}/${car.value}` }];
  },
  event(season, parts) {
    const event = select(season.events, parts[1]);
    return [[labelled("Event", event)], () => event.value && { reference: `${season.season}/${event.value}` }];
  },
};

// A search among the pictures of the library; they are chosen with the arrow keys like any radio buttons.
function pictures({ pictures: address, library }, attrs, say) {
  const search = make("input", { type: "search", autocomplete: "off" });
  const list = make("div", { class: "ask-pictures", role: "radiogroup", "aria-label": "Pictures found" });
  const caption = make("textarea", { rows: 2, maxlength: 300 });
  caption.value = attrs.caption ?? "";
  let timer = 0;
  const find = async () => {
    let found;
    try {
      found = await told(address, { q: search.value });
    } catch {
      return say("The library cannot be reached just now. Try again in a moment.");
    }
    const chosen = list.querySelector(":checked")?.value ?? attrs.reference;
    list.replaceChildren(
      ...found.map((one) => {
        const radio = make("input", { type: "radio", name: "ask-picture", value: one.value });
        radio.checked = one.value === chosen;
        const words = make("span", {}, make("strong", {}, one.title), make("span", { class: "help" }, one.credit));
        return make("label", {}, radio, make("img", { class: "thumb", src: one.thumb, alt: "" }), words);
      }),
    );
    say(found.length ? "" : "No picture with these words.");
  };
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(find, SEARCH_AFTER);
  });
  // Enter looks at once; it does not send the dialog.
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    clearTimeout(timer);
    find();
  });
  find();
  const add = make("p", { class: "help" }, make("a", { href: library, target: "_blank" }, "Add a picture to the library"), ", in a new tab; then search again.");
  return [
    [labelled("Find a picture", search, "Words of its title, description or credit."), list, add, labelled("Caption", caption, "Plain words below the picture; the credit follows by itself.")],
    () => {
      const reference = list.querySelector(":checked")?.value ?? attrs.reference;
      return reference && { reference, caption: caption.value.trim().replace(/\s+/g, " ") };
    },
  ];
}

// To a promise of attributes, null where the person leaves. `attrs` are those of the block to change, null for a new one.
export async function askBlock(addresses, attrs) {
  const before = attrs ?? { kind: "result", reference: "" };
  const kinds = make("fieldset", { class: "ask-kinds" }, make("legend", { class: "visually-hidden" }, "What to insert"));
  const rest = make("div", { class: "ask-rest" });
  const state = make("p", { class: "ask-state", role: "status" });
  const say = (text) => (state.textContent = text);
  let read = () => null;
  let kind = before.kind;

  const show = async (slug = "") => {
    const mine = kind === before.kind ? before : {};
    rest.replaceChildren();
    read = () => null;
    say("");
    let fields;
    if (kind === "picture") [fields, read] = pictures(addresses, mine, say);
    else {
      const parts = (mine.reference ?? "").split("/");
      let season;
      try {
        season = await told(addresses.choices, { season: slug || parts[0] });
      } catch {
        return say("What there is to choose from cannot be reached just now. Try again in a moment.");
      }
      if (!season) return say("There is no season yet.");
      const seasons = select(season.seasons, season.season);
      seasons.addEventListener("change", () => show(seasons.value));
      [fields, read] = FORMS[kind](season, parts[0] === season.season ? parts : [], mine);
      fields.unshift(labelled("Season", seasons));
    }
    rest.replaceChildren(...fields);
  };

  for (const [value, label] of Object.entries(KINDS)) {
    const radio = make("input", { type: "radio", name: "ask-kind", value });
    radio.checked = value === kind;
    radio.addEventListener("change", () => {
      kind = value;
      show();
    });
    kinds.append(make("label", {}, radio, label));
  }
  show();
  return ask({
    heading: attrs ? "Change the block" : "Insert a block",
    fields: [kinds, rest, state],
    send: attrs ? "Change" : "Insert",
    answer: () => {
      const found = read();
      if (found) return { kind, raceClass: "", top: "", after: "", caption: "", ...found };
      say(kind === "picture" ? "Choose a picture first." : "There is nothing to choose yet.");
      return undefined;
    },
  });
}
