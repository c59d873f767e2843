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
