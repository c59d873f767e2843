// WhatsApp's marks (*bold*, _italic_, ~struck~, ```mono```) and links, made of elements and text nodes only.

import { el } from "./dom.js";

const MARK = /```([\s\S]+?)```|(?<![\p{L}\p{N}])([*_~])(\S(?:[^\n]*?\S)?)\2(?![\p{L}\p{N}])|(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])/u;
const TAGS = { "*": "strong", _: "em", "~": "s" };

export function formatted(text) {
  const parts = [];
  let rest = text;
  while (rest) {
    const found = MARK.exec(rest);
    if (!found) break;
    if (found.index) parts.push(rest.slice(0, found.index));
    if (found[1] !== undefined) parts.push(el("code", {}, found[1]));
    else if (found[2]) parts.push(el(TAGS[found[2]], {}, ...formatted(found[3])));
    else parts.push(el("a", { href: found[4], target: "_blank", rel: "noopener noreferrer" }, found[4]));
    rest = rest.slice(found.index + found[0].length);
  }
  if (rest) parts.push(rest);
  return parts;
}

export const words = (text) => el("div", { class: "words", dir: "auto" }, ...formatted(text));

// One to three emoji and nothing else are shown large.
const EMOJI_ONLY = /^(?:\p{Extended_Pictographic}(?:\uFE0F|[\u{1F3FB}-\u{1F3FF}]|\u200D\p{Extended_Pictographic})*){1,3}$/u;
export const isJumbo = (text) => EMOJI_ONLY.test(text.trim());
