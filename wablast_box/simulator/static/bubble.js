// One message: its bubble, what hangs on it, and the small bar that opens when it is touched.

import { el, icon, tick } from "./dom.js";
import { inside } from "./parts.js";
import { tapsOf } from "./taps.js";
import { timeOf } from "./times.js";

const EMOJI = ["👍", "❤️", "😂", "😮", "😢", "🙏"];
const OPENS_NOTHING = "a, button, video, audio, input";

export function bubbleOf(message, phone, { first = false, fresh = false } = {}) {
  const names = ["message", message.mine && "mine", first && "first", fresh && "fresh", message.type === "sticker" && !message.revoked && "sticker",
    message.edited && "edited", message.reactions.length && "reacted"];
  const bubble = el("div", { class: bubbleClass(message), tabindex: "0", role: "group", "aria-label": `${message.mine ? "You" : phone.shop()}, ${timeOf(message.at)}` },
    message.forwarded && el("span", { class: "label" }, icon("forward"), "Forwarded"),
    message.quoted && quoteOf(message, phone),
    ...(message.revoked ? [el("div", { class: "words gone" }, message.mine ? "You deleted this message" : "This message was deleted")] : inside(message)),
    metaOf(message));
  const node = el("div", { class: names.filter(Boolean).join(" "), "data-wamid": message.wamid }, bubble,
    message.reactions.length ? el("div", { class: "reactions", "aria-label": `Reactions: ${message.reactions.join(" ")}` }, message.reactions.join(" ")) : null,
    tapsOf(message, phone));
  const open = (event) => {
    if (event.target.closest(OPENS_NOTHING) || message.revoked || getSelection()?.toString()) return;
    event.preventDefault();
    openBar(node, message, phone);
  };
  bubble.addEventListener("click", open);
  bubble.addEventListener("keydown", (event) => (event.key === "Enter" || event.key === " ") && event.target === bubble && open(event));
  return node;
}

function bubbleClass(message) {
  const pictured = ["image", "video"].includes(message.type) && !message.revoked;
  const wide = pictured || ["location", "contacts", "template"].includes(message.type) || message.content?.header;
  return ["bubble", wide && !message.revoked && "wide", pictured && !message.content.caption && "only-picture"].filter(Boolean).join(" ");
}

function metaOf(message) {
  const below = ["contacts"].includes(message.type) && !message.revoked;
  return el("span", { class: below ? "meta below" : "meta" }, message.edited && "edited", timeOf(message.at), message.mine && tick(message.state));
}

function quoteOf(message, phone) {
  const { quoted } = message;
  return el("button", { type: "button", class: quoted.mine ? "quoted self" : "quoted", onclick: () => phone.show(quoted.wamid) },
    el("b", {}, quoted.mine ? "You" : phone.shop()), el("span", {}, quoted.text));
}

export function closeBar() {
  const bar = document.querySelector(".bar");
  const owner = bar?.closest(".message")?.querySelector(".bubble");
  bar?.remove();
  return owner ?? null;
}

function openBar(node, message, phone) {
  const wasOpen = node.querySelector(".bar");
  closeBar();
  if (wasOpen) return;
  const does = (label, iconName, then) => el("button", { type: "button", onclick: () => { closeBar(); then(); } }, icon(iconName), label);
  const editable = message.mine && message.type === "text";
  const bar = el("div", { class: "bar", role: "group", "aria-label": "Message" },
    el("div", {}, EMOJI.map((emoji) => {
      const on = message.my_reaction === emoji;
      return el("button", { type: "button", "aria-label": `React with ${emoji}`, "aria-pressed": String(on), onclick: () => { closeBar(); phone.act({ type: "reaction", message_id: message.wamid, emoji: on ? "" : emoji }); } }, emoji);
    })),
    el("div", { class: "verbs" }, does("Reply", "reply", () => phone.quote(message)),
      editable && does("Edit", "edit", () => phone.edit(message)),
      message.mine && does("Delete", "remove", () => phone.act({ type: "revoke", message_id: message.wamid }))));
  const room = node.getBoundingClientRect().top - node.parentElement.getBoundingClientRect().top;
  if (room < 96) bar.classList.add("under");
  node.append(bar);
  bar.querySelector("button").focus({ preventScroll: true });
}
