// Beside every <time datetime="2023-12-02T14:00:00+08:00" data-local> the same instant where the reader is: "07:00 your time (CET)",
// with the weekday and "+1 day" when the date differs from the one at the track. Intl knows the zone rules of that date.
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "short" });
const zone = new Intl.DateTimeFormat("en-GB", { timeZoneName: "short", hour: "2-digit" });

/** Minutes east of UTC in "...+08:00" or "...Z"; null when the text carries no offset. */
const offsetOf = (text) => {
  if (text.endsWith("Z")) return 0;
  const match = /([+-])(\d\d):?(\d\d)$/.exec(text);
  return match ? (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) : null;
};

const dayNumber = (date, offset) => Math.floor((date.getTime() / 60000 + offset) / 1440);

for (const element of document.querySelectorAll("time[data-local][datetime]")) {
  const text = element.getAttribute("datetime");
  const date = new Date(text);
  const there = offsetOf(text);
  if (Number.isNaN(date.getTime()) || there === null) continue;
  const here = -date.getTimezoneOffset();
  if (here === there) continue;
  const days = dayNumber(date, here) - dayNumber(date, there);
  const name = zone.formatToParts(date).find((part) => part.type === "timeZoneName")?.value ?? "";
  const span = document.createElement("span");
  span.className = "local-time";
  span.textContent = [
    days === 0 ? "" : `${weekday.format(date)} `,
    clock.format(date),
    days === 0 ? "" : ` ${days > 0 ? "+" : "\u2212"}${Math.abs(days)} day`,
    " your time",
    name ? ` (${name})` : "",
  ].join("");
  element.after(" ", span);
}
