import { expect, test } from 'vitest';
import { checkFile } from './files';

const MB = 1024 * 1024;

test.each([
  ['image/jpeg', 5 * MB, 'image'],
  ['image/webp', 90_000, 'sticker'],
  ['audio/ogg; codecs=opus', 100, 'audio'],
  ['video/mp4', 16 * MB, 'video'],
  ['application/pdf', 99 * MB, 'document'],
])('%s of %d bytes goes as %s', (type, size, kind) => {
  expect(checkFile({ name: 'a', type, size })).toEqual({ kind });
});

test.each([
  ['image/jpeg', 5 * MB + 1, 'photo.jpg is 5.2 MB. WhatsApp takes pictures up to 5 MB.'],
  ['image/gif', 10, 'WhatsApp does not take files like photo.jpg.'],
  ['', 10, 'WhatsApp does not take files like photo.jpg.'],
  ['image/png', 0, 'photo.jpg is empty.'],
])('%s of %d bytes is refused with the reason', (type, size, words) => {
  const checked = checkFile({ name: 'photo.jpg', type, size });

  expect('refused' in checked && checked.refused.startsWith(words)).toBe(true);
});
