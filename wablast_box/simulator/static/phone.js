// The pretend phone: who holds it, what is on its screen, and what its owner does.

import * as api from "./api.js";
import { bubbleOf, closeBar } from "./bubble.js";
import { chime } from "./chime.js";
import { startComposer } from "./composer.js";
import { byId, el, icon, tile } from "./dom.js";
import { fillAttach, fillSettings, order, toggle } from "./menus.js";
import { dayOf } from "./times.js";
import { fillIn } from "./tray.js";

const state = { business: { name: "", phone: "" }, customers: new Map(), current: null, messages: [] };
const thread = byId("thread");
const AD = { source_url: "https://fb.me/3cr4Wqqkv", source_id: "120226305854810726", source_type: "ad", headline: "Chat with us", body: "New handloom sarees are here", media_type: "image", image_url: "https://scontent.example/ad.jpg", ctwa_clid: "Aff-n8ZTODiE79d22KtAwQKj9e" };

const current = () => state.customers.get(state.current);
const nearBottom = () => thread.scrollHeight - thread.scrollTop - thread.clientHeight < 80;
let stuck = true;
const toBottom = () => { stuck = true; thread.scrollTop = thread.scrollHeight; };

// What menus, bubbles and the composer may ask of the phone.
const phone = {
  shop: () => state.business.name,
  advertisement: () => AD,
  say: (text) => toast(text),
  act: (what) => attempt(() => api.act(state.current, what)),
  change: (what) => attempt(async () => take({ customers: [await api.change(state.current, what)], messages: [] })),
  quote: (message) => composer.quote(message),
  edit: (message) => composer.edit(message),
  order: () => phone.act(order()),
  shareNumber: (quoting) => phone.act({ type: "share_number", on: quoting }),
  changeNumber: () => fillIn("Change the phone number", [{ name: "number", label: "New number", value: "+91 90000 55555" }], "Change", ({ number }) => phone.act({ type: "system", phone: number })),
  attach: (what) => { closeMenus(); return phone.act({ ...what, ...composer.takeExtras(what.type) }); },
  attachFile: async (input) => {
    closeMenus();
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    await attempt(async () => {
      const stored = await api.upload(file);
      const family = stored.mime_type.split("/")[0];
      const type = ["image", "video", "audio"].includes(family) ? family : "document";
      await api.act(state.current, { type, media_id: stored.id, filename: stored.filename, ...composer.takeExtras(type) });
    });
  },
  show: (wamid) => {
    const node = nodeOf(wamid);
    node?.scrollIntoView({ block: "center", behavior: "smooth" });
    node?.classList.add("flash");
    setTimeout(() => node?.classList.remove("flash"), 1300);
  },
};

async function attempt(doing) {
  try {
    return await doing();
  } catch (error) {
    toast(error instanceof api.Refused ? error.message : "The simulator does not answer. Is the box still running?");
    return null;
  }
}

let toastTimer;
function toast(text) {
  byId("toast").textContent = text;
  byId("toast").hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { byId("toast").hidden = true; }, 4200);
}

// -- what is on the screen

const nodeOf = (wamid) => thread.querySelector(`[data-wamid="${CSS.escape(wamid)}"]`);

function drawPeople() {
  const row = byId("people");
  const focused = row.contains(document.activeElement);
  row.replaceChildren(...[...state.customers.values()].map((customer) => {
    const mark = tile(customer.username ?? customer.name);
    if (customer.unread) mark.append(el("span", { class: "badge" }, String(Math.min(customer.unread, 99))));
    const name = customer.username ?? customer.name.split(" ")[0];
    const selected = customer.id === state.current;
    const says = `${customer.name}${customer.unread ? `, ${customer.unread} new` : ""}${customer.online ? "" : ", offline"}`;
    return el("button", { type: "button", role: "tab", class: `person${customer.online ? "" : " away"}`, "data-id": customer.id, "aria-selected": String(selected), tabindex: selected ? "0" : "-1", "aria-label": says, title: customer.phone ? `+${customer.phone}` : customer.user_id, onclick: () => choose(customer.id) },
      mark, el("span", { class: "name" }, name));
  }));
  if (focused) row.querySelector('[aria-selected="true"]')?.focus();
  const unread = [...state.customers.values()].reduce((sum, each) => sum + each.unread, 0);
  document.title = unread ? `(${unread}) Pretend phone` : "Pretend phone";
}

