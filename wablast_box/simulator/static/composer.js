// The line to type in: text, a quote, an edit, or a voice message when there is nothing to send.

import { byId, icon } from "./dom.js";

export function startComposer(phone) {
  const text = byId("text");
  const send = byId("send");
  let quoting = null;
  let editing = null;

  const show = () => {
    const empty = !text.value.trim();
    send.replaceChildren(icon(empty ? "mic" : "send"));
    send.setAttribute("aria-label", empty ? "Send a voice message" : editing ? "Save the change" : "Send");
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight + 2, 118)}px`;
    byId("quote").hidden = !quoting && !editing;
  };

  const about = (author, line) => {
    byId("quote-author").textContent = author;
    byId("quote-text").textContent = line;
    show();
    text.focus();
  };

  const reset = () => {
    quoting = editing = null;
    text.value = "";
    show();
  };

  async function submit() {
    const typed = text.value.trim();
    const extras = quoting ? { quoting: quoting.wamid } : {};
    const change = editing;
    if (!typed && change) return;
    reset();
    const what = change ? { type: "edit", message_id: change.wamid, text: typed }
      : typed ? { type: "text", text: typed, ...extras } : { type: "audio", sample: "audio", voice: true, ...extras };
    const done = await phone.act(what);
    // What could not be sent is given back, unless something new has been typed meanwhile.
    if (done === null && typed && !text.value) {
      text.value = typed;
      show();
    }
  }

  byId("composer").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  text.addEventListener("input", show);
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (text.value.trim()) submit();
  });
  byId("quote-away").addEventListener("click", () => { const kept = editing ? "" : text.value; reset(); text.value = kept; show(); text.focus(); });
  show();

  return {
    reset,
    quote(message) {
      quoting = message;
      editing = null;
      about(message.mine ? "You" : phone.shop(), lineOf(message));
    },
    edit(message) {
      editing = message;
      quoting = null;
      text.value = message.content.body;
      about("Edit", message.content.body);
    },
    // The words and the quote go along with what is attached.
    takeExtras(type) {
      const extras = quoting ? { quoting: quoting.wamid } : {};
      if (text.value.trim() && ["image", "video", "document"].includes(type)) extras.caption = text.value.trim();
      if (extras.caption || quoting) reset();
      return extras;
    },
  };
}

const lineOf = ({ type, content }) =>
  content?.body?.text ?? content?.rendered?.body ?? (typeof content?.body === "string" ? content.body : null) ?? content?.caption ?? type[0].toUpperCase() + type.slice(1);
