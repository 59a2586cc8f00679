// Writing a story: what is typed is kept on this device at once and goes to the server by itself; the page says honestly
// what is where. Without this script the same form is saved with its button.
import { make } from "./ask.js";
import { Autosave } from "./autosave.js";
import { startEditor } from "./body-editor.js";
import { KeptTyping } from "./kept-typing.js";

const KEEP_AFTER = 300; // Milliseconds after the last key, and never more than
const KEEP_WITHIN = 1000; // after the first one.
const SEND_AFTER = 1500; // After the first key that the server does not have.
const data = JSON.parse(document.getElementById("writing-data")?.textContent ?? "null");
const form = document.querySelector(".writing-columns")?.closest("form");
const BOOKKEEPING = ["csrfmiddlewaretoken", "seen_version", "copy"];

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const clock = (moment) =>
  new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(moment);
const short = (moment) => new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(moment);

// {name: text, or [[value, label], ...] of a choice}
function typed() {
  const found = {};
  for (const box of form.elements) {
    if (!box.name || box.name.startsWith("initial-") || box.name.startsWith("_") || BOOKKEEPING.includes(box.name)) continue;
    found[box.name] = box.options
      ? [...box.selectedOptions].filter((option) => option.value).map((option) => [option.value, option.text])
      : box.value;
  }
  return found;
}

function put(fields, editor) {
  for (const [name, value] of Object.entries(fields)) {
    const box = form.elements.namedItem(name);
    if (!box) continue;
    if (!box.options) box.value = value;
    else {
      for (const option of box.options) option.selected = false;
      for (const [key, label] of value) {
        const known = [...box.options].find((option) => option.value === key);
        if (known) known.selected = true;
        else box.add(new Option(label, key, true, true));
      }
      window.django?.jQuery(box).trigger("change");
    }
  }
  if ("body" in fields) editor?.commands.setContent(fields.body, { emitUpdate: true });
}

// What the server compares with what is typed: the values that the person was shown, [[name, value], ...].
const INITIAL = "[name^='initial-']";
const base = () => [...form.querySelectorAll(INITIAL)].map((box) => [box.name, box.value]);

function putBase(shown) {
  for (const box of form.querySelectorAll(INITIAL)) box.remove();
  form.append(...shown.map(([name, value]) => make("input", { type: "hidden", name, value })));
}

