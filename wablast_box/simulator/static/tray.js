// The tray that slides up from the bottom: a list to choose from, or a few fields to fill in.

import { byId, el, icon } from "./dom.js";

function open(title, children, onSubmit) {
  const tray = byId("tray");
  const away = el("button", { type: "button", class: "round small close", "aria-label": "Close", onclick: () => tray.close() }, icon("close"));
  const form = el("form", { method: "dialog" }, el("h2", { id: "tray-title" }, title), away, ...children);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    tray.close();
    onSubmit?.(new FormData(form));
  });
  tray.replaceChildren(form);
  tray.onclick = (event) => event.target === tray && tray.close();
  tray.showModal();
}

export function chooseRow(title, sections, onChoose) {
  const rows = sections.flatMap((section) => [
    section.title && el("h3", {}, section.title),
    ...section.rows.map((row) => el("button", { type: "button", class: "row", onclick: () => { byId("tray").close(); onChoose(row); } },
      el("div", {}, el("b", {}, row.title), row.description && el("small", {}, row.description)),
      el("span", { class: "dot", "aria-hidden": "true" }))),
  ]);
  open(title, rows.filter(Boolean));
}

export function fillIn(title, fields, label, onDone) {
  const inputs = fields.map(({ name, label: what, value = "", long = false }) => {
    const input = el(long ? "textarea" : "input", { name, spellcheck: "false" });
    input.value = value;
    return el("label", {}, what, input);
  });
  open(title, [...inputs, el("button", { type: "submit", class: "main" }, label)], (data) => onDone(Object.fromEntries(data)));
}
