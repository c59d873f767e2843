import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Draft } from '@/api/types';
import { tell } from '@/live/events';
import { beginDrafts, draftOf, keepDraft } from './drafts';

interface Put {
  text: string;
  based_on: string | null;
  answers: (version: string) => Promise<void>;
}

/** What was handed to the box, each answered when the test wants it. */
let puts: Put[] = [];
const LONGEST_MS = 1000;

beforeEach(() => {
  vi.useFakeTimers();
  puts = [];
  beginDrafts();
  vi.stubGlobal('fetch', async (request: Request) => {
    const { text, based_on } = await request.json() as Put;
    return new Promise<Response>((resolve) => {
      const answers = async (version: string) => {
        resolve(Response.json({ conversation_id: '1', mode: 'reply', text, version, updated_at: '' }));
        await vi.advanceTimersByTimeAsync(LONGEST_MS);
      };
      puts.push({ text, based_on, answers });
    });
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const draft = (id: string, text: string, version: string): Draft => ({ conversation_id: id, mode: 'reply', text, version, updated_at: '' });
const told = () => puts.map(({ text, based_on }) => [text, based_on]);

async function writes(id: string, words: string): Promise<void> {
  keepDraft(id, words);
  await vi.advanceTimersByTimeAsync(LONGEST_MS);
}

test('what is emptied while the box still takes in the words is told after them', async () => {
  await writes('71', 'We open at ten');
  await writes('71', '');
  expect(told()).toEqual([['We open at ten', null]]);

  await puts[0]?.answers('100');
  expect(told()).toEqual([['We open at ten', null], ['', '100']]);
  await puts[1]?.answers('101');

  expect(draftOf('71')).toBe('');
});

test('an answer of the box that is older than what the line told changes nothing', async () => {
  await writes('72', 'Dear Kabir');

  tell('draft.updated', { draft: draft('72', '', '201'), window: 'another' });
  await puts[0]?.answers('200');

  expect(draftOf('72')).toBe('');
});

test('words that another device wrote meanwhile are not emptied unseen', async () => {
  await writes('73', 'Dear');
  await writes('73', '');

  tell('draft.updated', { draft: draft('73', 'Dear Kabir', '301'), window: 'another' });
  await puts[0]?.answers('300');

  expect(told().at(-1)).toEqual(['', '300']);
});
