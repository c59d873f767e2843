/** Does this concern me, here and now? The same rules as the box has for pushes. */
import type { Alerts, Message } from '@/api/types';

export interface News {
  kind: 'message' | 'mention' | 'assigned' | 'overdue';
  conversationId: string;
  assigneeId: string | null;
  /** Late, nobody's, and of a team that I am not in. */
  isOthers?: boolean;
}

/** Nobody is called to a heart or a corrected word. */
const SILENT = new Set(['system', 'reaction', 'edit', 'revoke']);
export const isCall = (message: Message): boolean => message.direction === 'in' && !SILENT.has(message.type);

export function concerns(news: News, me: string, wants: Alerts): boolean {
  if (news.kind === 'mention') return wants.hears_mentions;
  if (news.kind === 'assigned') return wants.hears_mine;
  if (news.assigneeId === me) return wants.hears_mine;
  return news.assigneeId === null && news.isOthers !== true && wants.hears_unassigned;
}

/** Quiet hours may pass midnight. */
export function isQuiet({ quiet_from_min: from, quiet_until_min: until }: Pick<Alerts, 'quiet_from_min' | 'quiet_until_min'>, minute: number): boolean {
  if (from === null || until === null || from === until) return false;
  return from < until ? minute >= from && minute < until : minute >= from || minute < until;
}

/** Is somebody looking at this very conversation? */
export const isLookingAt = (conversationId: string): boolean =>
  document.visibilityState === 'visible' && document.hasFocus()
  && location.pathname.startsWith('/inbox') && new URLSearchParams(location.search).get('c') === conversationId;
