// Classic script in <head>: the chosen theme has to be on <html> before the first paint, which a module (deferred) would miss.
(() => {
  "use strict";
  const key = "theme";
  const root = document.documentElement;

  const stored = () => {
    try {
      const theme = localStorage.getItem(key);
      return theme === "light" || theme === "dark" ? theme : "system";
    } catch {
      return "system";
    }
  };

  const apply = (theme) => {
    if (theme === "system") root.removeAttribute("data-theme");
    else root.setAttribute("data-theme", theme);
  };

  apply(stored());

  document.addEventListener("DOMContentLoaded", () => {
    const group = document.querySelector("[data-theme-switch]");
    if (!group) return;
    const buttons = [...group.querySelectorAll("button[value]")];
    const show = () => {
      const theme = stored();
      apply(theme);
      for (const button of buttons) button.setAttribute("aria-pressed", String(button.value === theme));
    };
    group.addEventListener("click", (event) => {
      const button = event.target.closest("button[value]");
      if (!button) return;
      try {
        if (button.value === "system") localStorage.removeItem(key);
        else localStorage.setItem(key, button.value);
      } catch {
        // Storage refused (private window): the choice holds for this page only.
      }
      apply(button.value);
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
    });
    window.addEventListener("storage", (event) => {
      if (event.key === key) show();
    });
    show();
    group.hidden = false;
  });
})();
