/* Local copies of what is typed and not saved yet: one a control and a tab, of one person alone; `forget.js` wipes them at sign-out. */
class EscaleKept {
  constructor(person, place) {
    this.mine = `escale-kept:${person}:`;
    this.prefix = `${this.mine}${place}:`;
    this.tab = this.named();
    this.forgetOthers();
  }
  named() {
    try {
      const known = sessionStorage.getItem("escale-tab") || Math.random().toString(36).slice(2, 10);
      sessionStorage.setItem("escale-tab", known);
      return known;
    } catch { return "tab"; }
  }
  keys(prefix) {
    try { return Object.keys(localStorage).filter((key) => key.startsWith(prefix)); } catch { return []; }
  }
  forgetOthers() {
    for (const key of this.keys("escale-kept:")) if (!key.startsWith(this.mine)) localStorage.removeItem(key);
  }
  put(name, value, base, label) {
    try { localStorage.setItem(`${this.prefix}${this.tab}:${name}`, JSON.stringify({ name, value, base, label, at: Date.now() })); } catch { /* no room: the page itself still holds it */ }
  }
  drop(name) {
    try { for (const key of this.keys(this.prefix)) if (key.startsWith(`${this.prefix}${this.tab}:`) && key.endsWith(`:${name}`)) localStorage.removeItem(key); } catch { /* nothing was kept */ }
  }
  take() {
    const found = [];
    for (const key of this.keys(this.prefix)) {
      try { found.push(JSON.parse(localStorage.getItem(key))); } catch { /* not ours */ }
      localStorage.removeItem(key);
    }
    return found.filter((one) => one && typeof one.name === "string").sort((a, b) => a.at - b.at);
  }
}
