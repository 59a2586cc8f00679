// What typed rows say, as the server will read them: used to show what an empty cell stands for, and to compare sheets.
// A row is [number, laps, time, status, best lap, lap number, drivers or null].
export const CELLS = 6;
export const [NUMBER, LAPS, TIME, STATUS, BEST, ON, DRIVERS] = [0, 1, 2, 3, 4, 5, 6];
export const CLASSIFIED = "Classified";
const SHORT = { c: CLASSIFIED, nc: "Not classified" };
const DOWN = /^\+? ?(\d{1,3}) ?(?:laps?|l)$/i;
const DURATION = /^(?:(?:(\d{1,2}):)?(\d{1,2}):)?(\d{1,5})(?:\.(\d{1,3}))?(?: ?s)?$/;

export const emptyRow = () => [...Array(CELLS).fill(""), null];
export const isEmpty = (row) => row.slice(0, CELLS).every((cell) => cell.trim() === "") && row[DRIVERS] === null;
export const longStatus = (cell) => SHORT[cell.trim().toLowerCase()] ?? cell;

const milliseconds = (text) => {
  const match = DURATION.exec(text.trim());
  if (!match) return null;
  const [hours, minutes, seconds] = match.slice(1, 4).map((part) => Number(part ?? 0));
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + Number((match[4] ?? "").padEnd(3, "0"));
};

// For every row its number, laps, time, status, best lap and lap number as they will be stored, as far as they are known.
export function resolved(rows, isRace) {
  let above = null;
  let first = null;
  return rows.map((row) => {
    if (isEmpty(row)) return null;
    const cells = row.slice(0, CELLS).map((cell) => cell.trim());
    const status = ["", "="].includes(cells[STATUS]) ? (above?.status ?? CLASSIFIED) : longStatus(cells[STATUS]);
    let laps = cells[LAPS] === "=" ? above?.laps : cells[LAPS] ? Number(cells[LAPS]) : undefined;
    if (cells[LAPS] === "" && isRace && status === CLASSIFIED && above?.status === CLASSIFIED) laps = above.laps;
    const down = DOWN.exec(cells[TIME]);
    let time = cells[TIME] === "=" ? above?.time : (milliseconds(cells[TIME]) ?? undefined);
    if (down) {
      laps = first?.laps === undefined ? laps : first.laps - Number(down[1]);
      time = undefined;
    } else if (cells[TIME].startsWith("+")) {
      const gap = milliseconds(cells[TIME].slice(1));
      time = gap === null || first?.time === undefined ? undefined : first.time + gap;
      if (isRace && cells[LAPS] === "" && first?.laps !== undefined) laps = first.laps;
    }
    let best = cells[BEST] === "=" ? above?.best : (milliseconds(cells[BEST]) ?? undefined);
    if (cells[BEST].startsWith("+") && first?.best !== undefined) {
      const gap = milliseconds(cells[BEST].slice(1));
      best = gap === null ? undefined : first.best + gap;
    }
    const found = { number: cells[NUMBER].toUpperCase(), laps, time, status, best, on: cells[ON], drivers: row[DRIVERS] };
    above = found;
    first ??= found;
    return found;
  });
}

// The numbers of the cars that two sheets have otherwise, also in another order.
export function differing(mine, theirs, isRace) {
  const words = (rows) => {
    const said = resolved(rows, isRace).filter((row) => row !== null);
    return new Map(said.map((row, place) => [row.number || `row ${place + 1}`, JSON.stringify([place, row])]));
  };
  const [ours, others] = [words(mine), words(theirs)];
  return [...new Set([...ours.keys(), ...others.keys()])].filter((number) => ours.get(number) !== others.get(number));
}

// Text from a spreadsheet or from lines: a list of cells for each line, null for text of a single cell.
export function pasted(text) {
  const lines = text.replace(/\r/g, "").replace(/\n+$/, "").split("\n");
  return lines.length === 1 && !lines[0].includes("\t") ? null : lines.map((line) => line.split("\t"));
}
