// The point of interest of a picture: set by a tap in its preview, drawn as it is typed. Without it two fields do.

const within = (value, low, high) => Math.min(high, Math.max(low, value));

const start = (picker) => {
  const fields = ["x", "y"].map((axis) => document.getElementById(`id_focus_${axis}`));
  if (fields.includes(null)) return;
  const svg = picker.querySelector("svg");
  const size = [Number(picker.dataset.width), Number(picker.dataset.height)];

  const draw = () => {
    const focus = fields.map((field, axis) => (within(Number(field.value), 0, 100) / 100) * size[axis]);
    for (const mark of svg.querySelectorAll("circle")) {
      mark.setAttribute("cx", focus[0]);
      mark.setAttribute("cy", focus[1]);
    }
    // The largest part of that ratio, as near around the point as it goes: rules/pictures.py cuts the same.
    for (const frame of svg.querySelectorAll("rect")) {
      const [wide, high] = frame.dataset.ratio.split(":").map(Number);
      const box = [Math.min(size[0], (size[1] * wide) / high), Math.min(size[1], (size[0] * high) / wide)];
      ["x", "y"].forEach((name, axis) => {
        frame.setAttribute(name, within(focus[axis] - box[axis] / 2, 0, size[axis] - box[axis]));
      });
    }
  };

  svg.classList.add("focus-live");
  svg.addEventListener("click", (event) => {
    const area = svg.getBoundingClientRect();
    const share = [(event.clientX - area.left) / area.width, (event.clientY - area.top) / area.height];
    fields.forEach((field, axis) => (field.value = within(Math.round(share[axis] * 100), 0, 100)));
    draw();
  });
  for (const field of fields) field.addEventListener("input", draw);
  picker.querySelector("[data-focus-hint]").hidden = false;
  draw();
};

for (const picker of document.querySelectorAll("[data-focus]")) start(picker);
