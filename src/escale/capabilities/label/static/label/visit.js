/* <escale-visit>: the report is kept on this telephone at each key, and sent by itself as soon as there is a network. */
class EscaleVisit extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.status = this.querySelector("[role=status]");
    this.key = `escale-visit-${this.dataset.number}`;
    this.queue = null;
    this.restore();
    this.form.addEventListener("input", () => this.keep());
    this.form.addEventListener("submit", (event) => this.submit(event));
    window.addEventListener("online", () => this.send());
    this.shelve().catch(() => {});
  }
  async shelve() {
    await navigator.serviceWorker.register("/label/visites/offline.js");
    const used = performance.getEntriesByType("resource").map((one) => one.name).filter((name) => name.startsWith(`${location.origin}/static/`));
    await (await caches.open("escale-visits")).addAll([...new Set([`${location.origin}${location.pathname}`, ...used])]);
    await navigator.serviceWorker.ready;
    this.toggleAttribute("data-shelved", true);
  }
  read() {
    try { return JSON.parse(localStorage.getItem(this.key)); } catch { return null; }
  }
  write(value) {
    try {
      if (value) localStorage.setItem(this.key, JSON.stringify(value)); else localStorage.removeItem(this.key);
      return true;
    } catch { return false; }
  }
  values() {
    return [...new FormData(this.form)].filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "rev");
  }
  restore() {
    const kept = this.read();
    if (!kept) return;
    for (const [name, value] of kept.values) {
      for (const field of this.form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (field.type === "radio") field.checked = field.value === value; else field.value = value;
      }
    }
    this.form.elements.rev.value = kept.rev;
    this.wish = kept.wish;
    this.say("restored");
    this.send();
  }
  keep(wish = this.wish) {
    this.wish = wish;
    const kept = this.write({ values: this.values(), rev: this.form.elements.rev.value, wish });
    this.say(kept ? "kept" : "unkept");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), 1500);
  }
  submit(event) {
    if (event.submitter?.name === "anyway") return;
    event.preventDefault();
    this.keep(event.submitter?.formAction?.endsWith("/report") ? "report" : undefined);
    clearTimeout(this.timer);
    this.send();
  }
  async send() {
    if (this.sending) { this.again = true; return; }
    this.sending = true;
    this.idle = this.post();
    try { await this.idle; } finally { this.sending = false; }
    if (this.again) { this.again = false; this.send(); }
  }
  async post() {
    const sent = JSON.stringify(this.values());
    let answer;
    try {
      answer = await fetch(this.form.action, { method: "POST", body: new FormData(this.form), headers: { Accept: "application/json" } });
    } catch {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.send(), 20000);
      return this.say("offline");
    }
    const said = await answer.json().catch(() => ({}));
    if (answer.status === 401 || answer.status === 403) return this.say("signedOut");
    if (!answer.ok) return this.say("refused", said.error?.message || String(answer.status));
    this.form.elements.rev.value = said.rev;
    if (sent !== JSON.stringify(this.values())) return this.keep();
    this.write(null);
    this.say("saved", said.saved_at);
    if (this.wish === "report") this.finish();
  }
  finish() {
    this.wish = undefined;
    const button = this.querySelector('button[formaction$="/report"]');
    this.form.noValidate = true;
    this.form.action = button.formAction;
    this.form.submit();
  }
  say(name, more = "") {
    this.status.textContent = `${this.dataset[name]} ${more}`.trim();
    this.classList.toggle("is-unsent", ["kept", "offline", "unkept", "signedOut", "refused"].includes(name));
  }
}
customElements.define("escale-visit", EscaleVisit);
