/** Do something with conversations: at once on the screen, then at the box; a toast and Z take it back. */
import { answer, api } from '@/api/client';
import type { BulkAnswer, BulkRequest, BulkResult, Conversation, Tag } from '@/api/types';
import { plural, t } from '@/lib/i18n';
import { toast, toastError } from '@/lib/toasts';
import { queryClient } from '@/query-client';
import { nameOf } from '../names';
import { patchAnswer, patchConversation } from '../useInboxLive';
import { release } from './selection';
import { countsQuery } from '@/shell/queries';

export type Deed =
  | { action: 'resolve' | 'reopen' | 'pending' | 'unsnooze' | 'read' | 'unread' }
  | { action: 'snooze'; until: string | null; reminder?: string }
  | { action: 'assign'; user: { id: string; name: string } | null }
  | { action: 'team'; team: { id: string; name: string } | null }
  | { action: 'tag'; add: Tag[]; remove: Tag[] };

/** What was done in this window. The box may not have answered to it yet. */
const done: Promise<BulkAnswer | null>[] = [];
const REMEMBERED = 50;
/** Further ones come over the line. */
const MOST_RELOADED = 30;

export async function act(targets: Conversation[], deed: Deed): Promise<void> {
  if (targets.length === 0) return;
  const doing = carryOut(targets, deed);
  done.push(doing);
  done.splice(0, Math.max(0, done.length - REMEMBERED));
  const answered = await doing;
  if (!answered?.undo_id) forget(doing);
  if (answered) say(targets, deed, answered, () => { forget(doing); void undo(answered); });
  void queryClient.invalidateQueries(countsQuery);
}

async function carryOut(targets: Conversation[], deed: Deed): Promise<BulkAnswer | null> {
  for (const one of targets) patchConversation(queryClient, after(one, deed));
  try {
    const answered = await answer(api.POST('/api/v1/conversations/bulk', { body: bodyOf(targets, deed) }));
    restore(targets, answered.results);
    return answered;
  } catch (error) {
    putBack(targets);
    toastError(error);
    return null;
  }
}

function forget(doing: Promise<BulkAnswer | null>): void {
  const at = done.indexOf(doing);
  if (at >= 0) done.splice(at, 1);
}

/** Takes back the last thing done in this window, also when the box has not answered to it yet. */
export async function undoLast(): Promise<void> {
  for (let doing = done.pop(); doing !== undefined; doing = done.pop()) {
    const answered = await doing;
    if (answered?.undo_id) { await undo(answered); return; }
  }
  toast({ tone: 'info', title: t('list.done.nothing') });
}

async function undo({ undo_id: id }: BulkAnswer): Promise<void> {
  if (!id) return;
  try {
    const { results } = await answer(api.POST('/api/v1/conversations/bulk/undo', { body: { undo_id: id } }));
    await Promise.all(results.slice(0, MOST_RELOADED).map(({ id: one }) => reload(one)));
    release();
    const kept = results.filter((one) => !one.ok).length;
    toast({ key: 'done', tone: 'good', title: t('list.done.undone'), help: kept > 0 ? plural('list.done.changedSince', kept) : null });
  } catch (error) {
    toastError(error);
  }
  void queryClient.invalidateQueries(countsQuery);
}

async function reload(id: string): Promise<void> {
  await patchAnswer(queryClient, answer(api.GET('/api/v1/conversations/{id}', { params: { path: { id } } }))).catch(() => null);
}

function bodyOf(targets: Conversation[], deed: Deed): BulkRequest {
  const body: BulkRequest = { ids: targets.map((one) => one.id), action: deed.action };
  if (deed.action === 'snooze') return { ...body, until: deed.until, reminder: deed.reminder ?? null };
  if (deed.action === 'assign') return { ...body, user_id: deed.user?.id ?? null };
  if (deed.action === 'team') return { ...body, team_id: deed.team?.id ?? null };
  if (deed.action === 'tag') return { ...body, add: deed.add.map((one) => one.id), remove: deed.remove.map((one) => one.id) };
  return body;
}

const AWAKE = { snoozed_until: null, reminder: null };

/** What the box will say of it in a moment. */
export function after(one: Conversation, deed: Deed): Conversation {
  switch (deed.action) {
    case 'resolve': return { ...one, ...AWAKE, state: 'resolved', waiting_since_at: null };
    case 'reopen': return { ...one, ...AWAKE, state: 'open' };
    case 'pending': return { ...one, ...AWAKE, state: 'pending' };
    case 'unsnooze': return one.state === 'snoozed' ? { ...one, ...AWAKE, state: 'open' } : one;
    case 'snooze': return { ...one, state: 'snoozed', snoozed_until: deed.until, reminder: deed.reminder ?? null };
    case 'assign': return { ...one, assignee: deed.user };
    case 'team': return { ...one, team: deed.team };
    case 'read': return { ...one, unread_count: 0 };
    case 'unread': return { ...one, unread_count: Math.max(1, one.unread_count) };
    case 'tag': return { ...one, tags: retagged(one.tags, deed.add, deed.remove) };
  }
}

const retagged = (tags: Tag[], add: Tag[], remove: Tag[]): Tag[] =>
  [...tags, ...add.filter((tag) => !tags.some((one) => one.id === tag.id))]
    .filter((tag) => !remove.some((one) => one.id === tag.id))
    .sort((a, b) => a.name.localeCompare(b.name));

function restore(targets: Conversation[], results: BulkResult[]): void {
  const refused = new Set(results.filter((one) => !one.ok).map((one) => one.id));
  putBack(targets.filter((one) => refused.has(one.id)));
}

/** As it was before, at once; and as it is now, because the line may have told something of it meanwhile. */
function putBack(targets: Conversation[]): void {
  for (const one of targets) patchConversation(queryClient, one);
  for (const { id } of targets.slice(0, MOST_RELOADED)) void reload(id);
}

function say(targets: Conversation[], deed: Deed, { results, undo_id: undoId }: BulkAnswer, takeBack: () => void): void {
  const [first] = targets;
  const refused = results.filter((one) => !one.ok);
  if (refused.length === targets.length) {
    toast({ tone: 'bad', title: refused[0]?.error?.message ?? t('list.done.nothing') });
    return;
  }
  const changed = targets.length - refused.length;
  const title = changed === 1 && first ? t(`list.done.one.${deed.action}`, { name: nameOf(first.contact) }) : plural(`list.done.many.${deed.action}`, changed);
  toast({
    key: 'done', tone: refused.length > 0 ? 'info' : 'good', title, help: refused.length > 0 ? plural('list.done.refused', refused.length) : null,
    ...(undoId === null ? {} : { action: { label: t('list.done.undo'), run: takeBack } }),
  });
}
