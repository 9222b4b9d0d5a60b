/* <escale-photos>: a picture taken without a network waits on this telephone and leaves when there is one. */
const SHOP = "escale-photos";
class EscalePhotos extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.list = this.querySelector("ul");
    this.form.addEventListener("submit", (event) => this.take(event));
    window.addEventListener("online", () => this.send());
    this.open().then(() => this.send()).catch(() => { this.shelf = null; });
  }
  open() {
    return new Promise((done, fail) => {
      const asked = indexedDB.open(SHOP, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("waiting", { keyPath: "key" });
      asked.onsuccess = () => { this.shelf = asked.result; done(); };
      asked.onerror = () => fail(asked.error);
    });
  }
  store(mode, act) {
    return new Promise((done, fail) => {
      const asked = act(this.shelf.transaction("waiting", mode).objectStore("waiting"));
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });
  }
  async take(event) {
    const data = new FormData(this.form), picture = data.get("picture");
    if (!this.shelf || !picture?.size || !data.get("caption").trim()) return;
    event.preventDefault();
    const row = {
      key: crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random().toString(36).slice(2)}`,
      visit: this.dataset.number, picture, name: picture.name, caption: data.get("caption"), code: data.get("code"),
    };
    await this.store("readwrite", (shelf) => shelf.put(row));
    this.form.reset();
    this.send();
  }
  async send() {
    if (!this.shelf || this.busy) return;
    this.busy = true;
    clearTimeout(this.timer);
    await document.querySelector("escale-visit")?.idle;
    const rows = (await this.store("readonly", (shelf) => shelf.getAll())).filter((row) => row.visit === this.dataset.number);
    let sent = 0;
    this.list.replaceChildren();
    for (const row of rows) if (await this.post(row)) sent += 1;
    this.busy = false;
    if (sent < rows.length) this.timer = setTimeout(() => this.send(), 20000);
    if (sent && sent === rows.length) window.location.reload();
  }
  async post(row) {
    const body = new FormData();
    for (const name of ["key", "caption", "code"]) body.append(name, row[name]);
    body.append("picture", row.picture, row.name);
    body.append("csrfmiddlewaretoken", this.form.querySelector("[name=csrfmiddlewaretoken]").value);
    let answer;
    try {
      answer = await fetch(this.form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    } catch { return this.line(row, this.dataset.offline); }
    if (answer.ok) {
      await this.store("readwrite", (shelf) => shelf.delete(row.key));
      return true;
    }
    const said = await answer.json().catch(() => ({}));
    if (answer.status === 409 || answer.status === 422) await this.store("readwrite", (shelf) => shelf.delete(row.key));
    return this.line(row, said.error?.message || this.dataset.offline);
  }
  line(row, sentence) {
    const line = document.createElement("li");
    line.className = "row";
    line.textContent = `${row.caption} : ${sentence}`;
    this.list.append(line);
    return false;
  }
}
customElements.define("escale-photos", EscalePhotos);
