/** How languages are called and which way they are written. */

/** The most spoken of India first. Any other stays what it is when it comes with a file. */
export const OFFERED = ['hi', 'bn', 'mr', 'te', 'ta', 'gu', 'ur', 'kn', 'or', 'ml', 'pa', 'as', 'ne', 'kok', 'sd', 'en', 'ar', 'es', 'pt-BR', 'id', 'fr', 'de'] as const;

const RTL = new Set(['ur', 'sd', 'ar', 'fa', 'he', 'ks', 'ps']);

export const direction = (code: string): 'rtl' | 'auto' => (RTL.has(code.split('-')[0] ?? '') ? 'rtl' : 'auto');

const called = (code: string, reader: string): string => {
  try {
    return new Intl.DisplayNames([reader], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
};

/** हिन्दी */
export const ownName = (code: string): string => called(code, code);

/** हिन्दी · Hindi: everybody finds theirs, and whoever does not read it knows what it is. */
export function bothNames(code: string): string {
  const [own, ours] = [ownName(code), called(code, 'en')];
  return own === ours ? own : `${own} · ${ours}`;
}
