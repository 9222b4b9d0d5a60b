/* <escale-map data-points data-outlines>: the places of the list on a map. Without it, the list says the same. */
class EscaleMap extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    if (matchMedia("(min-width: 60rem)").matches) { this.open(); return; }
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = this.dataset.show || this.dataset.label;
    button.addEventListener("click", () => { button.remove(); this.open(); });
    this.append(button);
  }
  async open() {
    const canvas = document.createElement("div");
    canvas.className = "map__canvas";
    canvas.setAttribute("role", "region");
    canvas.setAttribute("aria-label", this.dataset.label);
    this.append(canvas);
    try {
      await this.library();
      await this.draw(canvas);
    } catch { canvas.remove(); this.hidden = true; }
  }
  library() {
    if (window.L) return Promise.resolve();
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = this.dataset.leaflet;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
  }
  async json(address) {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(address);
    return answer.json();
  }
  async draw(canvas) {
    const L = window.L, style = getComputedStyle(this), colour = (name) => style.getPropertyValue(name).trim();
    const map = L.map(canvas, { preferCanvas: true, attributionControl: Boolean(this.dataset.tiles), zoomSnap: 0.5 });
    map.setView([49.1, 0.1], 8);
    if (this.dataset.tiles) L.tileLayer(this.dataset.tiles, { attribution: this.dataset.credit, maxZoom: 19 }).addTo(map);
    if (this.dataset.outlines) {
      const outlines = await this.json(this.dataset.outlines);
      const look = { color: colour("--border"), weight: 1, fillColor: colour("--sheet"), fillOpacity: this.dataset.tiles ? 0 : 1, interactive: false };
      map.fitBounds(L.geoJSON(outlines, { style: look }).addTo(map).getBounds());
    }
    const { points } = await this.json(this.dataset.points);
    const look = { radius: points.length > 2000 ? 3 : 6, color: colour("--ink"), weight: 1, fillColor: colour("--amber"), fillOpacity: 1 };
    const marks = points.map(([key, lon, lat]) => {
      const mark = L.circleMarker([lat / 1e4, lon / 1e4], look);
      mark.on("click", () => this.tell(map, mark, key));
      return mark;
    });
    const group = L.featureGroup(marks).addTo(map);
    if (marks.length && marks.length < 500) map.fitBounds(group.getBounds().pad(0.15), { maxZoom: 13 });
  }
  async tell(map, mark, key) {
    const answer = await fetch(`/lieux/point/${key}/`);
    if (!answer.ok) return;
    const list = document.createElement("ul");
    list.className = "rows map__told";
    list.innerHTML = await answer.text();
    mark.unbindPopup().bindPopup(list, { minWidth: 240 }).openPopup();
  }
}
customElements.define("escale-map", EscaleMap);
