// The one button of the page Publish says what it will do while a time is typed. The words are the server's own, so that there is one
// truth about clocks that change; a button whose words are old does nothing but show the page with the right ones.
const form = document.querySelector("form[data-words]");

if (form) {
  const button = form.querySelector("[data-label]");
  const problem = form.querySelector("[data-problem]");
  const said = form.querySelector("[data-said]");
  const instead = form.querySelector("[data-now]");
  const zones = form.elements.zone;
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  form.elements.here.value = here;
  if (zones && here && ![...zones.options].some((option) => option.value === here)) {
    zones.add(new Option(`Your clock, ${here.replaceAll("_", " ")}`, here));
  }

  let asked = 0;
  const say = async () => {
    const mine = ++asked;
    instead.hidden = !form.elements.day.value && !form.elements.time.value;
    const query = new URLSearchParams(new FormData(form));
    query.delete("csrfmiddlewaretoken");
    try {
      const answer = await fetch(`${form.dataset.words}?${query}`, { headers: { Accept: "application/json" } });
      if (!answer.ok || mine !== asked) return;
      const plan = await answer.json();
      button.textContent = plan.label;
      button.value = plan.key;
      problem.textContent = plan.problem;
      if (mine > 1) said.textContent = plan.problem || plan.label;
    } catch {
      // Without a connection the button keeps its words; pressed, it does nothing that it does not say.
    }
  };

  if (zones) {
    for (const name of ["day", "time", "zone"]) form.elements[name].addEventListener("input", say);
    instead.addEventListener("click", () => {
      form.elements.day.value = form.elements.time.value = "";
      button.focus();
      say();
    });
    say();
  }
}
