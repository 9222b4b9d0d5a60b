/* <escale-drop>: a file may be dropped on the zone; the plain file field inside does the rest. */
class EscaleDrop extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector('input[type="file"]');
    if (!this.input) return;
    this.said = document.createElement("p");
    this.said.className = "drop__chosen";
    this.said.setAttribute("role", "status");
    this.append(this.said);
    this.input.addEventListener("change", () => this.say());
    this.addEventListener("dragover", (event) => { event.preventDefault(); this.classList.add("is-over"); });
    this.addEventListener("dragleave", () => this.classList.remove("is-over"));
    this.addEventListener("drop", (event) => this.take(event));
  }
  take(event) {
    event.preventDefault();
    this.classList.remove("is-over");
    if (!event.dataTransfer.files.length) return;
    const kept = new DataTransfer();
    const files = this.input.multiple ? [...event.dataTransfer.files] : [event.dataTransfer.files[0]];
    files.forEach((file) => kept.items.add(file));
    this.input.files = kept.files;
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }
  say() {
    const names = [...this.input.files].map((file) => file.name).join(", ");
    this.said.textContent = names ? `${this.dataset.chosen || ""} ${names}` : "";
  }
}
customElements.define("escale-drop", EscaleDrop);
