// The two menus: what can be attached, and what the phone itself can be told.

import { soundIsOn, turnSound } from "./chime.js";
import { byId, el, icon } from "./dom.js";

const SAMPLES = "phone/static/samples/";
const ORDER = { type: "order", items: [{ product_retailer_id: "KURTA-INDIGO-M", quantity: 1, item_price: 1640, currency: "INR" }, { product_retailer_id: "RUNNER-02", quantity: 2, item_price: 490, currency: "INR" }] };

export function toggle(menu, opener, on) {
  menu.hidden = !on;
  opener.setAttribute("aria-expanded", String(on));
  if (on) menu.querySelector("button, input")?.focus({ preventScroll: true });
}

export function fillAttach(menu, phone) {
  const thumb = (label, file, what, over) => el("button", { type: "button", "aria-label": label, onclick: () => phone.attach(what) },
    over ? el("span", { class: "over" }, icon(over)) : null,
    el("img", { src: SAMPLES + file, alt: "", class: what.type === "sticker" ? "whole" : null }));
  const line = (label, iconName, what) => el("button", { type: "button", onclick: () => phone.attach(what) }, icon(iconName), label);
  const picker = el("input", { type: "file", class: "hidden", tabindex: "-1", "aria-label": "File", onchange: () => phone.attachFile(picker) });
  const video = thumb("Video", "saree.jpg", { type: "video", sample: "video" }, "play");
  video.prepend(video.lastChild);
  menu.replaceChildren(
    el("div", { class: "gallery" }, thumb("Photo of the shelf", "photo.jpg", { type: "image", sample: "image" }), thumb("Photo of a saree", "saree.jpg", { type: "image", sample: "saree" }), video,
      thumb("Sticker", "sticker.webp", { type: "sticker", sample: "sticker" })),
    el("div", { class: "choices" },
      line("Document", "document", { type: "document", sample: "document", filename: "Wedding list.pdf" }),
      line("Voice message", "mic", { type: "audio", sample: "audio", voice: true }),
      line("Location", "location", { type: "location", latitude: 12.30518, longitude: 76.65517, name: "Mysore Palace", address: "Sayyaji Rao Road, Mysuru" }),
      line("Contact", "contact", { type: "contacts", contacts: [{ name: "Meera Nair", phone: "+91 98860 44556" }] }),
      line("Order", "order", ORDER),
      line("Poll", "poll", { type: "unsupported", kind: "poll" }),
      el("button", { type: "button", class: "whole-line", onclick: () => picker.click() }, icon("file"), "A file from this computer…")), picker);
}

export const order = () => ORDER;

export function fillSettings(menu, customer, phone) {
  const flip = (label, iconName, on, then) => {
    const input = el("input", { type: "checkbox", role: "switch", onchange: (event) => then(event.target.checked) });
    input.checked = on;
    return el("label", {}, icon(iconName), el("span", {}, label), input);
  };
  const line = (label, iconName, then) => el("button", { type: "button", onclick: () => { toggle(menu, byId("settings-button"), false); then(); } }, icon(iconName), label);
  menu.replaceChildren(
    flip("Online", "plane", customer.online, (online) => phone.change({ online })),
    flip("Read receipts", "eye", customer.read_receipts, (read_receipts) => phone.change({ read_receipts })),
    flip("Sound", "bell", soundIsOn(), turnSound),
    el("hr"),
    line("First look at the chat", "hello", () => phone.act({ type: "request_welcome" })),
    line("Come from an advertisement", "forward", () => phone.act({ type: "text", text: "Can I get more about this?", referral: phone.advertisement() })),
    customer.phone && line("Change the phone number", "number", () => phone.changeNumber()),
    line("Stop offers", "stop", () => phone.act({ type: "marketing", stop: true })),
    line("Let the 24 hours pass", "clock", () => phone.change({ wrote_hours_ago: 25 })));
}
