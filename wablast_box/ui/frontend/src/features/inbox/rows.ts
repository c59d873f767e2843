/** From messages to the rows of a thread: days, the "New" line, and reactions, edits and deletions on what they concern. */
import type { Message } from '@/api/types';
import { dayKey, dayLabel } from '@/lib/dates';
import { body, text } from './content';

export interface Reaction {
  emoji: string;
  direction: 'in' | 'out';
}

export interface MessageRow {
  kind: 'message';
  key: string;
  message: Message;
  /** Follows one of the same side within minutes: drawn closer, without the corner. */
  run: boolean;
  reactions: Reaction[];
  /** The words after the customer's last edit. */
  edited: string | null;
  revoked: boolean;
}

export type Row =
  | MessageRow
  | { kind: 'day'; key: string; label: string }
  | { kind: 'new'; key: string }
  | { kind: 'notice'; key: string; message: Message };

export interface ThreadView {
  /** The first message nobody had read when the conversation was opened. */
  newFrom: string | null;
  now: number;
}

const RUN_MS = 5 * 60_000;
const NOTICES = new Set(['system', 'request_welcome', 'reaction', 'edit', 'revoke']);

/** Messages come oldest first. */
export function rowsOf(messages: readonly Message[], { newFrom, now }: ThreadView): Row[] {
  const additions = additionsOf(messages);
  const rows: Row[] = [];
  let day = '';
  let before: Message | null = null;
  for (const message of messages) {
    if (additions.folded.has(message.id)) continue;
    const key = dayKey(message.created_at);
    if (key !== day) rows.push({ kind: 'day', key: `day-${key}`, label: dayLabel(message.created_at, now) });
    if (message.id === newFrom) rows.push({ kind: 'new', key: 'new' });
    const breaks = key !== day || message.id === newFrom;
    day = key;
    if (NOTICES.has(message.type)) {
      rows.push({ kind: 'notice', key: message.id, message });
      before = null;
      continue;
    }
    rows.push(messageRow(message, additions, !breaks && before !== null && isRun(before, message)));
    before = message;
  }
  return rows;
}

const isRun = (before: Message, message: Message): boolean =>
  before.direction === message.direction && Date.parse(message.created_at) - Date.parse(before.created_at) < RUN_MS;

function messageRow(message: Message, additions: Additions, run: boolean): MessageRow {
  const wamid = message.wamid ?? message.id;
  const reactions = [...(additions.reactions.get(wamid) ?? additions.reactions.get(message.id) ?? new Map<Message['direction'], string>())];
  return {
    kind: 'message',
    key: message.client_key ?? message.id,
    message,
    run,
    reactions: reactions.map(([direction, emoji]) => ({ direction, emoji })),
    edited: additions.edits.get(wamid) ?? null,
    revoked: additions.revoked.has(wamid),
  };
}

interface Additions {
  reactions: Map<string, Map<Message['direction'], string>>;
  edits: Map<string, string>;
  revoked: Set<string>;
  /** Shown on another message, so not as a row of their own. */
  folded: Set<string>;
}

function additionsOf(messages: readonly Message[]): Additions {
  const here = new Set(messages.flatMap((message) => [message.wamid ?? message.id, message.id]));
  const found: Additions = { reactions: new Map(), edits: new Map(), revoked: new Set(), folded: new Set() };
  for (const message of messages) {
    const target = targetOf(message);
    if (target === null || !here.has(target)) continue;
    found.folded.add(message.id);
    if (message.type === 'reaction') react(found.reactions, target, message);
    if (message.type === 'edit') found.edits.set(target, message.text ?? '');
    if (message.type === 'revoke') found.revoked.add(target);
  }
  return found;
}

/** A later reaction of the same side replaces the former; an empty one takes it away. */
function react(reactions: Additions['reactions'], target: string, message: Message): void {
  const here = reactions.get(target) ?? new Map<Message['direction'], string>();
  const emoji = text(body(message.content)['emoji']);
  if (emoji && message.state !== 'failed') here.set(message.direction, emoji);
  else here.delete(message.direction);
  reactions.set(target, here);
}

function targetOf(message: Message): string | null {
  const content = body(message.content);
  if (message.type === 'reaction') return text(content['message_id']) || null;
  return message.type === 'edit' || message.type === 'revoke' ? text(content['original_message_id']) || null : null;
}

/** Where the "New" line goes: before the last `unread` messages of the customer. */
export function firstUnread(messages: readonly Message[], unread: number): string | null {
  let left = unread;
  for (let at = messages.length - 1; at >= 0 && left > 0; at -= 1) {
    const message = messages[at];
    if (message?.direction !== 'in' || message.type === 'reaction') continue;
    left -= 1;
    if (left === 0) return message.id;
  }
  return null;
}
