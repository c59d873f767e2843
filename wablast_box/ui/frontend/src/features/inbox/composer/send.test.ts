import { expect, it } from 'vitest';
import { aMessage } from '../fixtures';
import { partsOf } from './send';
import type { ChosenFile } from './useChosenFiles';

const file = (kind: ChosenFile['kind'], change: Partial<ChosenFile> = {}): ChosenFile => ({
  key: kind, name: `${kind}.bin`, size: 9, file: null, mediaId: null, kind, preview: null, caption: '', voice: false, ...change,
});
const bodies = (words: string, files: ChosenFile[]) => partsOf({ words, files, replyTo: null }).map((part) => JSON.parse(JSON.stringify(part.body)) as unknown);

it('words become the caption of the first file that can carry them', () => {
  expect(bodies('look', [file('audio'), file('image')])).toEqual([{ type: 'audio', audio: {} }, { type: 'image', image: { caption: 'look' } }]);
});

it('words that no file can carry go by themselves, after the files', () => {
  expect(bodies('hear', [file('audio')])).toEqual([{ type: 'audio', audio: {} }, { type: 'text', text: { body: 'hear' } }]);
  expect(bodies('x'.repeat(1025), [file('image')]).at(-1)).toEqual({ type: 'text', text: { body: 'x'.repeat(1025) } });
});

it('a caption of its own stays with its file', () => {
  expect(bodies('both', [file('image', { caption: 'red' }), file('document')])).toEqual([
    { type: 'image', image: { caption: 'red' } }, { type: 'document', document: { caption: 'both', filename: 'document.bin' } },
  ]);
});

it('a voice message is marked as one, a stored file is named by its id', () => {
  expect(bodies('', [file('audio', { voice: true })])).toEqual([{ type: 'audio', audio: { voice: true } }]);
  expect(bodies('', [file('image', { mediaId: '7' })])).toEqual([{ type: 'image', image: { media_id: '7' } }]);
});

it('the quote belongs to the first message only', () => {
  const parts = partsOf({ words: 'hear', files: [file('audio')], replyTo: aMessage('5') });
  expect(parts.map((part) => part.body.reply_to)).toEqual(['5', undefined]);
});
