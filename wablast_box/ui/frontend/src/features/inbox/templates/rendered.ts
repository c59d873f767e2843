/** What the customer sees of a template. The box is the judge of what may be sent; here it is drawn while somebody types. */
import type { Template, TemplateBlank, TemplateCard } from '@/api/types';

export interface RenderedButton {
  kind: string;
  text: string;
  url?: string;
  phone_number?: string;
  code?: string | null;
}

/** A template without its cards, or one of them. `media`: the file of a card, when it is the box's own. */
export interface RenderedPart {
  header: { kind: string; text?: string; name?: string; media?: string } | null;
  body: string;
  footer: string | null;
  buttons: RenderedButton[];
}

export interface Rendered extends RenderedPart {
  cards: RenderedPart[];
}

/** By card, place and key, as the box names them. */
export type Values = Readonly<Record<string, string>>;

export const beforeKeys = (card: number | null): string => (card === null ? '' : `cards.${card}.`);
export const keyOf = ({ place, key, card }: Pick<TemplateBlank, 'place' | 'key' | 'card'>): string => `${beforeKeys(card)}${place}.${key}`;

const VARIABLE = /\{\{\s*(\w{1,200})\s*\}\}/g;

export function render(template: Template, values: Values): Rendered {
  const code = template.category === 'authentication' ? firstOf(template, values) : undefined;
  return { ...renderPart(template, values, '', code), cards: template.cards.map((card, at) => renderPart(card, values, beforeKeys(at))) };
}

function renderPart(part: TemplateCard, values: Values, before: string, code?: string | null): RenderedPart {
  const put = (place: string, text: string): string => text.replace(VARIABLE, (whole, name: string) => {
    const value = values[`${before}${place}.${name}`];
    return value?.trim() ? value : whole;
  });
  return {
    header: part.header ? { kind: part.header.kind, text: put('header', part.header.text ?? '') } : null,
    body: put('body', part.body),
    footer: part.footer,
    buttons: part.buttons.map(({ index, kind, text, url, phone_number: phone }) => {
      const suffix = values[`${before}buttons.${index}`]?.trim();
      if (code !== undefined && (kind === 'otp' || kind === 'url')) return { kind: 'copy_code', text, code };
      return {
        kind, text,
        ...(url ? { url: url.replace(VARIABLE, (whole) => suffix ?? whole) } : {}),
        ...(phone ? { phone_number: phone } : {}),
        ...(kind === 'copy_code' ? { code: suffix ?? null } : {}),
      };
    }),
  };
}

const firstOf = (template: Template, values: Values): string | null => {
  const blank = template.blanks.find(({ place }) => place === 'body');
  return blank ? values[keyOf(blank)]?.trim() ?? null : null;
};

/** Which part of a text is a blank that nobody has filled in: drawn so that it is seen. */
export function pieces(text: string): { text: string; blank: boolean }[] {
  const found: { text: string; blank: boolean }[] = [];
  let from = 0;
  for (const match of text.matchAll(VARIABLE)) {
    if (match.index > from) found.push({ text: text.slice(from, match.index), blank: false });
    found.push({ text: match[1] ?? '', blank: true });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ text: text.slice(from), blank: false });
  return found;
}

/** For one line of a list: blanks as dots or by their name, marks left out. */
export const inLine = (text: string): string => text.replace(VARIABLE, (_, name: string) => (/^\d+$/.test(name) ? '…' : `[${name}]`)).replace(/\*(…|\[\w+\])\*/g, '$1');
