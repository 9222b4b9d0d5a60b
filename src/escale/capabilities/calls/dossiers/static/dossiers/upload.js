/* <escale-upload>: files chosen or dropped leave at once, one by one, each with its progress; what fails says why and can be tried again. */
class EscaleUpload extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.input = this.querySelector('input[type="file"]');
    if (!this.form || !this.input) return;
    this.list = document.createElement("ul");
    this.list.className = "pieces uploads";
    this.list.setAttribute("aria-live", "polite");
    this.append(this.list);
    this.form.querySelector("button[type=submit]").hidden = true;
    this.input.addEventListener("change", () => this.take([...this.input.files]));
  }
  async take(files) {
    let failed = 0;
    for (const file of files) if (!(await this.send(file))) failed += 1;
    this.input.value = "";
    if (!failed && files.length) window.location.reload();
  }
  send(file, line = this.line(file)) {
    if (file.size > Number(this.dataset.limit)) return this.fail(line, file, `« ${file.name} » ${this.dataset.tooLarge}`, false);
    const body = new FormData(this.form);
    body.delete(this.input.name);
    body.append(this.input.name, file);
    const request = new XMLHttpRequest();
    request.open("POST", this.form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) line.bar.value = (100 * event.loaded) / event.total;
    });
    return new Promise((done) => {
      request.addEventListener("load", () => done(this.answer(request, line, file)));
      for (const name of ["error", "timeout", "abort"]) {
        request.addEventListener(name, () => done(this.fail(line, file, `« ${file.name} » ${this.dataset.offline}`, true)));
      }
      request.send(body);
    });
  }
  answer(request, line, file) {
    let said = {};
    try { said = JSON.parse(request.responseText); } catch { said = {}; }
    if (request.status === 200) {
      line.bar.value = 100;
      line.words.textContent = said.code ? `${this.dataset.kept} ${file.name} (${said.label})` : `${this.dataset.unsorted} ${file.name}`;
      return true;
    }
    if (request.status === 401) return this.fail(line, file, `« ${file.name} » ${this.dataset.signedOut}`, true);
    return this.fail(line, file, said.error?.message || `« ${file.name} » ${this.dataset.failed}`, request.status >= 500);
  }
  line(file) {
    const line = document.createElement("li");
    line.className = "piece";
    line.words = document.createElement("span");
    line.words.className = "piece__name";
    line.words.textContent = `${this.dataset.sending} ${file.name}`;
    line.bar = document.createElement("progress");
    line.bar.max = 100;
    line.bar.value = 0;
    line.bar.setAttribute("aria-label", file.name);
    line.append(line.words, line.bar);
    this.list.append(line);
    return line;
  }
  fail(line, file, sentence, again) {
    line.bar.remove();
    line.words.textContent = sentence;
    line.classList.add("piece--refused");
    line.setAttribute("role", "alert");
    if (again) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button--quiet";
      button.textContent = this.dataset.again;
      button.addEventListener("click", async () => {
        line.remove();
        await this.take([file]);
      });
      line.append(button);
    }
    return false;
  }
}
customElements.define("escale-upload", EscaleUpload);
