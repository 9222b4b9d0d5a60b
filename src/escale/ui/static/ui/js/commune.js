/* <escale-commune data-url>: suggests communes while one types; the server understands the typed name anyway. */
class EscaleCommune extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.list = this.querySelector("datalist");
    if (!this.input || !this.list || !this.dataset.url) return;
    this.input.addEventListener("input", () => {
      clearTimeout(this.wait);
      this.wait = setTimeout(() => this.ask(this.input.value.trim()), 150);
    });
  }
  async ask(text) {
    if (text.length < 2 || text === this.asked) return;
    this.asked = text;
    const address = new URL(this.dataset.url, location.href);
    address.searchParams.set("q", text);
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (!answer.ok || this.asked !== text) return;
      const found = await answer.json();
      this.list.replaceChildren(...found.communes.map((commune) => {
        const option = document.createElement("option");
        option.value = commune.label;
        return option;
      }));
    } catch { /* no network: what is typed is enough */ }
  }
}
customElements.define("escale-commune", EscaleCommune);
