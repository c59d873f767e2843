/** Unsent words: kept in this browser at once, in the box a moment later, and so on every device of whoever writes them.
 *  The newest writer wins. What could not be told to the box is told when the line is back. */
import { create } from 'zustand';
import { answer, api } from '@/api/client';
import type { Draft } from '@/api/types';
import { recall, remember, remembered } from '@/lib/storage';
import { onLive } from '@/live/events';
import { isLater } from '@/live/replay';
import { useLine } from '@/live/socket';

export type DraftMode = Draft['mode'];

interface Kept {
  text: string;
  /** What the box called its newest when this browser last heard; null: never. */
  version: string | null;
  /** Not told to the box yet. */
  fresh: boolean;
}

const NONE: Kept = { text: '', version: null, fresh: false };
/** On a shared computer nobody finds the words of whoever sat there before. */
const beginning = (): string => `draft.words.${recall('user') ?? ''}.`;
const WAIT_MS = 700;
/** Tells this window's own words from those of others when they come back over the line. */
const WINDOW = crypto.randomUUID();

const useDrafts = create<{ drafts: Record<string, Kept> }>(() => ({ drafts: {} }));
const timers = new Map<string, number>();

const nameOf = (conversationId: string, mode: DraftMode): string => `${mode}.${conversationId}`;
const known = (name: string): Kept => useDrafts.getState().drafts[name] ?? onDisk(name);

export const draftOf = (conversationId: string, mode: DraftMode = 'reply'): string => known(nameOf(conversationId, mode)).text;

export const useDraft = (conversationId: string, mode: DraftMode = 'reply'): string =>
  useDrafts((state) => state.drafts[nameOf(conversationId, mode)]?.text) ?? draftOf(conversationId, mode);

export function keepDraft(conversationId: string, words: string, mode: DraftMode = 'reply'): void {
  const name = nameOf(conversationId, mode);
  keep(name, { ...known(name), text: words, fresh: true });
  window.clearTimeout(timers.get(name));
  timers.set(name, window.setTimeout(() => { void push(name); }, words === '' ? 0 : WAIT_MS));
}

let begun = false;

/** Called once, when the inbox first opens: what other devices wrote comes in, what they do not know goes out. */
export function beginDrafts(): void {
  if (begun) return;
  begun = true;
  onLive('draft.updated', ({ draft, window: from }) => { if (from !== WINDOW) take(draft); });
  useLine.subscribe(({ state }, before) => {
    // Signed out: somebody else may be next.
    if (state === 'connecting') useDrafts.setState({ drafts: {} });
    if (state === 'live' && before.state !== 'live') catchUp();
  });
  if (useLine.getState().state === 'live') catchUp();
  window.addEventListener('pagehide', pushAll);
}

const catchUp = (): void => { void takeAll().catch(() => undefined); };

async function takeAll(): Promise<void> {
  const before = new Map(allNames().map((name) => [name, known(name).version]));
  const { items } = await answer(api.GET('/api/v1/drafts'));
  for (const draft of items) take(draft);
  const there = new Set(items.map((draft) => nameOf(draft.conversation_id, draft.mode)));
  for (const [name, version] of before) {
    const now = known(name);
    // Sent or emptied on another device while this one was away; what came since the question is not in the answer.
    if (!now.fresh && version !== null && version === now.version && !there.has(name)) keep(name, NONE);
  }
  pushAll();
}

/** What came by the line while the box was being told of words here. */
const meanwhile = new Map<string, Draft>();

/** Words that this window has and the box has not are newer than anything the box can say. */
function take(draft: Draft): void {
  const { conversation_id, mode, text, version } = draft;
  const name = nameOf(conversation_id, mode);
  const here = known(name);
  if (here.version !== null && isLater(here.version, version)) return;
  if (!here.fresh) keep(name, { text, version, fresh: false });
  else if (pushing.has(name)) meanwhile.set(name, draft);
  else note(name, draft);
}

/** What is written here goes on from there; only what this person has seen may be emptied. */
function note(name: string, { version }: Draft): void {
  const here = known(name);
  if (here.text !== '') keep(name, { ...here, version });
}

const pushAll = (): void => { for (const name of allNames()) if (known(name).fresh) void push(name); };

/** One request for each draft at a time: of two side by side, the older could be the last to reach the box and undo the newer. */
const pushing = new Set<string>();
const askedAgain = new Set<string>();

async function push(name: string): Promise<void> {
  window.clearTimeout(timers.get(name));
  timers.delete(name);
  if (pushing.has(name)) {
    askedAgain.add(name);
    return;
  }
  pushing.add(name);
  const { text, version } = known(name);
  const [mode, id = ''] = name.split('.');
  try {
    settle(name, text, await answer(api.PUT('/api/v1/conversations/{id}/draft', { params: { path: { id } }, body: { mode: mode === 'note' ? 'note' : 'reply', text, based_on: version, window: WINDOW } })));
  } catch {
    // Still fresh: it goes when the line is back. The words themselves are safe here.
    const heard = meanwhile.get(name);
    if (heard) note(name, heard);
  }
  pushing.delete(name);
  meanwhile.delete(name);
  if (askedAgain.delete(name)) void push(name);
}

/** Another device may have changed it since the box wrote its answer: then that is the newest. */
function settle(name: string, told: string, answered: Draft): void {
  const heard = meanwhile.get(name);
  const isOlder = heard !== undefined && isLater(heard.version, answered.version);
  const now = known(name);
  const { text, version } = isOlder ? heard : answered;
  if (now.text === told) keep(name, { text, version, fresh: false });
  else keep(name, { ...now, version: now.text === '' ? answered.version : version });
}

function allNames(): string[] {
  return [...new Set([...remembered(beginning()).map((name) => name.slice(beginning().length)), ...Object.keys(useDrafts.getState().drafts)])];
}

function keep(name: string, kept: Kept): void {
  remember(beginning() + name, kept.text === '' && !kept.fresh ? null : JSON.stringify(kept));
  useDrafts.setState(({ drafts }) => ({ drafts: { ...drafts, [name]: kept } }));
}

function onDisk(name: string): Kept {
  try {
    const found: unknown = JSON.parse(recall(beginning() + name) ?? 'null');
    return isKept(found) ? found : NONE;
  } catch {
    return NONE;
  }
}

const isKept = (found: unknown): found is Kept =>
  typeof found === 'object' && found !== null && 'text' in found && typeof found.text === 'string' && 'fresh' in found && 'version' in found;
