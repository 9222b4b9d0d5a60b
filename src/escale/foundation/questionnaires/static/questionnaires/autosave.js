/* <escale-autosave>: saves each answer as soon as it is left or stays still; keeps on the page what could not be saved. */
class EscaleAutosave extends HTMLElement {
  connectedCallback() {
    this.status = this.querySelector("[role=status]");
    this.form = this.closest("form");
    this.waiting = new Map();
    this.busy = false;
    this.addEventListener("input", (event) => this.typed(event.target, 900));
    this.addEventListener("change", (event) => this.typed(event.target, 0));
    window.addEventListener("online", () => this.send());
    window.addEventListener("focus", () => this.send());
  }
  typed(control, wait) {
    const holder = control.closest("[data-code]") || control;
    if (!control.name || !holder.dataset.code) return;
    this.waiting.set(control.name, holder);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }
  value(name) {
    const controls = [...this.form.elements].filter((one) => one.name === name);
    const boxes = controls.filter((one) => one.type === "checkbox");
    if (boxes.length > 1 || boxes[0]?.value !== "on" && boxes.length) return boxes.filter((one) => one.checked).map((one) => one.value);
    if (boxes.length) return boxes[0].checked ? "yes" : "";
    const radio = controls.find((one) => one.type === "radio");
    return radio ? controls.find((one) => one.checked)?.value || "" : controls[0]?.value || "";
  }
  async send() {
    if (this.busy || !this.waiting.size) return;
    this.busy = true;
    let again = 0;
    while (this.waiting.size) {
      const [name, control] = this.waiting.entries().next().value;
      this.waiting.delete(name);
      if (!(await this.one(name, control))) {
        if (!this.waiting.has(name)) this.waiting.set(name, control);
        again = 5000;
        break;
      }
    }
    this.busy = false;
    if (again) this.timer = setTimeout(() => this.send(), again);
  }
  async one(name, control) {
    const { code, row, rev } = control.dataset;
    const token = this.form.elements.csrfmiddlewaretoken.value;
    this.say(this.dataset.saving);
    let response;
    try {
      response = await fetch(this.dataset.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
        body: JSON.stringify({ code, row: row || "", base: Number(rev), value: this.value(name) }),
      });
    } catch {
      this.say(this.dataset.offline, true);
      return false;
    }
    if (response.status === 401) { this.say(this.dataset.signedOut, true); return false; }
    const body = await response.json().catch(() => ({}));
    if (response.ok) { this.saved(name, code, row, body); return true; }
    if (response.status >= 500) { this.say(this.dataset.offline, true); return false; }
    if (response.status === 409 && body.rev !== undefined) this.revise(name, code, row, body.rev);
    this.complain(control, body.error?.message || this.dataset.refused);
    this.say(body.error?.message || this.dataset.refused, true);
    return true;
  }
  saved(name, code, row, body) {
    this.revise(name, code, row, body.rev);
    const hour = new Date(body.saved_at).toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Paris" });
    this.say(`${this.dataset.saved} ${hour.replace(":", " h ")}`);
    const control = this.form.elements[name];
    this.complain(control instanceof RadioNodeList ? control[0] : control, body.problem || "");
    this.form.dispatchEvent(new CustomEvent("escale:saved", { bubbles: true }));
  }
  revise(name, code, row, rev) {
    for (const one of this.form.elements) if (one.name === name) one.dataset.rev = rev;
    const seen = this.form.elements.seen;
    const said = JSON.parse(seen.value || "{}");
    if (said[name]) said[name][0] = rev;
    seen.value = JSON.stringify(said);
  }
  complain(control, sentence) {
    const field = control?.closest(".field");
    if (!field) return;
    let line = field.querySelector(":scope > .field__error");
    if (!sentence) { line?.remove(); field.classList.remove("field--error"); return; }
    if (!line) {
      line = document.createElement("p");
      line.className = "field__error";
      line.setAttribute("role", "alert");
      field.append(line);
    }
    line.textContent = sentence;
    field.classList.add("field--error");
  }
  say(sentence, alarm = false) {
    this.status.textContent = sentence;
    this.status.classList.toggle("saved--alarm", alarm);
  }
}
customElements.define("escale-autosave", EscaleAutosave);
