// The form of a decision: says whose number was typed, and shows of an effect what its kind needs. Works without it.
const form = document.getElementById("decision-form");
const cars = JSON.parse(document.getElementById("decision-cars")?.textContent ?? "{}");

function element(tag, text, className) {
  return Object.assign(document.createElement(tag), { textContent: text, className });
}

function echoCar(box, output) {
  const number = box.value.trim().toUpperCase();
  const car = cars[number];
  output.replaceChildren();
  if (!number) return;
  if (!car) {
    output.textContent = `Car ${number} is not entered at this event.`;
    return;
  }
  const plate = element("span", "", `plate plate-l ${car.style}`);
  plate.append(element("span", number, "plate-number"), element("span", car.className, "plate-class"));
  output.append(plate, car.team);
}

// Only the fields that belong to the chosen kind; one that holds something stays in sight.
function showFields(effect) {
  const kind = effect.querySelector("select[name$='-kind']")?.value ?? "";
  for (const field of effect.querySelectorAll("[data-field]")) {
    const box = field.querySelector("[data-of]");
    if (box) field.hidden = !box.dataset.of.split(" ").includes(kind) && !field.querySelector(".errorlist");
  }
}

function addEffect(fieldset) {
  const total = form.querySelector("input[name='effects-TOTAL_FORMS']");
  const index = Number(total.value);
  const made = fieldset.querySelector("template[data-empty]").content.cloneNode(true).querySelector("[data-effect]");
  for (const part of made.querySelectorAll("[id], [name], [for]")) {
    for (const name of ["id", "name", "for"]) {
      if (part.hasAttribute(name)) part.setAttribute(name, part.getAttribute(name).replace("__prefix__", index));
    }
  }
  total.value = index + 1;
  fieldset.querySelector("template[data-empty]").before(made);
  showFields(made);
  made.querySelector("select").focus();
}

if (form) {
  const box = form.elements.namedItem("event_entry");
  const output = form.querySelector("[data-echo]");
  const fieldset = form.querySelector("[data-effects]");
  const more = fieldset.querySelector("[data-add]");
  echoCar(box, output);
  box.addEventListener("input", () => echoCar(box, output));
  fieldset.querySelectorAll("[data-effect]").forEach(showFields);
  fieldset.addEventListener("change", (event) => showFields(event.target.closest("[data-effect]")));
  more.hidden = false;
  more.addEventListener("click", () => addEffect(fieldset));
}
