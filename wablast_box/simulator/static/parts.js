// The inside of a bubble, by kind of message.

import { act, mediaUrl } from "./api.js";
import { el, hash, icon, svg, tile } from "./dom.js";
import { formatted, isJumbo, words } from "./text.js";
import { lengthOf } from "./times.js";

const rupees = new Intl.NumberFormat("en-IN", { style: "currency", currency: "INR", maximumFractionDigits: 2, trailingZeroDisplay: "stripIfInteger" });

export function picture(kind, media) {
  if (!media?.id) {
    return el("div", { class: "picture absent" }, icon("picture"), media?.link ? new URL(media.link, "http://x").host : kind);
  }
  const src = mediaUrl(media.id);
  const shown = kind === "video"
    ? el("video", { src, controls: true, preload: "metadata", "aria-label": "Video" })
    : el("img", { src, alt: media.caption || "Photo", loading: "lazy" });
  return el("div", { class: "picture" }, shown);
}

const captioned = (kind) => ({ content }) => [picture(kind, content), content.caption && words(content.caption)];

export function fileRow(content) {
  const name = content.filename || "Document";
  const ending = /\.(\w{1,4})$/.exec(name)?.[1] ?? "doc";
  const inner = [el("span", { class: "kind", "aria-hidden": "true" }, ending), el("div", {}, el("b", {}, name), el("small", {}, ending.toUpperCase()))];
  return content.id
    ? el("a", { class: "file", href: mediaUrl(content.id), target: "_blank", rel: "noopener", download: name }, ...inner)
    : el("div", { class: "file" }, ...inner);
}

function voice(message) {
  const { content, wamid } = message;
  const bars = Array.from({ length: 34 }, (_, n) => {
    const height = 18 + (hash(wamid + n) % 100) * 0.8 * Math.sin(((n + 2) / 38) * Math.PI) ** 0.5;
    return el("i", { style: { height: `${height}%` } });
  });
  const length = el("span", { class: "length" }, "0:00");
  const sound = new Audio(content.id ? mediaUrl(content.id) : undefined);
  sound.preload = "metadata";
  const button = el("button", { type: "button", "aria-label": "Play voice message" }, icon("play"));
  const face = (name) => button.replaceChildren(icon(name));
  const progress = () => {
    const share = sound.duration ? sound.currentTime / sound.duration : 0;
    bars.forEach((bar, n) => bar.classList.toggle("past", n / bars.length < share));
    const known = Number.isFinite(sound.duration) ? sound.duration : 0;
    length.textContent = lengthOf(sound.paused && !sound.currentTime ? known : sound.currentTime);
  };
  for (const event of ["timeupdate", "loadedmetadata", "durationchange"]) sound.addEventListener(event, progress);
  sound.addEventListener("ended", () => { sound.currentTime = 0; face("play"); progress(); });
  sound.addEventListener("pause", () => face("play"));
  sound.addEventListener("play", () => face("pause"));
  button.addEventListener("click", () => {
    if (!sound.paused) return sound.pause();
    sound.play().catch(() => {});
    if (!message.mine) act(message.customer_id, { type: "play", message_id: wamid }).catch(() => {});
    return undefined;
  });
  return [el("div", { class: "voice" }, button, el("div", { class: "wave", "aria-hidden": "true" }, bars)), length];
}

function place({ content }) {
  const shift = hash(`${content.latitude}${content.longitude}`) % 40;
  const map = svg("svg", { class: "map", viewBox: "0 0 264 118", preserveAspectRatio: "xMidYMid slice", role: "img", "aria-label": "Map" },
    svg("path", { class: "park", d: `M${150 + shift} 0h90v48l-70 14z` }),
    svg("path", { class: "water", d: `M0 ${92 - shift / 3}c60-16 90 18 150 8s70 4 114-6v40H0z` }),
    svg("path", { class: "road", d: `M-10 ${40 + shift / 2}C70 ${20 + shift} 170 80 280 ${30 + shift / 3}` }),
    svg("path", { class: "road", d: `M${84 + shift} -10C96 40 74 80 ${110 - shift / 2} 130` }),
    svg("path", { class: "lane", d: "M-10 80L130 12L280 96M190 -10L214 130M20 -10L52 130" }),
    svg("path", { class: "pin", d: "M132 82c13-15 21-25 21-35a21 21 0 0 0-42 0c0 10 8 20 21 35z" }),
    svg("circle", { class: "eye", cx: 132, cy: 47, r: 7.5 }));
  const spot = `${Number(content.latitude).toFixed(5)}, ${Number(content.longitude).toFixed(5)}`;
  return [map, el("b", {}, content.name || "Pinned place"), el("div", { class: "words" }, content.address || spot)];
}

