import { locale } from '@/lib/i18n';

/** The name of a language in that language; a code that nobody listed is named by the browser. */
export function languageName(code: string, known: readonly { code: string; name: string }[]): string {
  const listed = known.find((one) => one.code === code);
  if (listed) return listed.name;
  try {
    return new Intl.DisplayNames([code, 'en'], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** In its own letters and in the reader's, so that it is found by either. */
export function bothNames({ code, name }: { code: string; name: string }): string {
  const here = new Intl.DisplayNames([locale], { type: 'language' }).of(code);
  return here && here !== name ? `${name} · ${here}` : name;
}
