/* The controls of a form by name, whatever their kind: what they say, writing into them, the revision they were shown at. */
class EscaleAnswers {
  constructor(form) {
    this.form = form;
  }
  controls(name) {
    return [...this.form.elements].filter((one) => one.name === name);
  }
  value(name) {
    const controls = this.controls(name);
    const boxes = controls.filter((one) => one.type === "checkbox");
    if (boxes.length > 1 || (boxes.length && boxes[0].value !== "on")) return boxes.filter((one) => one.checked).map((one) => one.value);
    if (boxes.length) return boxes[0].checked ? "yes" : "";
    const radio = controls.some((one) => one.type === "radio");
    return radio ? controls.find((one) => one.checked)?.value || "" : controls[0]?.value || "";
  }
  write(name, value) {
    const several = Array.isArray(value) ? value : [value];
    for (const one of this.controls(name)) {
      if (one.type === "radio") one.checked = several.includes(one.value);
      else if (one.type === "checkbox") one.checked = one.value === "on" ? several.includes("yes") : several.includes(one.value);
      else one.value = several.join(", ");
    }
  }
  same(a, b) {
    return JSON.stringify(a) === JSON.stringify(b);
  }
  revise(name, rev) {
    for (const one of this.controls(name)) one.dataset.rev = rev;
    const seen = this.form.elements.seen;
    const said = JSON.parse(seen.value || "{}");
    said[name] = [Number(rev), said[name]?.[1] || ""];
    seen.value = JSON.stringify(said);
  }
  label(name) {
    const field = this.controls(name)[0]?.closest(".field");
    return field?.querySelector(".field__label")?.firstChild?.textContent.trim() || "";
  }
  complain(name, sentence) {
    const field = this.controls(name)[0]?.closest(".field");
    if (!field) return;
    let line = field.querySelector(":scope > .field__error");
    field.classList.toggle("field--error", Boolean(sentence));
    if (!sentence) { line?.remove(); return; }
    if (!line) {
      line = document.createElement("p");
      line.className = "field__error";
      line.setAttribute("role", "alert");
      field.append(line);
    }
    line.textContent = sentence;
  }
}
