// The grid in which a classification is typed: what is typed is kept on this device at once, and goes to the server in one
// field. Without this script the same page takes one line of text for each car.
import { askCrew } from "./grid-crew.js";
import { DRIVERS, NUMBER, differing } from "./grid-rows.js";
import { GridTable } from "./grid-table.js";
import { KeptTyping } from "./kept-typing.js";

const KEEP_AFTER = 300; // Milliseconds after the last key, and never more than
const KEEP_WITHIN = 1000; // after the first one.
const form = document.querySelector("form[data-grid]");
const data = JSON.parse(document.getElementById("grid-data")?.textContent ?? "null");

function clock(moment) {
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(moment);
}

function start() {
  const grid = new GridTable(data);
  const kept = new KeptTyping(data.key, data.person, (one) => Array.isArray(one.rows));
  const sheet = form.querySelector(".grid-sheet");
  const stateLine = form.querySelector(".grid-state");
  const offers = form.querySelector(".grid-offers");
  const plain = form.querySelector(".grid-plain");
  const announcer = Object.assign(document.createElement("p"), { className: "visually-hidden" });
  const fields = form.elements;
  const save = form.querySelector("input[type=submit].default");
  const shown = structuredClone(data.rows);
  let seen = fields.namedItem("seen").value;
  let copy = fields.namedItem("copy").value;
  let isDirty = false;
  let firstKey = 0;
  let timer = 0;

  announcer.setAttribute("role", "status");
  stateLine.removeAttribute("role");
  stateLine.removeAttribute("aria-live");
  stateLine.after(announcer);
  sheet.append(grid.table);
  grid.rows = structuredClone(data.rows);
  grid.mark(data.problems);
  sheet.hidden = stateLine.hidden = false;
  plain.open = false;
  form.classList.add("grid-on");

  // --- what is kept here ------------------------------------------------------------------------------------

  const say = (text, state) => {
    stateLine.dataset.state = state;
    stateLine.textContent = text;
  };
  const announce = (text) => {
    if (announcer.textContent !== text) announcer.textContent = text;
  };
  const others = () => ({
    cause: fields.namedItem("cause").value,
    contained: [...form.querySelectorAll("[name=contained]:checked")].map((box) => box.value),
  });
  const keepNow = () => {
    clearTimeout(timer);
    timer = firstKey = 0;
    if (!isDirty) return;
    const now = new Date();
    const isKept = kept.keep({ rows: grid.typedRows, ...others(), seen, copy, at: now.toISOString() });
    const where = isKept ? `Kept on this device at ${clock(now)}.` : "This browser keeps nothing: save often.";
    const offline = navigator.onLine ? "" : "You are offline. ";
    say(`${offline}Not saved yet. ${where}`, navigator.onLine ? "dirty" : "offline");
    announce(`${offline}Not saved yet. ${isKept ? "Kept on this device." : where}`);
  };
  const touched = () => {
    isDirty = true;
    // What is typed while an earlier state is being saved is not saved with it.
    copy = "";
    const now = performance.now();
    firstKey ||= now;
    clearTimeout(timer);
    timer = setTimeout(keepNow, Math.max(0, Math.min(KEEP_AFTER, KEEP_WITHIN - (now - firstKey))));
  };

  const restore = (offer) => {
    grid.rows = structuredClone(offer.rows);
    fields.namedItem("cause").value = offer.cause ?? "";
    for (const box of form.querySelectorAll("[name=contained]")) box.checked = offer.contained?.includes(box.value);
    // The server compares with what was shown then, so that nobody's later work is overwritten unseen.
    seen = fields.namedItem("seen").value = offer.seen ?? "";
    isDirty = true;
    keepNow();
    kept.drop(offer.slot);
    announce(`What was typed at ${clock(new Date(offer.at))} is back. It is not saved yet.`);
    grid.focus(0);
  };
  const showOffer = (offer) => {
    const box = document.createElement("section");
    const numbers = differing(offer.rows, shown, data.isRace);
    const which = numbers.length > 8 ? `${numbers.length} rows differ` : `differs: ${numbers.join(", ") || "cause or decisions"}`;
    const moment = new Date(offer.at);
    const day = moment.toDateString() === new Date().toDateString() ? "" : ` on ${moment.toLocaleDateString("en-GB")}`;
    const heading = Object.assign(document.createElement("h2"), { textContent: `Typed here at ${clock(moment)}${day}, and not saved` });
    const words = Object.assign(document.createElement("p"), { textContent: `${offer.rows.length === 1 ? "1 row" : `${offer.rows.length} rows`}; ${which}.` });
    const buttons = document.createElement("p");
    for (const [label, act] of [
      [`Restore what was typed at ${clock(moment)}`, () => restore(offer)],
      ["Throw it away", () => kept.drop(offer.slot)],
    ]) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: label });
      button.addEventListener("click", () => {
        box.remove();
        offers.hidden = !offers.childElementCount;
        act();
      });
      buttons.append(button, " ");
    }
    box.append(heading, words, buttons);
    offers.append(box);
    offers.hidden = false;
  };
  const isShown = (offer) =>
    !differing(offer.rows, shown, data.isRace).length && (offer.cause ?? "") === fields.namedItem("cause").value;

  // A page that answers a save shows this tab's typing itself; whatever else this tab kept is offered like the others.
  const own = kept.read(kept.slot);
  if (!(data.isUnsaved && copy && own?.copy === copy)) kept.setAside();
  for (const offer of kept.all()) {
    const isAccepted = data.saved && offer.copy === data.saved;
    if (isAccepted || isShown(offer)) kept.drop(offer.slot);
    else showOffer(offer);
  }
  if (data.saved) history.replaceState(null, "", location.pathname);
  if (data.isUnsaved) {
    isDirty = true;
    keepNow();
  } else if (data.isStored) {
    say("All of it is saved as the draft.", "saved");
    announce("All of it is saved as the draft.");
  }
  kept.onOtherTab(() => {
    say("This classification is being typed in another tab of this browser too. Whoever saves second is asked to compare.", "other");
    announce(stateLine.textContent);
  });

  grid.addEventListener("typed", (event) => {
    touched();
    if (event.detail) announce(event.detail);
  });
  grid.addEventListener("crew", ({ detail: { line, column } }) => {
    const number = line.typed[NUMBER].trim().toUpperCase();
    const car = data.cars[number] ?? { team: "not entered at the event", crew: [] };
    askCrew({
      number,
      team: car.team,
      crew: car.crew,
      chosen: line.typed[DRIVERS],
      drivers: data.drivers,
      done: (drivers) => {
        const before = JSON.stringify(line.typed[DRIVERS]);
        if (JSON.stringify(drivers) !== before) grid.setDrivers(line, drivers);
        grid.focus(line.sectionRowIndex, column);
      },
    });
  });
  grid.addEventListener("table", (event) => {
    fields.namedItem("lines").value = event.detail;
    form.requestSubmit(form.querySelector("[name=take]"));
  });
  form.addEventListener("input", (event) => {
    if (["cause", "contained"].includes(event.target.name)) touched();
  });
  window.addEventListener("pageshow", () => (save.disabled = false));
  window.addEventListener("pagehide", keepNow);
  document.addEventListener("visibilitychange", keepNow);
  window.addEventListener("offline", () => {
    say("You are offline. What you type is kept on this device.", "offline");
    announce(stateLine.textContent);
  });
  window.addEventListener("online", () => {
    say(isDirty ? "You are online again. Not saved yet." : "You are online again.", isDirty ? "dirty" : "saved");
    announce(stateLine.textContent);
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(save);
    }
  });
  for (const link of document.querySelectorAll(".grid-problems a")) {
    link.addEventListener("click", (event) => {
      const cell = document.querySelector(new URL(link.href).hash);
      if (cell) event.preventDefault();
      cell?.focus();
    });
  }

  // --- saving -----------------------------------------------------------------------------------------------

  const refuse = (text, link) => {
    say(text, "offline");
    if (link) stateLine.append(" ", link);
    announce(text);
    save.disabled = false;
  };
  const send = async () => {
    save.disabled = true;
    say("Saving …", "dirty");
    let answer;
    try {
      answer = await fetch(`${location.pathname}?from=nothing`, { cache: "no-store", redirect: "manual" });
    } catch {
      return refuse("The server cannot be reached. All of it is kept on this device: save again in a moment.");
    }
    if (answer.type === "opaqueredirect" || answer.status === 401) {
      const link = Object.assign(document.createElement("a"), { textContent: "Log in in a new tab", target: "_blank" });
      link.href = `${data.login}?next=${encodeURIComponent(location.pathname)}`;
      return refuse("You are not logged in any more. All of it is kept on this device: log in, then save here again.", link);
    }
    if (!answer.ok) return refuse(`The server cannot save it now (${answer.status}). All of it is kept on this device.`);
    // Logging in again changes the token of the form.
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = fresh.querySelector("[name=csrfmiddlewaretoken]")?.value;
    if (token) fields.namedItem("csrfmiddlewaretoken").value = token;
    form.submit();
  };
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name === "take") {
      isDirty = isDirty || grid.typedRows.length > 0;
      keepNow();
      return;
    }
    event.preventDefault();
    copy = fields.namedItem("copy").value = `${kept.tab}-${Date.now().toString(36)}`;
    fields.namedItem("sheet").value = JSON.stringify(grid.typedRows);
    isDirty = true;
    keepNow();
    send();
  });
}

if (form && data) start();
