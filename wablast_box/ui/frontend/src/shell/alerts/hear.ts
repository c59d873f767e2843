/** From what the line says to news for one person: which message, in whose chat. Knows no screen. */
import type { Activity, Conversation, Message, Note } from '@/api/types';
import { onLive } from '@/live/events';
import { isCall, type News } from './concern';

export interface Heard extends News {
  name: string | null;
  message: Message | null;
  /** Of what is late: which promise. */
  promise?: string;
  /** How many messages since somebody last looked. */
  count: number;
}

const named = ({ contact }: Conversation): string | null => contact.name || null;

/** What is looked up before somebody is called. */
export interface Known {
  find: (id: string) => Promise<Conversation>;
  isMine: (teamId: string) => Promise<boolean>;
  canAnswer: (userId: string) => Promise<boolean>;
}

/** The message event says what was written, the conversation event that follows says for whom. */
export function listen(me: string, tell: (heard: Heard) => void, known: Known): () => void {
  const fresh = new Map<string, Message>();
  const about = (kind: News['kind'], id: string) => {
    void known.find(id).then((found) => { tell({ kind, conversationId: id, assigneeId: found.assignee?.id ?? null, name: named(found), message: null, count: 1 }); }, () => undefined);
  };
  const stops = [
    onLive('message.received', ({ message }) => { if (isCall(message)) fresh.set(message.conversation_id, message); }),
    onLive('conversation.updated', ({ conversation }) => {
      const message = fresh.get(conversation.id);
      fresh.delete(conversation.id);
      if (message === undefined || conversation.unread_count === 0) return;
      tell({ kind: 'message', conversationId: conversation.id, assigneeId: conversation.assignee?.id ?? null, name: named(conversation), message, count: conversation.unread_count });
    }),
    onLive('note.added', ({ note }) => { if (calls(note, me)) about('mention', note.conversation_id); }),
    onLive('activity.added', ({ activity }) => {
      if (givesTo(activity, me)) about('assigned', activity.conversation_id);
      if (activity.kind === 'overdue') void late(activity, me, known).then(tell, () => undefined);
    }),
  ];
  return () => { for (const stop of stops) stop(); };
}

/** A promise that was missed: for whoever has the chat and can answer it, else for its team, else for everybody. */
async function late({ conversation_id: id, detail }: Activity, me: string, { find, isMine, canAnswer }: Known): Promise<Heard> {
  const chat = await find(id);
  const holder = chat.assignee?.id ?? null;
  const assigneeId = holder === null || holder === me || await canAnswer(holder) ? holder : null;
  const isOthers = assigneeId === null && chat.team !== null && !(await isMine(chat.team.id));
  return { kind: 'overdue', conversationId: id, assigneeId, isOthers, name: named(chat), message: null, promise: String(Reflect.get(detail, 'promise')), count: 1 };
}

const calls = (note: Note, me: string): boolean => note.mentions.some((one) => one.id === me);

/** Somebody else handed it over; who took it themselves knows. */
export function givesTo({ kind, detail, actor }: Pick<Activity, 'kind' | 'detail' | 'actor'>, me: string): boolean {
  const user: unknown = Reflect.get(detail ?? {}, 'user');
  const id: unknown = typeof user === 'object' && user !== null ? Reflect.get(user, 'id') : undefined;
  return kind === 'assigned' && id === me && Reflect.get(actor ?? {}, 'id') !== me;
}
