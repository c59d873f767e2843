/** Every command that can be given other keys, also while the part of the screen that offers it is not there. */
import type { Command } from '@/lib/commands';
import { isApple } from '@/lib/keys';
import { t } from '@/lib/i18n';

export interface Bindable {
  id: string;
  title: string;
  group: string;
  keys: string;
}

/** The inbox's own, by the ids under which it registers them. */
export function usual(): Bindable[] {
  const inbox = t('inbox.commands.group');
  const go = t('shell.commands.goTo');
  const help = t('shell.commands.help');
  return [
    { id: 'next', group: inbox, title: t('inbox.commands.next'), keys: 'j' },
    { id: 'previous', group: inbox, title: t('inbox.commands.previous'), keys: 'k' },
    { id: 'write', group: inbox, title: t('inbox.commands.write'), keys: 'enter' },
    { id: 'reply', group: inbox, title: t('inbox.commands.reply'), keys: 'r' },
    { id: 'resolve', group: inbox, title: t('list.do.resolveNext'), keys: 'e' },
    { id: 'snooze', group: inbox, title: t('list.do.snooze'), keys: 's' },
    { id: 'pending', group: inbox, title: t('list.do.pending'), keys: 'p' },
    { id: 'unread', group: inbox, title: t('list.do.unread'), keys: 'u' },
    { id: 'assign', group: inbox, title: t('list.do.assign'), keys: 'a' },
    { id: 'take', group: inbox, title: t('list.do.take'), keys: 'i' },
    { id: 'label', group: inbox, title: t('list.do.tag'), keys: 'l' },
    { id: 'select', group: inbox, title: t('list.do.select'), keys: 'x' },
    { id: 'select-range', group: inbox, title: t('list.do.range'), keys: 'shift+x' },
    { id: 'undo', group: inbox, title: t('list.do.undo'), keys: 'z' },
    { id: 'find', group: inbox, title: t('list.do.filter'), keys: 'f' },
    { id: 'views', group: inbox, title: t('list.views.show'), keys: 'v' },
    { id: 'details', group: inbox, title: t('inbox.commands.details'), keys: 'd' },
    { id: 'end', group: inbox, title: t('inbox.commands.end'), keys: 'shift+g' },
    { id: 'attach', group: inbox, title: t('inbox.commands.attach'), keys: 'mod+shift+a' },
    { id: 'bar', group: help, title: t('shell.keys.palette'), keys: 'mod+k' },
    { id: 'keys', group: help, title: t('shell.commands.keys'), keys: '?' },
    { id: 'go-inbox', group: go, title: t('shell.nav.inbox'), keys: 'g i' },
    { id: 'go-settings', group: go, title: t('shell.nav.settings'), keys: 'g s' },
  ];
}

/** Those, and whatever else is on this screen with keys of its own. */
export function bindable(registered: readonly Command[]): Bindable[] {
  const known = usual();
  const others = registered.filter((one) => one.keys && !known.some((two) => two.id === one.id));
  return [...known, ...others.map(({ id, group, title, keys = '' }) => ({ id, group, title, keys }))];
}

export type Bindings = Readonly<Record<string, string | null>>;

export const keysNow = ({ id, keys }: Bindable, bindings: Bindings): string | null => (bindings[id] === undefined ? keys : bindings[id]);

/** Who has these keys already. */
export const holder = (all: readonly Bindable[], bindings: Bindings, keys: string, except: string): Bindable | undefined =>
  all.find((one) => one.id !== except && keysNow(one, bindings) === keys);

const LOOSE = new Set(['Shift', 'Control', 'Alt', 'Meta', 'Tab', 'CapsLock', 'Dead', 'Process', 'Unidentified']);

/** What was pressed, as shortcuts are written; nothing for a lone Shift or a key that is needed for moving about. */
export function pressed(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string | null {
  if (LOOSE.has(event.key)) return null;
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase();
  const named = /^[a-z]$|^.{2,}$/.test(key);
  const parts = [...((isApple ? event.metaKey : event.ctrlKey) ? ['mod'] : []), ...(event.altKey ? ['alt'] : []), ...(event.shiftKey && named ? ['shift'] : []), key];
  return parts.join('+');
}