let typingTimer;
function drawTop() {
  const customer = current();
  const line = byId("shop-line");
  const left = customer.typing_until ? new Date(customer.typing_until) - Date.now() : 0;
  const typing = left > 0;
  line.textContent = typing ? "typing…" : state.business.phone;
  line.classList.toggle("typing", typing);
  clearTimeout(typingTimer);
  if (typing) typingTimer = setTimeout(drawTop, left + 50);
  drawTyping(typing);
  byId("offline").hidden = customer.online;
  byId("offline-text").textContent = `${customer.name.split(" ")[0]} is offline. Messages wait.`;
}

function drawTyping(typing) {
  const shown = thread.querySelector(".typing-bubble");
  if (!typing) return shown?.remove();
  if (shown) return undefined;
  const stick = stuck;
  thread.append(el("div", { class: "message first fresh typing-bubble" }, el("div", { class: "bubble", "aria-label": `${phone.shop()} is typing` }, el("div", { class: "typing-dots" }, el("i"), el("i"), el("i")))));
  if (stick) toBottom();
  return undefined;
}

function drawThread() {
  const nodes = [];
  state.messages.forEach((message, n) => nodes.push(...withDay(message, state.messages[n - 1], false)));
  if (!nodes.length) nodes.push(el("p", { class: "hint" }, icon("shop"), `Say hi to ${phone.shop()}. It arrives in the inbox at once.`));
  thread.replaceChildren(...nodes);
  drawTop();
  toBottom();
}

function withDay(message, before, fresh) {
  const newDay = !before || dayOf(before.at) !== dayOf(message.at);
  const bubble = bubbleOf(message, phone, { first: newDay || before.mine !== message.mine, fresh });
  return newDay ? [el("div", { class: "day" }, dayOf(message.at)), bubble] : [bubble];
}

function place(message) {
  const known = state.messages.findIndex((each) => each.wamid === message.wamid);
  if (known >= 0) {
    state.messages[known] = message;
    const old = nodeOf(message.wamid);
    const stick = stuck;
    old?.replaceWith(bubbleOf(message, phone, { first: old.classList.contains("first") }));
    if (stick) toBottom();
    return false;
  }
  const stick = stuck || message.mine;
  thread.querySelector(".hint")?.remove();
  const before = state.messages.at(-1);
  if (before && before.at > message.at) return slipIn(message);
  state.messages.push(message);
  const typing = thread.querySelector(".typing-bubble");
  for (const node of withDay(message, before, true)) typing ? typing.before(node) : thread.append(node);
  if (stick) toBottom();
  return true;
}

// It was on its way while the customer wrote on: it belongs before that.
function slipIn(message) {
  state.messages.splice(state.messages.findIndex((each) => each.at > message.at), 0, message);
  drawThread();
  return true;
}

// -- what happens

function take({ customers, messages }) {
  const rung = new Set();
  for (const customer of customers) {
    const known = state.customers.get(customer.id);
    if (known && customer.unread > known.unread) rung.add(customer.id);
    state.customers.set(customer.id, customer);
  }
  for (const message of messages) {
    // Reactions, edits and the like change a bubble; they are none of their own.
    if (message.customer_id === state.current && HAS_BUBBLE(message)) place(message);
  }
  drawPeople();
  if (current()) drawTop();
  if (rung.size) ring(rung);
  lookAtScreen();
}

const WITHOUT_BUBBLE = new Set(["reaction", "edit", "revoke", "system", "request_welcome"]);
const HAS_BUBBLE = (message) => !WITHOUT_BUBBLE.has(message.type) && message.state !== "failed" && (message.mine || message.state !== "sent");