function people({ content }) {
  return content.map((person) => el("div", { class: "card" }, tile(person.name?.formatted_name ?? "?"),
    el("div", {}, el("b", {}, person.name?.formatted_name ?? "Contact"), el("small", {}, person.phones?.[0]?.phone ?? ""))));
}

function basket({ content }) {
  const price = (item) => Number(item.item_price) * Number(item.quantity);
  const total = content.product_items.reduce((sum, item) => sum + price(item), 0);
  return el("div", { class: "basket" }, el("b", { class: "heading" }, "Order"),
    content.product_items.map((item) => el("div", { class: "item" }, el("span", {}, `${item.quantity} × ${item.product_retailer_id}`), el("span", {}, rupees.format(price(item))))),
    el("div", { class: "item total" }, el("span", {}, "Total"), el("span", {}, rupees.format(total))));
}

function text({ content }) {
  const jumbo = isJumbo(content.body ?? "");
  const body = words(content.body ?? "");
  if (jumbo) body.classList.add("jumbo");
  return body;
}

export function header(given) {
  if (!given) return null;
  if (given.text) return el("strong", { class: "heading", dir: "auto" }, ...formatted(given.text));
  if (given.image) return picture("image", given.image);
  if (given.video) return picture("video", given.video);
  if (given.document) return fileRow(given.document);
  if (given.location) return place({ content: given.location });
  return null;
}

const composed = (parts) => [
  header(parts.header),
  parts.body && words(typeof parts.body === "string" ? parts.body : parts.body.text),
  parts.footer && el("span", { class: "small", dir: "auto" }, typeof parts.footer === "string" ? parts.footer : parts.footer.text),
];

function interactive(message) {
  const { content } = message;
  const answer = content.button_reply ?? content.list_reply;
  if (answer) return answer.description ? [el("b", {}, answer.title), words(answer.description)] : el("div", { class: "words" }, el("b", {}, answer.title));
  if (content.nfm_reply) return words(content.nfm_reply.name === "address_message" ? "Address sent" : "Form sent");
  if (content.call_permission_reply) return words(content.call_permission_reply.response === "accept" ? "Calls allowed" : "Calls declined");
  const parts = composed(content);
  const pay = content.action?.parameters?.total_amount;
  if (pay) parts.splice(1, 0, el("strong", { class: "heading" }, rupees.format(pay.value / (pay.offset || 100))));
  if (content.type === "order_status") parts.unshift(el("strong", { class: "heading" }, `Order ${content.action.parameters.order.status.replace("_", " ")}`));
  return parts;
}

const KINDS = {
  text,
  image: captioned("image"),
  video: captioned("video"),
  sticker: ({ content }) => (content.id ? el("img", { src: mediaUrl(content.id), alt: "Sticker" }) : words("Sticker")),
  audio: voice,
  document: ({ content }) => [fileRow(content), content.caption ? words(content.caption) : words("")],
  location: place,
  contacts: people,
  order: basket,
  button: ({ content }) => words(content.text),
  interactive,
  template: ({ content }) => composed(content.rendered),
  unsupported: () => el("div", { class: "words gone" }, "Something the business cannot see (a poll)"),
};

export function inside(message) {
  const drawn = (KINDS[message.type] ?? (() => words(message.type)))(message);
  return [drawn].flat().filter(Boolean);
}
