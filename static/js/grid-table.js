// The table of the grid: one row for each car, typed and moved with the keyboard alone. It knows nothing of saving.
import { CELLS, DRIVERS, LAPS, NUMBER, ON, STATUS, emptyRow, isEmpty, longStatus, pasted, resolved } from "./grid-rows.js";

const COLUMNS = ["car_number", "laps", "total_time", "status", "best_lap_time", "best_lap_number"];
const HEADINGS = ["No", "Laps", "Time or gap", "Status", "Best lap", "On lap"];

function element(tag, text = "", attributes = {}) {
  const made = Object.assign(document.createElement(tag), { textContent: text });
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

export class GridTable extends EventTarget {
  // `data` is what the page says: labels, cars, drivers, isRace.
  constructor(data) {
    super();
    this.data = data;
    this.deleted = null;
    const labels = COLUMNS.map((column) => data.labels[column]);
    this.labels = labels;
    this.table = element("table", "", { class: "grid-table" });
    const head = element("tr");
    head.append(element("th", "Place", { scope: "col" }), element("th", HEADINGS[NUMBER], { scope: "col" }));
    head.append(element("th", "Car", { scope: "col" }));
    for (const heading of HEADINGS.slice(1)) head.append(element("th", heading, { scope: "col" }));
    head.append(element("th", "Drivers", { scope: "col" }), element("th", "Row", { scope: "col" }));
    this.body = element("tbody");
    const top = element("thead");
    top.append(head);
    this.table.append(top, this.body);
    this.table.addEventListener("input", (event) => this.#typed(event));
    this.table.addEventListener("keydown", (event) => this.#pressed(event));
    this.table.addEventListener("paste", (event) => this.#pasted(event));
    this.table.addEventListener("click", (event) => this.#clicked(event));
    this.table.addEventListener("focusout", (event) => this.#left(event));
  }

  get rows() {
    return [...this.body.rows].map((line) => line.typed);
  }

  // The rows without the empty ones at the end.
  get typedRows() {
    const rows = this.rows.map((row) => [...row]);
    while (rows.length && isEmpty(rows.at(-1))) rows.pop();
    return rows;
  }

  set rows(rows) {
    this.body.replaceChildren(...rows.map((row) => this.#line(row)));
    this.#settle();
  }

  focus(index, column = NUMBER) {
    this.#cell(this.body.rows[index], column)?.focus();
  }

  // Marks cells that the server could not read: [row from 1, column, message].
  mark(problems) {
    for (const [row, column, message] of problems) {
      const line = this.body.rows[row - 1];
      const box = column === "drivers" ? line?.querySelector("[data-do=crew]") : this.#cell(line, COLUMNS.indexOf(column));
      if (!box) continue;
      box.setAttribute("aria-invalid", "true");
      box.title = message;
      const note = element("span", message, { class: "grid-problem" });
      note.id = `problem-${row}-${column}`;
      box.setAttribute("aria-describedby", note.id);
      box.after(note);
    }
  }

  #cell(line, column) {
    return line?.querySelectorAll("input")[column];
  }

  #line(row) {
    const line = element("tr");
    line.typed = row;
    const boxes = COLUMNS.map((column, index) => {
      const box = element("input", "", { type: "text", autocomplete: "off", spellcheck: "false", "data-column": index });
      box.value = row[index];
      if (index === LAPS || index === ON) box.inputMode = "numeric";
      const cell = element("td", "", { class: `grid-${column.replaceAll("_", "-")}` });
      cell.append(box);
      return cell;
    });
    const crew = element("button", "", { type: "button", "data-do": "crew", tabindex: "-1", "aria-keyshortcuts": "F2" });
    const drivers = element("td", "", { class: "grid-drivers" });
    drivers.append(crew);
    const tools = element("td", "", { class: "grid-tools" });
    for (const [what, sign, words] of [
      ["up", "↑", "Move up"],
      ["down", "↓", "Move down"],
      ["insert", "+", "Insert a row below"],
      ["delete", "×", "Delete"],
    ]) {
      const button = element("button", sign, { type: "button", "data-do": what, "data-words": words, tabindex: "-1" });
      button.title = words;
      tools.append(button);
    }
    line.append(element("th", "", { scope: "row" }), boxes[0], element("td", "", { class: "grid-car" }));
    line.append(...boxes.slice(1), drivers, tools);
    return line;
  }

  // Numbers the rows, shows what empty cells stand for and whose number it is, and keeps an empty row at the end.
  #settle() {
    const lines = [...this.body.rows];
    if (!lines.length || !isEmpty(lines.at(-1).typed)) {
      this.body.append(this.#line(emptyRow()));
      lines.push(this.body.rows[lines.length]);
    }
    const found = resolved(this.rows, this.data.isRace);
    const times = new Map();
    for (const row of found) if (row?.number) times.set(row.number, (times.get(row.number) ?? 0) + 1);
    lines.forEach((line, index) => {
      const says = found[index];
      line.cells[0].textContent = index + 1;
      line.querySelectorAll("input").forEach((box, column) => {
        box.setAttribute("aria-label", `Row ${index + 1}, ${this.labels[column]}`);
        box.id = `cell-${index + 1}-${COLUMNS[column]}`;
      });
      this.#cell(line, LAPS).placeholder = says?.laps ?? "";
      this.#cell(line, STATUS).placeholder = says?.status ?? "";
      this.#showCar(line, says, times.get(says?.number));
      for (const button of line.querySelectorAll("[data-words]")) {
        button.setAttribute("aria-label", `${button.dataset.words}: row ${index + 1}`);
      }
    });
  }

  #showCar(line, says, times) {
    const key = `${says?.number ?? ""}|${times > 1}|${line.typed[DRIVERS]?.join()}`;
    if (line.shown === key) return;
    line.shown = key;
    const place = line.querySelector(".grid-car");
    const crew = line.querySelector("[data-do=crew]");
    const car = this.data.cars[says?.number];
    const drove = line.typed[DRIVERS] ?? car?.crew ?? [];
    crew.textContent = drove.map((slug) => (this.data.drivers[slug] ?? slug).split(" ").at(-1)).join(", ") || "nobody";
    crew.setAttribute("aria-label", `Drivers of car ${says?.number ?? ""}: ${crew.textContent}. Change`);
    crew.classList.toggle("grid-others", line.typed[DRIVERS] !== null);
    crew.hidden = !says;
    if (!says?.number) place.replaceChildren();
    else if (!car) place.replaceChildren(element("span", "not entered at the event", { class: "grid-unknown" }));
    else {
      const plate = element("span", "", { class: `plate plate-s ${car.style}`, "aria-hidden": "true" });
      plate.append(element("span", says.number, { class: "plate-number" }), element("span", car.className, { class: "plate-class" }));
      const spoken = element("span", `${car.className} `, { class: "visually-hidden" });
      place.replaceChildren(plate, spoken, element("span", car.team, { class: "grid-team" }));
      if (car.status) place.append(element("span", car.status, { class: "grid-unknown" }));
    }
    if (times > 1) place.append(element("span", "twice in the list", { class: "grid-unknown" }));
  }

  #changed(said = "") {
    this.#settle();
    this.dispatchEvent(new CustomEvent("typed", { detail: said }));
  }

  #typed(event) {
    const line = event.target.closest("tr");
    line.typed[event.target.dataset.column] = event.target.value;
    if (event.target.hasAttribute("aria-invalid")) {
      event.target.removeAttribute("aria-invalid");
      event.target.removeAttribute("aria-describedby");
      event.target.parentElement.querySelector(".grid-problem")?.remove();
      event.target.title = "";
    }
    this.#changed();
  }

  // Short words are written out once the cell is left.
  #left(event) {
    if (Number(event.target.dataset?.column) !== STATUS) return;
    const long = longStatus(event.target.value);
    if (long === event.target.value) return;
    event.target.value = event.target.closest("tr").typed[STATUS] = long;
    this.#changed();
  }

  #pressed(event) {
    const line = event.target.closest("tr");
    const column = Number(event.target.dataset.column ?? -1);
    const index = line ? line.sectionRowIndex : -1;
    if (index < 0 || event.isComposing) return;
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
    const modified = ctrlKey || metaKey;
    let act = null;
    if (key === "Enter" && altKey) act = () => this.#do("insert", line);
    else if (key === "Enter" && column >= 0 && !modified) act = () => this.#step(index + (shiftKey ? -1 : 1), column);
    else if (altKey && key === "ArrowUp") act = () => this.#do("up", line, column);
    else if (altKey && key === "ArrowDown") act = () => this.#do("down", line, column);
    else if (altKey && ["Delete", "Backspace"].includes(key)) act = () => this.#do("delete", line, column);
    else if (altKey && key.toLowerCase() === "z") act = () => this.#bringBack();
    else if (key === "F2") act = () => this.#do("crew", line, column);
    else if (column < 0 || modified || altKey || shiftKey) return;
    else if (key === "ArrowUp") act = () => this.#step(index - 1, column);
    else if (key === "ArrowDown") act = () => this.#step(index + 1, column);
    else if (key === "ArrowLeft" && event.target.selectionEnd === 0) act = () => this.#step(index, column - 1);
    else if (key === "ArrowRight" && event.target.selectionStart === event.target.value.length) {
      act = () => this.#step(index, column + 1);
    }
    if (!act) return;
    event.preventDefault();
    act();
  }

  #step(index, column) {
    const box = column < CELLS ? this.#cell(this.body.rows[index], column) : null;
    box?.focus();
    box?.select();
  }

  #clicked(event) {
    const button = event.target.closest("button[data-do]");
    if (button) this.#do(button.dataset.do, button.closest("tr"));
  }

  #do(what, line, column = NUMBER) {
    const index = line.sectionRowIndex;
    const called = `Row ${index + 1}${line.typed[NUMBER] ? `, car ${line.typed[NUMBER]}` : ""}`;
    const stays = Math.max(column, 0);
    if (what === "crew") this.dispatchEvent(new CustomEvent("crew", { detail: { line, column: stays } }));
    else if (what === "insert") {
      line.after(this.#line(emptyRow()));
      this.#changed();
      this.focus(index + 1);
    } else if (what === "delete") {
      this.deleted = { row: line.typed, index };
      line.remove();
      this.#changed(`${called} is deleted. Alt and Z brings it back.`);
      this.focus(Math.min(index, this.body.rows.length - 1), stays);
    } else {
      const other = what === "up" ? line.previousElementSibling : line.nextElementSibling;
      if (!other || (what === "down" && isEmpty(other.typed))) return;
      if (what === "up") other.before(line);
      else other.after(line);
      this.#changed(`${called} is in row ${line.sectionRowIndex + 1} now.`);
      this.focus(line.sectionRowIndex, stays);
    }
  }

  #bringBack() {
    if (!this.deleted) return;
    const { row, index } = this.deleted;
    this.deleted = null;
    const line = this.#line(row);
    this.body.insertBefore(line, this.body.rows[index] ?? null);
    this.#changed(`The deleted row is back as row ${line.sectionRowIndex + 1}.`);
    this.focus(line.sectionRowIndex);
  }

  setDrivers(line, drivers) {
    line.typed[DRIVERS] = drivers;
    this.#changed();
  }

  // A table from a spreadsheet fills the cells to the right of this one and below it.
  #pasted(event) {
    const column = Number(event.target.dataset?.column ?? -1);
    const text = event.clipboardData.getData("text/plain");
    const lines = column < 0 ? null : pasted(text);
    if (!lines) return;
    event.preventDefault();
    if (!/\d/.test(lines[0].join(""))) {
      // With headings: the server reads which column is which.
      this.dispatchEvent(new CustomEvent("table", { detail: text }));
      return;
    }
    let index = event.target.closest("tr").sectionRowIndex;
    for (const cells of lines) {
      if (!this.body.rows[index]) this.body.append(this.#line(emptyRow()));
      const line = this.body.rows[index];
      cells.slice(0, CELLS - column).forEach((cell, place) => {
        const box = this.#cell(line, column + place);
        box.value = line.typed[column + place] = cell.trim();
      });
      index += 1;
    }
    this.#changed(`${lines.length} rows are pasted.`);
  }
}

