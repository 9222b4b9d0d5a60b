/* <escale-sign-again data-url>: signing in again on the spot when a session has ended, so that what is typed stays on the page. */
class EscaleSignAgain extends HTMLElement {
  connectedCallback() {
    document.addEventListener("escale:signed-out", () => this.open());
    this.addEventListener("submit", (event) => this.submitted(event));
    this.addEventListener("click", (event) => this.followed(event));
  }
  async open() {
    if (!this.hidden) return;
    this.hidden = false;
    await this.show(await fetch(this.dataset.url).catch(() => null));
  }
  async submitted(event) {
    event.preventDefault();
    const form = event.target;
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form, event.submitter) }).catch(() => null);
    await this.show(answer);
  }
  async followed(event) {
    const link = event.target.closest("a[href]");
    if (!link) return;
    event.preventDefault();
    await this.show(await fetch(link.href).catch(() => null));
  }
  async show(answer) {
    if (!answer) return this.say(this.dataset.offline);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (new URL(answer.url).pathname === location.pathname && answer.ok) return this.back(page);
    const body = page.querySelector("main .page__body");
    if (!body) return this.say(this.dataset.offline);
    body.querySelectorAll("h1").forEach((one) => one.replaceWith(Object.assign(document.createElement("h2"), { textContent: one.textContent })));
    const inside = document.createElement("div");
    inside.append(...body.childNodes);
    this.lastElementChild.replaceWith(inside);
    inside.querySelector("input:not([type=hidden])")?.focus();
    return undefined;
  }
  back(page) {
    const person = page.querySelector("escale-autosave")?.dataset.person;
    const mine = document.querySelector("escale-autosave")?.dataset.person;
    if (person !== mine) return this.say(this.dataset.other);
    this.lastElementChild.replaceWith(document.createElement("div"));
    this.hidden = true;
    window.dispatchEvent(new Event("escale:signed-in"));
    return undefined;
  }
  say(sentence) {
    const line = Object.assign(document.createElement("p"), { textContent: sentence });
    line.setAttribute("role", "alert");
    this.lastElementChild.replaceWith(line);
  }
}
customElements.define("escale-sign-again", EscaleSignAgain);
