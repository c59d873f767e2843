/** Messages with something to tap, as they are put together: what is still wrong with them in words, and what is sent. */
import { t } from '@/lib/i18n';

export type TapsKind = 'buttons' | 'list' | 'link';

export interface ListRow {
  title: string;
  description: string;
}

export interface ListSection {
  title: string;
  rows: ListRow[];
}

export interface Taps {
  header: string;
  body: string;
  footer: string;
  buttons: string[];
  opens: string;
  sections: ListSection[];
  linkText: string;
  url: string;
}

/** facts of the Cloud API: what WhatsApp takes at most. */
export const LIMITS = { header: 60, body: 1024, listBody: 4096, footer: 60, button: 20, buttons: 3, opens: 20, sections: 10, rows: 10, section: 24, row: 24, description: 72, linkText: 20 } as const;

export const emptyTaps = (words: string): Taps => ({
  header: '', body: words, footer: '', buttons: [''], opens: '', sections: [{ title: '', rows: [{ title: '', description: '' }] }], linkText: '', url: 'https://',
});

/** Field → what is wrong with it. Empty: it can go. */
export type Wrong = Record<string, string>;

export function wrongWith(kind: TapsKind, taps: Taps): Wrong {
  const wrong: Wrong = {};
  const check = (field: string, text: string, limit: number, needed = true) => {
    const length = text.trim().length;
    if (needed && length === 0) wrong[field] = t('composer.taps.wrong.empty');
    else if (length > limit) wrong[field] = t('composer.taps.wrong.long', { limit, count: length });
  };
  check('header', taps.header, LIMITS.header, false);
  check('body', taps.body, kind === 'list' ? LIMITS.listBody : LIMITS.body);
  check('footer', taps.footer, LIMITS.footer, false);
  if (kind === 'buttons') taps.buttons.forEach((title, at) => { check(`button.${String(at)}`, title, LIMITS.button); });
  if (kind === 'link') {
    check('linkText', taps.linkText, LIMITS.linkText);
    if (!isLink(taps.url)) wrong['url'] = t('composer.taps.wrong.url');
  }
  if (kind === 'list') {
    check('opens', taps.opens, LIMITS.opens);
    taps.sections.forEach(({ title, rows }, at) => {
      check(`section.${String(at)}`, title, LIMITS.section, false);
      if (taps.sections.length > 1 && title.trim() === '') wrong[`section.${String(at)}`] = t('composer.taps.wrong.title');
      rows.forEach((row, index) => {
        check(`row.${String(at)}.${String(index)}`, row.title, LIMITS.row);
        check(`description.${String(at)}.${String(index)}`, row.description, LIMITS.description, false);
      });
    });
  }
  alike(kind, taps).forEach((field) => { wrong[field] ??= t('composer.taps.wrong.twice'); });
  return wrong;
}

/** Buttons with the same words: WhatsApp refuses them. */
function alike(kind: TapsKind, { buttons }: Taps): string[] {
  if (kind !== 'buttons') return [];
  return buttons.flatMap((title, at) => (title.trim() !== '' && buttons.findIndex((one) => one.trim() === title.trim()) < at ? [`button.${String(at)}`] : []));
}

export function isLink(text: string): boolean {
  try {
    const url = new URL(text.trim());
    return ['https:', 'http:'].includes(url.protocol) && url.hostname.includes('.') && !/\s/.test(text.trim());
  } catch {
    return false;
  }
}

export const rowCount = (taps: Taps): number => taps.sections.reduce((sum, section) => sum + section.rows.length, 0);

const words = (text: string) => ({ text: text.trim() });

/** The `interactive` object as Meta wants it. */
export function interactiveOf(kind: TapsKind, taps: Taps): Record<string, unknown> {
  const frame = {
    ...(taps.header.trim() ? { header: { type: 'text', ...words(taps.header) } } : {}),
    body: words(taps.body),
    ...(taps.footer.trim() ? { footer: words(taps.footer) } : {}),
  };
  switch (kind) {
    case 'buttons': return { type: 'button', ...frame, action: { buttons: taps.buttons.map((title, at) => ({ type: 'reply', reply: { id: `button-${String(at + 1)}`, title: title.trim() } })) } };
    case 'link': return { type: 'cta_url', ...frame, action: { name: 'cta_url', parameters: { display_text: taps.linkText.trim(), url: taps.url.trim() } } };
    case 'list': return { type: 'list', ...frame, action: { button: taps.opens.trim(), sections: taps.sections.map(sectionOf) } };
  }
}

const sectionOf = ({ title, rows }: ListSection, at: number) => ({
  ...(title.trim() ? { title: title.trim() } : {}),
  rows: rows.map((row, index) => ({ id: `choice-${String(at + 1)}-${String(index + 1)}`, title: row.title.trim(), ...(row.description.trim() ? { description: row.description.trim() } : {}) })),
});
