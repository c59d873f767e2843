/** From the items of a thread to its rows: days, the "New" line, albums, runs, and reactions that are still on their way. */
import type { Activity, Message, Note, TimelineItem } from '@/api/types';
import { dayKey, dayLabel } from '@/lib/dates';
import { body, text } from './content';
import { isAlbumed } from './thread/albums';

export interface Shown {
  message: Message;
  /** Follows one of the same side within minutes: drawn closer, without the corner. */
  run: boolean;
}

export interface MessageRow extends Shown {
  kind: 'message';
  key: string;
}

export type Row =
  | MessageRow
  | { kind: 'album'; key: string; messages: Message[]; run: boolean }
  | { kind: 'note'; key: string; note: Note }
  | { kind: 'activity'; key: string; activity: Activity }
  | { kind: 'day'; key: string; label: string; at: string }
  | { kind: 'new'; key: string }
  | { kind: 'notice'; key: string; message: Message };

export interface ThreadView {
  /** The first message nobody had read when the conversation was opened. */
  newFrom: string | null;
  now: number;
}

const RUN_MS = 5 * 60_000;
const NOTICES = new Set(['system', 'request_welcome', 'reaction', 'edit', 'revoke']);

/** Items come oldest first, with what this window has not sent yet at the end. */
export function rowsOf(items: readonly TimelineItem[], { newFrom, now }: ThreadView): Row[] {
  const mine = reactionsOnTheirWay(items);
  const rows: Row[] = [];
  let day = '';
  for (const item of items) {
    const { id, created_at: at } = item.kind === 'message' ? item.message : item.kind === 'note' ? item.note : item.activity;
    if (item.kind === 'message' && mine.folded.has(id)) continue;
    const key = dayKey(at);
    if (key !== day) rows.push({ kind: 'day', key: `day-${key}`, label: dayLabel(at, now), at });
    if (id === newFrom) rows.push({ kind: 'new', key: 'new' });
    day = key;
    push(rows, item, mine.reactions);
  }
  return rows;
}

function push(rows: Row[], item: TimelineItem, mine: Map<string, Message>): void {
  if (item.kind === 'note') rows.push({ kind: 'note', key: item.note.id, note: item.note });
  else if (item.kind === 'activity') rows.push({ kind: 'activity', key: item.activity.id, activity: item.activity });
  else if (NOTICES.has(item.message.type)) rows.push({ kind: 'notice', key: item.message.id, message: item.message });
  else pushMessage(rows, withOwn(item.message, mine.get(item.message.wamid ?? item.message.id)));
}

function pushMessage(rows: Row[], message: Message): void {
  const last = rows.at(-1);
  const before = last?.kind === 'message' ? last.message : last?.kind === 'album' ? last.messages.at(-1) : undefined;
  if (last && before && isAlbumed(before, message)) {
    const messages = last.kind === 'album' ? [...last.messages, message] : [before, message];
    rows[rows.length - 1] = { kind: 'album', key: last.key, messages, run: last.kind === 'album' || last.kind === 'message' ? last.run : false };
    return;
  }
  const run = before !== undefined && before.direction === message.direction && Date.parse(message.created_at) - Date.parse(before.created_at) < RUN_MS;
  rows.push({ kind: 'message', key: message.client_key ?? message.id, message, run });
}

interface OnTheirWay {
  reactions: Map<string, Message>;
  folded: Set<string>;
}

/** Reactions of this window that the box has not taken yet show on what they are about. */
function reactionsOnTheirWay(items: readonly TimelineItem[]): OnTheirWay {
  const found: OnTheirWay = { reactions: new Map(), folded: new Set() };
  for (const item of items) {
    if (item.kind !== 'message' || item.message.type !== 'reaction' || item.message.about?.message_id !== null) continue;
    if (!item.message.id.startsWith('local-')) continue;
    found.folded.add(item.message.id);
    if (item.message.state !== 'failed') found.reactions.set(item.message.about.wamid ?? '', item.message);
  }
  return found;
}

function withOwn(message: Message, own: Message | undefined): Message {
  if (!own) return message;
  const emoji = text(body(own.content)['emoji']);
  const others = message.reactions.filter((one) => one.by !== 'us');
  return { ...message, reactions: emoji ? [...others, { emoji, by: 'us', name: null, at: own.created_at }] : others };
}

/** Does this row show that message, note or activity? */
export function holds(row: Row, id: string): boolean {
  if (row.kind === 'message' || row.kind === 'notice') return row.message.id === id;
  if (row.kind === 'album') return row.messages.some((one) => one.id === id);
  if (row.kind === 'note') return row.note.id === id;
  return row.kind === 'activity' && row.activity.id === id;
}

/** How many of the customer's messages a row shows: for "4 new". */
export const heardIn = (row: Row): number =>
  row.kind === 'message' ? Number(row.message.direction === 'in') : row.kind === 'album' ? row.messages.filter((one) => one.direction === 'in').length : 0;

/** Where the "New" line goes: before the last `unread` messages of the customer. */
export function firstUnread(items: readonly TimelineItem[], unread: number): string | null {
  let left = unread;
  for (let at = items.length - 1; at >= 0 && left > 0; at -= 1) {
    const item = items[at];
    if (item?.kind !== 'message' || item.message.direction !== 'in' || item.message.sender !== null) continue;
    left -= 1;
    if (left === 0) return item.message.id;
  }
  return null;
}
