// Forms of the officials' side. Everything works without it; with it a crew is typed faster and every field has a name.
"use strict";

{
  const start = ($) => {
    const labelOf = (select) => {
      const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
      return (label?.textContent ?? select.getAttribute("aria-label") ?? "").trim().replace(/:$/, "");
    };

    // The library behind the search fields names them by what is chosen, so an empty one has no name.
    const nameSearchFields = (root) => {
      for (const select of root.querySelectorAll("select.admin-autocomplete.select2-hidden-accessible")) {
        const box = select.parentElement.querySelector(".select2-selection");
        // Where several may be chosen, the field to search in stands among them.
        box?.querySelector(".select2-search__field")?.setAttribute("aria-label", `Find: ${labelOf(select)}`);
        const chosen = box?.querySelector(".select2-selection__rendered");
        if (!chosen || box.querySelector(".admin-name")) continue;
        const name = document.createElement("span");
        name.className = "admin-name visually-hidden";
        name.id = `${chosen.id}-name`;
        name.textContent = labelOf(select);
        box.append(name);
        box.setAttribute("aria-labelledby", `${name.id} ${chosen.id}`);
        chosen.setAttribute("aria-labelledby", name.id);
      }
    };

    // A new seat is the next one.
    const numberSeat = (row) => {
      const seat = row.querySelector("input[name$='-seat']");
      if (!seat || seat.value) return;
      const others = [...document.querySelectorAll("input[name^='crew-'][name$='-seat']")];
      seat.value = Math.max(0, ...others.filter((other) => other !== seat).map((other) => Number(other.value))) + 1;
    };

    nameSearchFields(document);
    document.addEventListener("formset:added", (event) => {
      numberSeat(event.target);
      nameSearchFields(event.target);
    });

    $(document).on("select2:open", (event) => {
      const field = document.querySelector(".select2-container--open .select2-search__field");
      field?.setAttribute("aria-label", `Find: ${labelOf(event.target)}`);
    });
    // The driver's own country, until somebody says that this list has another one.
    $(document).on("select2:select", "select[name$='-driver']", (event) => {
      const nationality = document.getElementsByName(event.target.name.replace(/-driver$/, "-nationality"))[0];
      const country = event.params.data.country;
      if (nationality && country) nationality.value = country;
    });
  };

  // Asked for after everybody else, so that the admin's own search fields stand when it begins.
  window.addEventListener("load", () => window.django?.jQuery(() => start(window.django.jQuery)));
}
