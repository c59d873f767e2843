/** What a push says on a locked screen. Takes its texts from their file: the whole catalogue would be most of the worker. */
import { alerts } from '@/texts/en/alerts';

const texts = alerts.push;
const named = (text: string, name: string): string => text.replace('{name}', name);

/** As the box sends it; nothing in it is more than text. */
export interface Push {
  kind: string;
  conversation_id?: string;
  name?: string | null;
  type?: string | null;
  text?: string | null;
  count?: number;
}

export interface Words {
  title: string;
  body: string;
  /** News about the same thing replaces the former. */
  tag: string;
  path: string;
}

const counted = (words: { one: string; other: string }, count = 2): string => (count === 1 ? words.one : words.other).replace('{count}', String(count));

const KINDS = ['image', 'video', 'audio', 'document', 'sticker', 'location', 'contacts', 'order'] as const;

export function wordsOf(push: Push): Words {
  const tag = push.conversation_id ? `conversation-${push.conversation_id}` : push.kind;
  const path = push.conversation_id ? `/inbox?c=${encodeURIComponent(push.conversation_id)}` : '/inbox';
  const name = push.name ?? texts.somebody;
  switch (push.kind) {
    case 'message': return { title: name, body: push.text ?? bodyOf(push.type), tag, path };
    case 'mention': return { title: texts.mention, body: named(texts.inChat, name), tag, path };
    case 'assigned': return { title: texts.assigned, body: named(texts.inChat, name), tag, path };
    case 'overdue': return { title: push.type === 'resolve' ? texts.lateResolve : texts.lateAnswer, body: named(texts.inChat, name), tag, path };
    case 'many_overdue': return { title: counted(texts.manyLate, push.count), body: texts.manyLateHelp, tag, path };
    case 'many': return { title: counted(texts.many, push.count), body: texts.manyHelp, tag, path };
    case 'test': return { title: texts.test, body: texts.testHelp, tag, path: '/settings/alerts' };
    default: return { title: texts.news, body: '', tag, path };
  }
}

function bodyOf(type: string | null | undefined): string {
  const kind = KINDS.find((one) => one === type);
  return kind ? texts.kinds[kind] : texts.message;
}
