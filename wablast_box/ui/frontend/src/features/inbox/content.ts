/** Reads the typed body of a message. It is Meta's, so nothing about its shape is believed. */
export type Body = Readonly<Record<string, unknown>>;

export const body = (value: unknown): Body => (isBody(value) ? value : {});
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
export const list = (value: unknown): Body[] => (Array.isArray(value) ? value.filter(isBody) : []);
/** Numbers may arrive as text. */
export const number = (value: unknown): number | null => {
  const found = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof found === 'number' && Number.isFinite(found) ? found : null;
};

const isBody = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value);

/** {interactive: {type: "button_reply", button_reply: {…}}}: the inner object that the type names. */
export const named = (outer: Body): Body => body(outer[text(outer['type'])]);
