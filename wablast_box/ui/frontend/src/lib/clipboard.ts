/** Copies words. On plain http, which a box in a shop's own network may use, browsers offer only the old way. */
export async function copyText(words: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return copyTheOldWay(words);
  }
}

function copyTheOldWay(words: string): boolean {
  const field = document.createElement('textarea');
  field.value = words;
  field.setAttribute('readonly', '');
  field.style.position = 'fixed';
  field.style.opacity = '0';
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
}
