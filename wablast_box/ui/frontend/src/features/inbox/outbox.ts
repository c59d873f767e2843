/** Messages on their way from this window to the box. Each has a client key, so that sending it twice changes nothing. */
import { create } from 'zustand';
import { answer, api } from '@/api/client';
import { ApiError, problemOf } from '@/api/errors';
import type { Message, OutgoingMessage, Problem } from '@/api/types';
import { recall } from '@/lib/storage';
import { allWaiting, alone, announceWaiting, dropWaiting, keepWaiting, onWaitingElsewhere, stillWaits } from '@/offline/waiting';
import { useLine } from '@/live/socket';
import { upload } from './upload';

export interface Pending {
  key: string;
  conversationId: string;
  createdAt: string;
  body: OutgoingMessage;
  file: File | null;
  preview: string | null;
  state: 'sending' | 'waiting' | 'refused';
  progress: number | null;
  problem: Problem | null;
}

export const useOutbox = create<{ pending: Pending[] }>(() => ({ pending: [] }));

type Settle = (message: Message) => void;
let settle: Settle = () => undefined;
/** The inbox says where a message goes that the box has taken. */
export const onSettled = (listener: Settle): void => { settle = listener; };

const running = new Set<string>();
const RETRY_S = 8;
/** Signed out, or asked to slow down: the message is fine, the moment is not. */
const WAITS = new Set([401, 429]);

export function enqueue(pending: Omit<Pending, 'state' | 'progress' | 'problem' | 'createdAt'>): void {
  const fresh: Pending = { ...pending, createdAt: new Date().toISOString(), state: 'sending', progress: null, problem: null };
  change((all) => [...all, fresh]);
  void store(fresh);
  void run(pending.conversationId);
}

export function discard(key: string): Pending | undefined {
  const found = useOutbox.getState().pending.find((one) => one.key === key);
  forget(key);
  void dropWaiting(key).then(() => { if (found && found.state !== 'sending') announceWaiting(); });
  return found;
}

function forget(key: string): void {
  const found = useOutbox.getState().pending.find((one) => one.key === key);
  if (found?.preview) URL.revokeObjectURL(found.preview);
  onDisk.delete(key);
  change((all) => all.filter((one) => one.key !== key));
}

export function tryAgain(key: string): void {
  update(key, { state: 'sending', problem: null });
  void stored(key);
  const found = useOutbox.getState().pending.find((one) => one.key === key);
  if (found) void run(found.conversationId);
}

/** The line is back: everything that waited goes, in order. */
export function resume(): void {
  for (const id of new Set(useOutbox.getState().pending.map((one) => one.conversationId))) void run(id);
}

/** In order within a conversation, side by side across them. One that was refused does not hold up the others. */
async function run(conversationId: string): Promise<void> {
  if (running.has(conversationId)) return;
  running.add(conversationId);
  try {
    await alone(conversationId, async () => {
      for (let next = nextOf(conversationId); next; next = nextOf(conversationId)) {
        if (await deliver(next)) continue;
        // Those behind it wait as well, and say so.
        change((all) => all.map((one) => (one.conversationId === conversationId && one.state === 'sending' ? { ...one, state: 'waiting' } : one)));
        announceWaiting();
        return;
      }
    });
  } finally {
    running.delete(conversationId);
  }
}

const nextOf = (conversationId: string): Pending | undefined =>
  useOutbox.getState().pending.find((one) => one.conversationId === conversationId && one.state !== 'refused');

async function deliver(pending: Pending): Promise<boolean> {
  if (onDisk.has(pending.key) && !(await stillWaits(pending.key))) {
    // Another tab, or the service worker, has sent it: its bubble comes by the line.
    forget(pending.key);
    return true;
  }
  update(pending.key, { state: 'sending' });
  try {
    const message = await post(pending.file ? await withFile(pending, pending.file) : pending);
    settle(message);
    forget(pending.key);
    // Before the lock goes to the next: whoever has it then must find this one gone.
    await dropWaiting(pending.key);
    announceWaiting();
    return true;
  } catch (error) {
    if (error instanceof ApiError && (error.isOffline || error.status >= 502 || WAITS.has(error.status))) {
      update(pending.key, { state: 'waiting', progress: null });
      // The line may be up although this call failed: then nothing else would wake the outbox.
      window.setTimeout(() => { void run(pending.conversationId); }, (error.retryAfterS ?? RETRY_S) * 1000);
      return false;
    }
    update(pending.key, { state: 'refused', progress: null, problem: problemOf(error) });
    await stored(pending.key);
    announceWaiting();
    return true;
  }
}

