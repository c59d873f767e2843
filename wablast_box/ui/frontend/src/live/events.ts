/** What the box tells open windows. Knows no feature: features say what they want to hear. */
import type { Activity, Conversation, Draft, Message, MissedEvent, Note, ScheduledMessage } from '@/api/types';

export interface LiveEvents {
  'message.received': { event_id: string; conversation_id: string; message: Message };
  'message.updated': { event_id: string; conversation_id: string; message: Message };
  'note.added': { event_id: string; conversation_id: string; note: Note };
  'note.updated': { event_id: string; conversation_id: string; note: Note };
  'activity.added': { event_id: string; conversation_id: string; activity: Activity };
  'conversation.updated': { event_id: string; conversation: Conversation };
  'conversation.taken': { event_id: string; conversation_id: string; assignee_id: string };
  'contact.updated': { event_id: string; contact_id: string; conversation_id: string | null };
  'contact.merged': { event_id: string; contact_id: string; gone_id: string; conversation_id: string | null; gone_conversation_id: string | null };
  'contact_fields.changed': { event_id: string };
  'tags.changed': { event_id: string; is_new: boolean };
  'views.changed': { event_id: string };
  'templates.changed': { event_id: string };
  'service_targets.changed': { event_id: string };
  'teams.changed': { event_id: string };
  'attendance.changed': { event_id: string; user_id: string };
  'flow.changed': { event_id: string; id: string; what: string };
  'alarm.changed': { event_id: string };
  /** These are told once and never again: they have no place in the log. */
  'presence': { conversation_id: string; user: { id: string; name: string }; doing: 'viewing' | 'typing' | 'noting' | null; lasts_s: number };
  'flow.presence': { flow_id: string; window: string; user: { id: string; name: string }; is_open: boolean; lasts_s: number };
  'draft.updated': { draft: Draft; window: string };
  'scheduled.changed': { conversation_id: string; scheduled: ScheduledMessage };
}
export type LiveEventName = keyof LiveEvents;
export const LIVE_EVENTS: readonly LiveEventName[] = ['message.received', 'message.updated', 'note.added', 'note.updated', 'activity.added', 'conversation.updated', 'conversation.taken', 'contact.updated', 'contact.merged', 'contact_fields.changed', 'tags.changed', 'views.changed', 'templates.changed', 'service_targets.changed', 'teams.changed', 'attendance.changed', 'flow.changed', 'alarm.changed', 'presence', 'flow.presence', 'draft.updated', 'scheduled.changed'];

type Listener<K extends LiveEventName> = (event: LiveEvents[K]) => void;
const listeners: { [K in LiveEventName]: Set<Listener<K>> } = {
  'message.received': new Set(),
  'message.updated': new Set(),
  'note.added': new Set(),
  'note.updated': new Set(),
  'activity.added': new Set(),
  'conversation.updated': new Set(),
  'conversation.taken': new Set(),
  'contact.updated': new Set(),
  'contact.merged': new Set(),
  'contact_fields.changed': new Set(),
  'tags.changed': new Set(),
  'views.changed': new Set(),
  'templates.changed': new Set(),
  'service_targets.changed': new Set(),
  'teams.changed': new Set(),
  'attendance.changed': new Set(),
  'flow.changed': new Set(),
  'alarm.changed': new Set(),
  'presence': new Set(),
  'flow.presence': new Set(),
  'draft.updated': new Set(),
  'scheduled.changed': new Set(),
};

export function onLive<K extends LiveEventName>(name: K, listener: Listener<K>): () => void {
  listeners[name].add(listener);
  return () => {
    listeners[name].delete(listener);
  };
}

export function tell<K extends LiveEventName>(name: K, event: LiveEvents[K]): void {
  for (const listener of listeners[name]) listener(event);
}

/** What happened while this window was away; "everything" when the box no longer knows exactly. */
export type Missed = MissedEvent[] | 'everything';
const returners = new Set<(missed: Missed) => void>();

export function onReturn(listener: (missed: Missed) => void): () => void {
  returners.add(listener);
  return () => {
    returners.delete(listener);
  };
}

export function tellReturn(missed: Missed): void {
  for (const listener of returners) listener(missed);
}
