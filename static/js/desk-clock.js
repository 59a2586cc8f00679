// The clocks of the race desk: the time at the track goes on, and the time to protest counts down.
// time[data-clock="2023-12-02T18:05:12+08:00"] shows that clock; [data-countdown="..."] says "in 14 min", in the last minutes "in 1:59".
const clock = document.querySelector("time[data-clock]");

if (clock) {
  // The server's clock decides, which may be another than the one of this computer.
  const text = clock.dataset.clock;
  const server = new Date(text).getTime();
  const opened = performance.now();
  const offset = /([+-])(\d\d):(\d\d)$/.exec(text);
  const minutes = offset ? (offset[1] === "-" ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3])) : 0;
  const two = (number) => String(number).padStart(2, "0");

  const here = document.querySelector("[data-clock-here]");
  const isElsewhere = -new Date(text).getTimezoneOffset() !== minutes;
  const left = (milliseconds) => {
    const seconds = Math.ceil(milliseconds / 1000);
    return seconds > 120 ? `in ${Math.ceil(seconds / 60)} min` : `in ${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  };

  const tick = () => {
    const now = server + performance.now() - opened;
    const there = new Date(now + minutes * 60000);
    clock.textContent = `${two(there.getUTCHours())}:${two(there.getUTCMinutes())}:${two(there.getUTCSeconds())}`;
    if (here && isElsewhere) {
      const mine = new Date(now);
      here.textContent = `, ${two(mine.getHours())}:${two(mine.getMinutes())} your time`;
      here.hidden = false;
    }
    for (const element of document.querySelectorAll("[data-countdown]")) {
      const rest = new Date(element.dataset.countdown).getTime() - now;
      element.textContent = rest > 0 ? left(rest) : element.dataset.over;
    }
  };

  if (!Number.isNaN(server)) {
    tick();
    setInterval(tick, 1000);
  }
}
