// While a computation goes on, its page is read again each time the figures moved.
customElements.define("escale-progress", class extends HTMLElement {
  connectedCallback() { this.timer = setInterval(() => this.ask(), 2000); }
  disconnectedCallback() { clearInterval(this.timer); }
  async ask() {
    const answer = await fetch(this.dataset.url, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer || !answer.ok) return;
    const { status, covered, bound } = await answer.json();
    const now = `${status} ${covered} ${bound}`;
    if (this.before !== undefined && this.before !== now) location.reload();
    this.before = now;
  }
});
