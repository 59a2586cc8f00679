// What is typed is kept on this device until the server has it. Every tab of the browser has a place of its own, so that
// none overwrites another; what a tab left behind is offered when the page is opened again.
const DAY = 86_400_000;
const LONGEST_KEPT = 14 * DAY;

function tabName() {
  const name = Math.random().toString(36).slice(2, 10);
  try {
    const known = sessionStorage.getItem("desk-tab") ?? name;
    sessionStorage.setItem("desk-tab", known);
    return known;
  } catch {
    return name;
  }
}

export class KeptTyping {
  // `key` says what is typed, `person` who types it; `isWhole` tells whether what was kept can be used.
  constructor(key, person, isWhole) {
    this.isWhole = isWhole;
    this.prefix = `desk:${key}:${person}:`;
    this.tab = tabName();
    this.slot = `${this.prefix}${this.tab}`;
  }

  // Everything that is kept, the newest first: {slot, at, copy, ...}. What nobody asked for in two weeks is dropped.
  all() {
    const found = [];
    try {
      for (const slot of Object.keys(localStorage).filter((name) => name.startsWith(this.prefix))) {
        const kept = this.read(slot);
        if (!kept || Date.now() - Date.parse(kept.at) > LONGEST_KEPT) this.drop(slot);
        else found.push({ ...kept, slot });
      }
    } catch {
      return [];
    }
    return found.sort((one, other) => other.at.localeCompare(one.at));
  }

  read(slot) {
    try {
      const kept = JSON.parse(localStorage.getItem(slot));
      return kept && this.isWhole(kept) && !Number.isNaN(Date.parse(kept.at)) ? kept : null;
    } catch {
      return null;
    }
  }

  // Whether it could be kept: a browser may refuse, or be full.
  keep(value) {
    try {
      localStorage.setItem(this.slot, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  }

  // This tab's earlier typing moves aside, before new typing takes its place.
  setAside() {
    try {
      const kept = localStorage.getItem(this.slot);
      if (kept === null) return;
      localStorage.setItem(`${this.slot}.${Date.now()}`, kept);
      localStorage.removeItem(this.slot);
    } catch {
      // Then it stays where it is, and is offered from there.
    }
  }

  drop(slot = this.slot) {
    try {
      localStorage.removeItem(slot);
    } catch {
      // Nothing was kept either.
    }
  }

  // Calls `told` when another tab types the same.
  onOtherTab(told) {
    window.addEventListener("storage", (event) => {
      if (event.key?.startsWith(this.prefix) && !event.key.startsWith(this.slot) && event.newValue) told();
    });
  }
}