/** The file first; its id then stands in the message, so that a second attempt does not upload again. */
async function withFile(pending: Pending, file: File): Promise<Pending> {
  const media = await upload(file, (progress) => { update(pending.key, { progress }); });
  const { type } = pending.body;
  const inner = { ...filePart(pending.body), media_id: media.id };
  const ready = { ...pending, file: null, body: { ...pending.body, [type]: inner } };
  update(pending.key, { file: null, body: ready.body, progress: null });
  await stored(pending.key);
  return ready;
}

const filePart = (body: OutgoingMessage) => body.image ?? body.video ?? body.audio ?? body.document ?? body.sticker ?? {};

const post = ({ key, conversationId, body }: Pending): Promise<Message> =>
  answer(api.POST('/api/v1/conversations/{id}/messages', {
    params: { path: { id: conversationId } },
    headers: { 'Idempotency-Key': key },
    body: { ...body, client_key: key },
  }));

const update = (key: string, part: Partial<Pending>): void => {
  change((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
};

function change(next: (pending: Pending[]) => Pending[]): void {
  useOutbox.setState({ pending: next(useOutbox.getState().pending) });
}

/** Those of this window that are on disk: what is on disk no longer has been sent by somebody else. */
const onDisk = new Set<string>();

async function store({ key, conversationId, createdAt, body, file, problem }: Pending): Promise<void> {
  const user = recall('user');
  const still = () => useOutbox.getState().pending.some((one) => one.key === key);
  if (user !== null && (await keepWaiting({ name: key, user, conversationId, createdAt, body, file, problem })) && still()) onDisk.add(key);
}

async function stored(key: string): Promise<void> {
  const found = useOutbox.getState().pending.find((one) => one.key === key);
  if (found) await store(found);
}

/** Takes in what waits on disk: from before this window was opened, or written in another. What is gone there is gone here. */
export async function restore(): Promise<void> {
  const rows = await allWaiting(recall('user') ?? '');
  const names = new Set(rows.map((row) => row.name));
  const here = useOutbox.getState().pending;
  for (const { key } of here) if (onDisk.has(key) && !names.has(key)) forget(key);
  const known = new Set(here.map((one) => one.key));
  const found = rows.filter((row) => !known.has(row.name)).map(({ name, conversationId, createdAt, body, file, problem }): Pending => {
    onDisk.add(name);
    const preview = file?.type.startsWith('image/') ? URL.createObjectURL(file) : null;
    return { key: name, conversationId, createdAt, body, file, preview, state: problem ? 'refused' : 'waiting', progress: null, problem };
  });
  if (found.length > 0) change((all) => [...all, ...found]);
}

/** Called once, when the inbox first opens. */
export function beginOutbox(): void {
  if (begun) return;
  begun = true;
  onWaitingElsewhere(() => { void restore(); });
  void restore().then(() => { if (useLine.getState().state === 'live') resume(); });
}
let begun = false;

/** The typed body as the box will give it back. */
function contentOf(body: OutgoingMessage): Message['content'] {
  if (body.contacts) return { contacts: body.contacts };
  return { ...(body.text ?? body.reaction ?? body.location ?? body.interactive ?? body.template ?? filePart(body)) };
}

/** As the thread shows it until the box has taken it. */
export const asMessage = ({ key, conversationId, createdAt, body, state }: Pending): Message => ({
  id: `local-${key}`, conversation_id: conversationId, wamid: null, direction: 'out', type: body.type,
  text: body.text?.body ?? filePart(body).caption ?? null, content: contentOf(body),
  about: body.reaction ? { wamid: body.reaction.message_id, message_id: null } : null, reactions: [], edited: null, revoked: null,
  attachment: null, reply_to: body.reply_to ? { wamid: '', message_id: body.reply_to } : null,
  state: state === 'refused' ? 'failed' : 'queued', error: null, idempotency_key: key, client_key: key, sender: null, forwarded: false,
  created_at: createdAt, sent_at: null, delivered_at: null, read_at: null,
});

/** What the box knows, then what is still on its way. The same client key is the same message. */
export function withPending(messages: readonly Message[], pending: readonly Pending[]): Message[] {
  const known = new Set(messages.map((message) => message.client_key));
  return [...messages, ...pending.filter((one) => !known.has(one.key)).map(asMessage)];
}
