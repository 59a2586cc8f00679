// Filter forms: form[data-autosubmit] sends itself when a choice changes on a wide screen. On a phone the filters unfold,
// several are chosen at once, and the button sends them. Empty parameters never reach the address.
const wide = window.matchMedia("(width >= 52rem)");
const focusKey = "filter-focus";

for (const form of document.querySelectorAll("form[data-autosubmit]")) {
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) {
      if (typeof value === "string" && value.trim() === "") event.formData.delete(name);
    }
  });

  form.addEventListener("change", (event) => {
    if (!wide.matches) return;
    try {
      sessionStorage.setItem(focusKey, event.target.id);
    } catch {
      // Without storage only the focus is lost.
    }
    form.requestSubmit();
  });

  try {
    const focused = document.getElementById(sessionStorage.getItem(focusKey) ?? "");
    sessionStorage.removeItem(focusKey);
    if (focused && form.contains(focused) && wide.matches) focused.focus({ preventScroll: true });
  } catch {
    // As above.
  }

  // Browsers that cannot style ::details-content would keep the one calm row of a wide screen folded.
  const details = form.querySelector("details");
  if (details && wide.matches && !CSS.supports("selector(::details-content)")) details.open = true;
}
