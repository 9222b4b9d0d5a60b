/* <escale-plan-map data-points>: communes and chosen sites on a map that can be enlarged. The drawing above it and the
   tables below it say the same; nothing is loaded before it is asked for. */
class EscalePlanMap extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.opener = document.createElement("button");
    this.opener.type = "button";
    this.opener.className = "button button--small";
    this.opener.textContent = this.dataset.open;
    this.opener.addEventListener("click", () => this.open());
    this.append(this.opener);
  }
  async open() {
    this.opener.disabled = true;
    const canvas = document.createElement("div");
    canvas.className = "plan-map";
    canvas.setAttribute("role", "region");
    canvas.setAttribute("aria-label", this.dataset.label);
    this.append(canvas);
    try {
      await this.library();
      const answer = await fetch(this.dataset.points, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(this.dataset.points);
      this.draw(canvas, await answer.json());
      this.opener.remove();
      canvas.focus();
    } catch {
      canvas.remove();
      this.opener.disabled = false;
      this.opener.textContent = this.dataset.failed;
    }
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
  draw(canvas, { kinds, communes, layers }) {
    const L = window.L, style = getComputedStyle(this), colour = (name) => style.getPropertyValue(name).trim();
    const map = L.map(canvas, { preferCanvas: true, attributionControl: false, zoomSnap: 0.5, keyboardPanDelta: 120 });
    const looks = { far: { color: colour("--soft"), fillOpacity: 0, weight: 1.5 }, near: { color: colour("--sea"), fillOpacity: 0.9, weight: 0 },
      gained: { color: colour("--moss"), fillOpacity: 0.95, weight: 0 }, plain: { color: colour("--dot"), fillOpacity: 0.7, weight: 0 } };
    const size = canvas.clientWidth < 500 ? 0.5 : 1;
    const dots = communes.map(([code, name, lon, lat, people, kind]) => {
      const said = () => {
        const words = [`${name} (${code.slice(0, 2)})`, `${people.toLocaleString(document.documentElement.lang)} ${this.dataset.people}`, kinds[kind]];
        return this.text("span", words.filter(Boolean).join(" · "));
      };
      return L.circleMarker([lat, lon], { radius: size * Math.min(12, 1.5 + Math.sqrt(people) / 40), ...looks[kind] }).bindTooltip(said);
    });
    const ground = L.featureGroup(dots).addTo(map);
    layers.forEach(({ name, mark, sites }, n) => {
      const group = L.featureGroup(sites.map(([title, lon, lat, said]) => {
        const icon = L.divIcon({ className: `plan-map__site plan-map__site--${n}`, html: layers.length > 1 ? mark : "", iconSize: layers.length > 1 ? [24, 24] : [16, 16] });
        const told = this.text("p", [title, said].filter(Boolean).join(" : "));
        return L.marker([lat, lon], { icon, alt: `${name} : ${title}`, keyboard: true }).bindPopup(told, { minWidth: 200 });
      })).addTo(map);
      if (layers.length > 1) this.choice(map, group, `${mark} · ${name}`);
    });
    map.fitBounds(ground.getBounds());
  }
  text(tag, words) {
    const made = document.createElement(tag);
    made.textContent = words;
    return made;
  }
  choice(map, group, words) {
    const label = document.createElement("label"), box = document.createElement("input");
    label.className = "plan-map__choice";
    box.type = "checkbox";
    box.checked = true;
    box.addEventListener("change", () => (box.checked ? group.addTo(map) : group.remove()));
    label.append(box, ` ${words}`);
    this.append(label);
  }
}
customElements.define("escale-plan-map", EscalePlanMap);
