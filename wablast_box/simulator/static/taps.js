// What can be tapped under a message of the business: buttons, lists, links, forms, places, calls.

import { el, icon } from "./dom.js";
import { header, picture } from "./parts.js";
import { words } from "./text.js";
import { chooseRow, fillIn } from "./tray.js";

const ADDRESS = [["name", "Name", "Kabir Mehta"], ["phone_number", "Phone", "+919845012345"], ["in_pin_code", "PIN code", "570001"],
  ["house_number", "House", "14"], ["address", "Street", "Kalidasa Road"], ["city", "City", "Mysuru"], ["state", "State", "Karnataka"]];

const button = (label, iconName, onclick, { chosen = false, disabled = false } = {}) =>
  el("button", { type: "button", class: chosen ? "tap chosen" : "tap", disabled, onclick }, iconName && icon(iconName), label);

const outside = (label, href, iconName = "link") =>
  /^(https?:|tel:)/.test(href) ? el("a", { class: "tap", href, target: "_blank", rel: "noopener noreferrer" }, icon(iconName), label) : button(label, iconName, null, { disabled: true });

export function tapsOf(message, phone) {
  if (message.mine || message.revoked) return null;
  const made = message.type === "template" ? templateTaps(message, phone) : message.type === "interactive" ? interactiveTaps(message, phone) : null;
  return made?.length ? el("div", { class: "taps" }, made) : null;
}

// Each choice can be taken once, as in WhatsApp; the one that was taken stays marked.
function once(message, title, iconName, onclick, mark = title) {
  const done = message.answered !== null;
  const chosen = message.answered === mark;
  return button(title, chosen ? "check" : iconName, onclick, { chosen, disabled: done });
}

function templateTaps(message, phone) {
  const { cards: list = [] } = message.content.rendered;
  return [...partTaps(message.content.rendered, message, phone), list.length > 0 && templateCards(list, message, phone)].filter(Boolean);
}

const templateCards = (list, message, phone) => el("div", { class: "cards", role: "list", tabindex: "0", "aria-label": `${list.length} cards` }, list.map((card, n) =>
  el("article", { role: "listitem", "aria-label": `Card ${n + 1}` }, header(card.header), card.body && words(card.body), partTaps(card, message, phone))));

function partTaps({ buttons = [] }, message, phone) {
  return buttons.map((each) => {
    if (each.type === "QUICK_REPLY") {
      const mark = each.payload || each.text;
      return once(message, each.text, "reply", () => phone.act({ type: "tap", title: mark, on: message.wamid }), mark);
    }
    if (each.type === "URL") return outside(each.text, each.url ?? "");
    if (each.type === "PHONE_NUMBER") return outside(each.text, `tel:${each.phone_number}`, "call");
    if (each.type === "FLOW") return once(message, each.text, "form", () => form(message, phone, each.text));
    return button(each.text ?? "Copy code", "copy", () => navigator.clipboard?.writeText(each.code ?? "").catch(() => {}));
  });
}

function interactiveTaps(message, phone) {
  const { content } = message;
  const action = content.action ?? {};
  const parameters = action.parameters ?? {};
  const kinds = {
    button: () => action.buttons.map(({ reply }) => once(message, reply.title, "reply", () => phone.act({ type: "tap", title: reply.title, on: message.wamid }))),
    list: () => [listTap(message, phone)],
    cta_url: () => [outside(parameters.display_text, parameters.url ?? "")],
    location_request_message: () => [button("Send location", "location", () => phone.act({ type: "location", latitude: 12.30518, longitude: 76.65517, name: "Mysore Palace", address: "Sayyaji Rao Road, Mysuru", quoting: message.wamid }))],
    contact_request: () => [button("Share phone number", "contact", () => phone.shareNumber(message.wamid))],
    call_permission_request: () => ["accept", "reject"].map((response) => once(message, response === "accept" ? "Allow calls" : "Not now", "call", () => phone.act(callReply(response, message.wamid)))),
    voice_call: () => [button(parameters.display_text || "Call now", "call", () => phone.say("Calls are not part of the pretend phone."))],
    flow: () => [once(message, parameters.flow_cta, "form", () => form(message, phone, parameters.flow_cta, parameters.flow_token))],
    address_message: () => [once(message, "Provide address", "form", () => address(message, phone))],
    catalog_message: () => [button("View catalog", "order", () => phone.order())],
    product: () => [button("View product", "order", () => phone.order())],
    product_list: () => [button("View items", "list", () => phone.order())],
    order_details: () => [button("Review and pay", "order", () => phone.say("Payments are not part of the pretend phone yet."))],
    carousel: () => [cards(action.cards)],
  };
  return kinds[content.type]?.() ?? null;
}

function listTap(message, phone) {
  const { button: label, sections } = message.content.action;
  const choose = (row) => phone.act({ type: "tap", title: row.id, on: message.wamid });
  return button(label, "list", () => chooseRow(label, sections, choose));
}

function form(message, phone, title, token = "unused") {
  const value = JSON.stringify({ flow_token: token, name: "Kabir", visit_on: "2026-12-05" }, null, 2);
  fillIn(title, [{ name: "answers", label: "Answers, as the form would send them", value, long: true }], "Submit",
    ({ answers }) => phone.act({ type: "submit", answers, on: message.wamid }));
}

function address(message, phone) {
  fillIn("Delivery address", ADDRESS.map(([name, label, value]) => ({ name, label, value })), "Send address",
    (values) => phone.act({ type: "submit", name: "address_message", answers: { saved_address_id: null, values }, on: message.wamid }));
}

const callReply = (response, quoting) => ({
  type: "raw", kind: "interactive", quoting,
  content: { type: "call_permission_reply", call_permission_reply: { response, is_permanent: false, response_source: "user_action" } },
});

const cards = (list) => el("div", { class: "cards" }, list.map((card) => {
  const parameters = card.action?.parameters ?? {};
  return el("article", {}, card.header && picture(card.header.type, card.header[card.header.type]), card.body && words(card.body.text),
    parameters.url ? outside(parameters.display_text, parameters.url) : button("View", "order", null, { disabled: true }));
}));
