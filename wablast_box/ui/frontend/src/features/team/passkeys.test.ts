import { expect, test } from 'vitest';
import { bytesOf, textOf } from './passkeys';

test('bytes survive the way to the box and back, also those that base64 writes with + and /', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, at) => 255 - at);
  const text = textOf(bytes.buffer);

  expect(text).not.toMatch(/[+/=]/);
  expect(bytesOf(text)).toEqual(bytes);
});
