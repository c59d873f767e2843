/** Sends what waits when the line is back and no tab is open. The same lock and the same keys as a tab: each goes out once. */
import { allWaiting, alone, announceWaiting, dropWaiting, keepWaiting, stillWaits, type Waiting } from '@/offline/waiting';

interface Signed {
  user: string;
  csrf: string;
}

/** Throws when something still waits: the browser then tries again later. */
export async function sendWaiting(): Promise<void> {
  const signed = await whoIsHere();
  if (signed === null) return;
  const rows = (await allWaiting(signed.user)).filter((row) => row.problem === null);
  if (rows.length === 0) return;
  const results = await Promise.all([...new Set(rows.map((row) => row.conversationId))].map((id) => sendTo(id, rows, signed)));
  announceWaiting();
  if (results.includes(false)) throw new Error('some messages still wait');
}

const sendTo = (id: string, rows: readonly Waiting[], signed: Signed): Promise<boolean> =>
  alone(id, async () => {
    for (const row of rows.filter((one) => one.conversationId === id)) {
      if ((await stillWaits(row.name)) && !(await send(row, signed))) return false;
    }
    return true;
  });

/** False: not now. What the box refuses stays for a person to look at, with the next open tab. */
async function send(row: Waiting, signed: Signed): Promise<boolean> {
  const ready = row.file ? await withFile(row, row.file, signed) : row;
  if (ready === null) return false;
  const path = `/api/v1/conversations/${encodeURIComponent(row.conversationId)}/messages`;
  const answer = await post(path, JSON.stringify({ ...ready.body, client_key: row.name }), signed, {
    'Content-Type': 'application/json', 'Idempotency-Key': row.name,
  });
  if (answer.ok) await dropWaiting(row.name);
  return answer.ok || (answer.status >= 400 && answer.status < 500 && answer.status !== 401 && answer.status !== 429);
}

async function withFile(row: Waiting, file: File, signed: Signed): Promise<Waiting | null> {
  const form = new FormData();
  form.append('file', file, file.name);
  const answer = await post('/api/v1/media', form, signed);
  const media: unknown = answer.ok ? await answer.json() : null;
  if (typeof media !== 'object' || media === null || !('id' in media)) return null;
  const { type } = row.body;
  const ready = { ...row, file: null, body: { ...row.body, [type]: { ...Reflect.get(row.body, type), media_id: media.id } } };
  await keepWaiting(ready);
  return ready;
}

const post = (path: string, body: BodyInit, { csrf }: Signed, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(path, { method: 'POST', body, credentials: 'same-origin', headers: { ...headers, 'X-CSRF-Token': csrf } });

async function whoIsHere(): Promise<Signed | null> {
  const answer = await fetch('/api/v1/session', { credentials: 'same-origin', cache: 'no-store' });
  if (!answer.ok) throw new Error('the box cannot be asked');
  const session: { csrf_token?: string | null; user?: { id: string } | null } = await answer.json();
  return session.user && session.csrf_token ? { user: session.user.id, csrf: session.csrf_token } : null;
}
