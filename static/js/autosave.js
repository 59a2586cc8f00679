// Sends what is typed to the server, never two answers at once, and again after it failed. It shows nothing: it tells
// "saved", or "failed" with why: offline, login, conflict, refused or server.
const AGAIN_AFTER = 5000; // Milliseconds after a failure that may pass by itself.
const PASSING = ["offline", "server", "login"];

export class Autosave extends EventTarget {
  // `names` are the fields that the server keeps; without `address` there is nothing to save to yet.
  constructor({ address, token, form, names, delay, isOff }) {
    super();
    Object.assign(this, { address, token, form, names, delay, isOff });
    this.why = "";
    this.timer = 0;
    this.busy = null;
    // What was sent and never answered goes once more as it was: the server knows it then, if it has it.
    this.unanswered = null;
    this.sent = this.#fields();
    for (const event of ["online", "focus"]) window.addEventListener(event, () => this.why && this.#soon(0));
  }

  touched() {
    if (!this.timer) this.#soon(this.delay);
  }

  // Whether the server has everything that it keeps.
  hasAll() {
    return this.#fields().toString() === this.sent.toString();
  }

  // Sends at once what the server does not have yet, and says whether it has everything now.
  async flush() {
    await this.busy;
    if (this.address && !this.isOff && !this.hasAll()) {
      clearTimeout(this.timer);
      this.timer = 0;
      this.busy = this.#send().finally(() => (this.busy = null));
      await this.busy;
    }
    return !this.isOff && this.hasAll();
  }

  // Before the form itself is sent: whether there is a server, and somebody logged in. Tells why not.
  async isReady(address) {
    await this.busy;
    if (this.unanswered && !this.isOff) await this.#send();
    let answer;
    try {
      answer = await fetch(address, { cache: "no-store", redirect: "manual" });
    } catch {
      return this.#failed("offline");
    }
    if (!answer.ok) return this.#failed(this.#reason(answer), { status: answer.status });
    clearTimeout(this.timer);
    this.isOff = true;
    this.form.elements.namedItem("csrfmiddlewaretoken").value = this.#token();
    return true;
  }

  #soon(delay) {
    if (this.isOff || !this.address) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = 0;
      this.busy ??= this.#send().finally(() => (this.busy = null));
    }, delay);
  }

  #fields() {
    const all = new FormData(this.form);
    return new URLSearchParams(this.names.filter((name) => all.has(name)).map((name) => [name, all.get(name)]));
  }

  // Logging in again changes the token; the cookie has the present one.
  #token() {
    const found = document.cookie.split("; ").find((one) => one.startsWith(`${this.token}=`));
    return found?.slice(this.token.length + 1) ?? "";
  }

  async #send() {
    const fields = this.unanswered ?? this.#fields();
    const version = this.form.elements.namedItem("seen_version");
    const body = new URLSearchParams(fields);
    body.set("seen_version", version.value);
    this.unanswered = fields;
    let answer;
    try {
      answer = await fetch(this.address, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": this.#token() },
        redirect: "manual",
        keepalive: body.toString().length < 60_000,
      });
    } catch {
      return this.#failed("offline");
    }
    const why = answer.ok ? "" : this.#reason(answer);
    // A connection may also be lost within an answer.
    const told = ["", "conflict", "refused"].includes(why) ? await answer.json().catch(() => null) : {};
    if (!told) return this.#failed("offline");
    if (why) {
      if (!PASSING.includes(why)) this.unanswered = null;
      if (why === "conflict") this.isOff = true;
      return this.#failed(why, { status: answer.status, ...told });
    }
    version.value = told.version;
    this.unanswered = null;
    this.sent = fields;
    this.why = "";
    // What the server has is what the person was shown, should somebody else save next.
    for (const [name, value] of fields) {
      const before = this.form.elements.namedItem(`initial-${name}`);
      if (before) before.value = value;
    }
    this.dispatchEvent(new Event("saved"));
    if (!this.hasAll()) this.touched();
    return true;
  }

  #reason({ type, status }) {
    if (type === "opaqueredirect" || status === 401 || status === 403) return "login";
    return { 409: "conflict", 422: "refused" }[status] ?? "server";
  }

  #failed(why, detail = {}) {
    this.why = why;
    this.dispatchEvent(new CustomEvent("failed", { detail: { why, ...detail } }));
    if (PASSING.includes(why)) this.#soon(AGAIN_AFTER);
    return false;
  }
}
