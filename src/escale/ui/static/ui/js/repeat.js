/* <escale-repeat>: adds, moves and removes rows in place; names follow `code.ROW.code`. Its buttons work without it. */
class EscaleRepeat extends HTMLElement {
  connectedCallback() {
    this.blank = this.querySelector(":scope > template");
    this.next = Number(this.dataset.count || 0);
    if (this.blank) this.addEventListener("click", (event) => this.clicked(event));
  }
  rows() {
    return [...this.querySelectorAll(":scope > .repeat__row")];
  }
  clicked(event) {
    const button = event.target.closest("button");
    if (!button || button.closest("escale-repeat") !== this) return;
    if (button.name === "add") { event.preventDefault(); this.add(); return; }
    if (button.name !== "row-act") return;
    event.preventDefault();
    const row = button.closest(".repeat__row");
    const verb = button.value.split(" ")[0];
    if (verb === "remove") this.remove_row(row);
    if (verb === "up" && row.previousElementSibling?.matches(".repeat__row")) row.previousElementSibling.before(row);
    if (verb === "down" && row.nextElementSibling?.matches(".repeat__row")) row.nextElementSibling.after(row);
    this.told();
    if (row.isConnected) button.focus();
  }
  add() {
    if (this.dataset.most && this.rows().length >= Number(this.dataset.most)) return;
    const holder = document.createElement("div");
    holder.innerHTML = this.blank.innerHTML.replaceAll("__ROW__", String(this.next));
    const row = holder.firstElementChild;
    this.next += 1;
    this.blank.before(row);
    this.told();
    row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  }
  remove_row(row) {
    const near = row.nextElementSibling?.matches(".repeat__row") ? row.nextElementSibling : row.previousElementSibling;
    row.remove();
    (near?.querySelector("input, select, textarea") || this.querySelector('button[name="add"]')).focus();
  }
  told() {
    this.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
customElements.define("escale-repeat", EscaleRepeat);