function ring(ids) {
  chime();
  for (const id of ids) byId("people").querySelector(`[data-id="${CSS.escape(id)}"]`)?.classList.add("ringing");
  if (!ids.has(state.current)) return;
  const mark = byId("shop-mark");
  mark.classList.remove("rung");
  void mark.offsetWidth;
  mark.classList.add("rung");
}

// A chat that is open on a visible screen is being read, after the moment it takes to look.
let reading;
function lookAtScreen() {
  const customer = current();
  const scrolledUp = !nearBottom();
  byId("down").hidden = !scrolledUp;
  clearTimeout(reading);
  if (!customer?.unread || !customer.online || scrolledUp || document.visibilityState !== "visible") return;
  reading = setTimeout(() => attempt(() => api.act(customer.id, { type: "read" })), 700);
}

async function choose(id) {
  state.current = id;
  location.replace(`#${id}`);
  composer.reset();
  drawPeople();
  const { items } = (await attempt(() => api.messages(id))) ?? { items: [] };
  if (state.current !== id) return;
  state.messages = items;
  drawThread();
  lookAtScreen();
}

async function load() {
  const told = await attempt(api.customers);
  if (!told) return;
  state.business = told.business;
  state.customers = new Map(told.customers.map((customer) => [customer.id, customer]));
  byId("shop-name").replaceChildren(state.business.name, icon("verified"));
  byId("shop-mark").replaceChildren(state.business.photo ? el("img", { src: api.mediaUrl(state.business.photo), alt: "" }) : icon("shop"));
  const wanted = decodeURIComponent(location.hash.slice(1));
  const known = state.customers.has(state.current) ? state.current : state.customers.has(wanted) ? wanted : told.customers[0]?.id;
  if (known) await choose(known);
}

function closeMenus() {
  toggle(byId("attach"), byId("attach-button"), false);
  toggle(byId("settings"), byId("settings-button"), false);
}

function opens(button, menu, fill) {
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    const on = menu.hidden;
    closeMenus();
    closeBar();
    if (on) fill();
    toggle(menu, button, on);
  });
}

function keys(event) {
  if (event.key === "Escape") {
    const opener = !byId("attach").hidden ? byId("attach-button") : !byId("settings").hidden ? byId("settings-button") : closeBar();
    closeMenus();
    (opener ?? byId("text")).focus();
  }
  if ((event.key === "ArrowRight" || event.key === "ArrowLeft") && byId("people").contains(event.target)) {
    const ids = [...state.customers.keys()];
    const next = ids[(ids.indexOf(state.current) + (event.key === "ArrowRight" ? 1 : ids.length - 1)) % ids.length];
    choose(next).then(() => byId("people").querySelector('[aria-selected="true"]')?.focus());
  }
}

const composer = startComposer(phone);
byId("shop-mark").append(icon("shop"));
byId("settings-button").append(icon("more"));
byId("attach-button").append(icon("attach"));
byId("quote-away").append(icon("close"));
byId("down").append(icon("down"));
fillAttach(byId("attach"), phone);
opens(byId("attach-button"), byId("attach"), () => {});
opens(byId("settings-button"), byId("settings"), () => fillSettings(byId("settings"), current(), phone));
byId("go-online").addEventListener("click", () => phone.change({ online: true }));
byId("down").addEventListener("click", toBottom);
thread.addEventListener("scroll", () => { stuck = nearBottom(); lookAtScreen(); }, { passive: true });
// Pictures arrive after their bubbles: whoever was at the bottom stays there.
for (const event of ["load", "loadedmetadata"]) thread.addEventListener(event, () => stuck && toBottom(), { capture: true });
new ResizeObserver(() => stuck && toBottom()).observe(thread);
document.addEventListener("visibilitychange", lookAtScreen);
document.addEventListener("keydown", keys);
document.addEventListener("click", (event) => {
  if (!event.target.closest(".sheet, .menu")) closeMenus();
  if (!event.target.closest(".message")) closeBar();
});
load();
api.listen({ onNews: take, again: load });
