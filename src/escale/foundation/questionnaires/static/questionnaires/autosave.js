/* <escale-autosave>: saves each answer as soon as it is left or stays still; what could not be saved stays here, kept and sent again. */
class EscaleAutosave extends HTMLElement {
  connectedCallback() {
    this.status = this.querySelector("[role=status]");
    this.form = this.closest("form");
    if (!this.form || !this.dataset.url) return;
    this.answers = new EscaleAnswers(this.form);
    this.kept = new EscaleKept(this.dataset.person, location.pathname);
    this.waiting = new Set();
    this.stuck = "";
    this.addEventListener("input", (event) => this.typed(event.target, 900));
    this.addEventListener("change", (event) => this.typed(event.target, 0));
    this.addEventListener("escale:choice", (event) => this.chosen(event.detail));
    this.form.addEventListener("submit", (event) => this.leave(event));
    for (const back of ["online", "focus", "escale:signed-in"]) window.addEventListener(back, () => this.send());
    this.restore();
  }
  typed(control, wait) {
    const holder = control.closest("[data-code]");
    if (!control.name || !holder) return;
    this.keep(control.name, holder.dataset.rev);
    this.waiting.add(control.name);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }
  keep(name, rev) {
    this.kept.put(name, this.answers.value(name), Number(rev), this.answers.label(name));
  }
  restore() {
    for (const one of this.kept.take()) {
      const control = this.answers.controls(one.name)[0];
      if (!control) { this.orphan(one); continue; }
      if (this.answers.same(this.answers.value(one.name), one.value)) continue;
      this.answers.write(one.name, one.value);
      this.answers.revise(one.name, one.base);
      this.keep(one.name, one.base);
      this.waiting.add(one.name);
    }
    if (this.waiting.size) { this.say(this.dataset.restored); this.send(); }
  }
  send() {
    this.sending ||= this.all().finally(() => { this.sending = null; });
    return this.sending;
  }
  async all() {
    clearTimeout(this.timer);
    for (const name of [...this.waiting]) {
      this.waiting.delete(name);
      if (await this.one(name)) continue;
      this.waiting.add(name);
      this.timer = setTimeout(() => this.send(), 5000);
      return;
    }
    if (this.waiting.size) await this.all();
  }
  async one(name) {
    const control = this.answers.controls(name)[0];
    if (!control) return true;
    const { code, row, rev } = control.dataset;
    const value = this.answers.value(name);
    this.say(this.dataset.saving);
    let response;
    try {
      response = await EscaleAutosave.post(this.dataset.url, { code, row: row || "", base: Number(rev), value, person: this.dataset.person });
    } catch {
      return this.hold(this.dataset.offline);
    }
    if (response.status === 401) { this.dispatchEvent(new Event("escale:signed-out", { bubbles: true })); return this.hold(this.dataset.signedOut); }
    const body = await response.json().catch(() => ({}));
    if (response.ok) return this.saved(name, body);
    if (response.status >= 500 || body.error?.code === "stale_form") return this.hold(this.dataset.offline);
    this.complain(name, body);
    return true;
  }
  static post(url, body) {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] || document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
    const text = JSON.stringify(body);
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token };
    return fetch(url, { method: "POST", headers, body: text, keepalive: text.length < 20000 });
  }
  hold(sentence) {
    this.stuck = sentence;
    this.say(sentence, true);
    return false;
  }
  saved(name, body) {
    this.stuck = "";
    this.answers.revise(name, body.rev);
    if (!this.waiting.has(name)) this.kept.drop(name);
    const hour = new Date(body.saved_at).toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Paris" });
    this.say(`${this.dataset.saved} ${hour.replace(":", "\u202fh\u202f")}`);
    this.answers.complain(name, body.problem || "");
    this.form.dispatchEvent(new CustomEvent("escale:saved", { bubbles: true, detail: { name } }));
    return true;
  }
  complain(name, body) {
    const sentence = body.error?.message || this.dataset.refused;
    this.answers.complain(name, sentence);
    this.say(sentence, true);
    if (!body.choice) return;
    document.getElementById(`choice-${name}`)?.remove();
    this.answers.controls(name)[0].closest(".field").insertAdjacentHTML("afterend", body.choice);
  }
  chosen({ name, side, rev, theirs }) {
    this.answers.revise(name, rev);
    if (side === "theirs") this.answers.write(name, theirs);
    this.answers.complain(name, "");
    this.typed(this.answers.controls(name)[0], 0);
    this.answers.controls(name)[0].focus();
  }
  orphan({ label, value }) {
    const list = document.getElementById("orphans");
    if (!list || !String(value).trim()) return;
    list.hidden = false;
    const field = list.querySelector("template").content.cloneNode(true);
    const title = field.querySelector(".field__label");
    title.textContent = label;
    field.querySelector("textarea").value = String(value);
    field.querySelector("textarea").setAttribute("aria-label", label);
    list.append(field);
  }
  async leave(event) {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
    if (token) for (const one of document.querySelectorAll("[name=csrfmiddlewaretoken]")) one.value = token;
    if (this.leaving) return;
    event.preventDefault();
    await this.send();
    if (!this.waiting.size && await this.answers_there()) {
      this.leaving = true;
      this.form.requestSubmit(event.submitter);
      this.leaving = false;
      return;
    }
    this.say(this.waiting.size ? this.stuck : this.dataset.offline, true);
    this.status.scrollIntoView({ block: "center" });
  }
  async answers_there() {
    return Boolean(await fetch(this.dataset.alive, { method: "HEAD" }).catch(() => null));
  }
  say(sentence, alarm = false) {
    this.status.textContent = sentence;
    this.status.classList.toggle("saved--alarm", alarm);
  }
}
customElements.define("escale-autosave", EscaleAutosave);