function start() {
  const area = form.querySelector("textarea[data-body]");
  const editor = area ? startEditor(area, data) : null;
  const kept = new KeptTyping(data.key, data.person, (one) => typeof one.fields === "object" && Array.isArray(one.base));
  const seen = form.elements.namedItem("seen_version");
  const copyField = form.elements.namedItem("copy");
  const line = form.querySelector(".writing-state");
  const offers = document.querySelector(".writing-offers");
  const announcer = make("p", { class: "visually-hidden", role: "status" });
  const shown = typed();
  const buttons = [...form.querySelectorAll("[type=submit]")];
  let copy = copyField.value;
  let isDirty = data.isUnsaved;
  let firstKey = 0;
  let timer = 0;
  line.after(announcer);

  // `spoken` is said once for a state; the line shows the time as well.
  const say = (state, text, spoken = text, link = null) => {
    line.dataset.state = state;
    line.replaceChildren(text, ...(link ? [" ", link] : []));
    line.hidden = false;
    if (announcer.textContent !== spoken) announcer.textContent = spoken;
  };
  const labelOf = (name) => {
    const label = form.querySelector(`label[for="id_${name}"]`);
    return (label?.textContent ?? name).trim().replace(/:$/, "");
  };

  // --- what is kept here ------------------------------------------------------------------------------------

  const keepNow = () => {
    clearTimeout(timer);
    timer = firstKey = 0;
    if (!isDirty) return true;
    return kept.keep({ fields: typed(), base: base(), version: seen?.value ?? "", copy, at: new Date().toISOString() });
  };
  const here = (isKept) => (isKept ? "kept in this browser" : "and this browser keeps nothing: save now");
  const waits = (name) => !data.kept.includes(name) && name !== "change_reason" && !same(typed()[name], shown[name]);
  const waiting = () => Object.keys(shown).filter(waits);

  const autosave = new Autosave({
    address: data.autosave,
    token: data.token,
    form,
    names: data.kept,
    delay: SEND_AFTER,
    isOff: data.isConflict,
  });
  autosave.addEventListener("saved", () => {
    const left = waiting();
    if (!left.length && autosave.hasAll()) {
      isDirty = false;
      kept.drop();
    } else keepNow();
    const more = left.length ? ` ${left.map(labelOf).join(", ")}: with the next Save.` : "";
    say("saved", `Saved ${clock(new Date())}, not an edition yet.${more}`, `Saved, not an edition yet.${more}`);
  });
  autosave.addEventListener("failed", ({ detail }) => {
    const isKept = keepNow();
    const words = {
      offline: `Not saved: no connection, ${here(isKept)}.`,
      login: `Not saved: you are not logged in any more, ${here(isKept)}. Write on here once you are:`,
      conflict: `Not saved: ${detail.who} saved this at ${detail.at ? short(new Date(detail.at)) : "the same time"}. Yours is ${here(isKept)}. Press Save to compare: nothing is lost.`,
      refused: `Not saved: ${detail.message} It is ${here(isKept)}.`,
      server: `Not saved: the server cannot save it now (${detail.status}), ${here(isKept)}.`,
    };
    const address = `${data.login}?next=${encodeURIComponent(location.pathname)}`;
    const link = detail.why === "login" ? make("a", { href: address, target: "_blank" }, "Log in in another tab") : null;
    say(detail.why === "conflict" ? "conflict" : "unsaved", words[detail.why], words[detail.why], link);
  });

  const touched = () => {
    // Search fields say that they changed when they begin.
    if (!isDirty && same(typed(), shown)) return;
    isDirty = true;
    // What is typed while an earlier state is being saved is not saved with it.
    copy = "";
    const now = performance.now();
    firstKey ||= now;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const isKept = keepNow();
      if (data.isConflict) say("conflict", `Not saved: choose above whose text counts. Yours is ${here(isKept)}.`);
      else if (!data.autosave) say("kept", `Not saved yet, ${here(isKept)}. The first Save makes the draft.`);
      else if (!autosave.why) say("kept", "Not saved yet …", "");
    }, Math.max(0, Math.min(KEEP_AFTER, KEEP_WITHIN - (now - firstKey))));
    autosave.touched();
  };

  const offer = (one) => {
    const moment = new Date(one.at);
    const day = moment.toDateString() === new Date().toDateString() ? "" : ` on ${moment.toLocaleDateString("en-GB")}`;
    const differing = Object.keys(one.fields).filter((name) => name in shown && !same(one.fields[name], shown[name]));
    const back = make("button", { type: "button", class: "button" }, "Take it back");
    const drop = make("button", { type: "button", class: "button" }, "Drop it");
    const box = make(
      "section",
      { class: "writing-offer" },
      make("h2", {}, `Typed at ${short(moment)}${day}, not saved`),
      make("p", {}, `Different from what is below: ${differing.map(labelOf).join(", ")}.`),
      make("p", {}, back, " ", drop),
    );
    back.addEventListener("click", () => {
      // The server compares with what was shown then, so that nobody's later work is overwritten unseen.
      if (seen && !(data.isMine && Number(one.version) + 1 === Number(seen.value))) {
        seen.value = one.version;
        putBase(one.base);
      }
      put(one.fields, editor);
      box.remove();
      touched();
      keepNow();
      kept.drop(one.slot);
    });
    drop.addEventListener("click", () => {
      kept.drop(one.slot);
      box.remove();
    });
    offers.append(box);
  };

  // A page that answers a save shows this tab's typing itself; whatever else this tab kept is offered like the others.
  const own = kept.read(kept.slot);
  if (!(data.isUnsaved && copy && own?.copy === copy)) kept.setAside();
  if (data.saved) {
    // The first save of a new story leads from the page of a new one to its own.
    const ofNew = new KeptTyping(data.key.replace(/[^/]+$/, "new"), data.person, kept.isWhole);
    for (const one of [...ofNew.all(), ...kept.all()]) if (one.copy === data.saved) kept.drop(one.slot);
    history.replaceState(null, "", location.pathname);
  }
  for (const one of kept.all()) {
    if (one.slot === kept.slot) continue;
    if (Object.keys(one.fields).every((name) => !(name in shown) || same(one.fields[name], shown[name]))) kept.drop(one.slot);
    else offer(one);
  }
  if (isDirty) touched();
  else if (data.typedAt) say("saved", `${data.typedBy ? `${data.typedBy} typed` : "Typed"} until ${short(new Date(data.typedAt))}, not an edition yet: Save makes one.`);
  else if (data.edition) say("whole", `All of it is saved: edition ${data.edition}.`, "");
  kept.onOtherTab(() => say("conflict", "This is being written in another tab of this browser too. Whoever saves second is asked to compare."));

  form.addEventListener("input", touched);
  // The search fields tell jQuery alone.
  window.django?.jQuery(form).on("change", touched);
  window.addEventListener("pagehide", keepNow);
  document.addEventListener("visibilitychange", keepNow);
  // A page that the browser kept behind a save is older than what is stored.
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(form.querySelector(".submit-row [name=_save]"));
    }
  });

  // What is published is what the server has: the last words go there first, and what waits for a Save is said.
  const publish = document.querySelector(".story-state-button");
  publish?.addEventListener("click", async (event) => {
    if (!isDirty) return;
    event.preventDefault();
    keepNow();
    const left = waiting();
    if (left.length) say("unsaved", `Press Save first: ${left.map(labelOf).join(", ")} would not be published.`);
    else if (await autosave.flush()) location.assign(publish.href);
  });

  // --- saving -----------------------------------------------------------------------------------------------

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    isDirty = true;
    keepNow();
    buttons.forEach((button) => (button.disabled = true));
    say("kept", "Saving …");
    if (await autosave.isReady(data.blocks.names)) {
      if (event.submitter?.name) form.append(make("input", { type: "hidden", name: event.submitter.name, value: "1" }));
      copy = copyField.value = `${kept.tab}-${Date.now().toString(36)}`;
      keepNow();
      form.submit();
    } else buttons.forEach((button) => (button.disabled = false));
  });
}

if (form && data) start();
