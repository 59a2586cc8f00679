// Search fields for pictures of the library show the pictures. Without it, they show the titles.

const withPicture = (choice) => {
  const thumb = choice.thumb ?? choice.element?.dataset.thumb;
  if (!thumb) return choice.text;
  const image = document.createElement("img");
  Object.assign(image, { className: "thumb", src: thumb, alt: "" });
  const line = document.createElement("span");
  line.className = "picture-choice";
  line.append(image, choice.text);
  return line;
};

// Before the admin makes its search fields, which it does when the document is read.
const defaults = window.django?.jQuery?.fn.select2?.defaults;
defaults?.set("templateResult", withPicture);
defaults?.set("templateSelection", withPicture);
