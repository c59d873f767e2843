// @vitest-environment node
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checksum, oggOf, samplesIn, secondsOf } from './ogg';
import { opusOf } from './webm';

/** Two seconds of Chromium's fake microphone, paused once, as MediaRecorder gave them. */
const recorded = new Uint8Array(readFileSync(new URL('./recorded.webm', import.meta.url)));

interface Page {
  flags: number;
  granule: number;
  sequence: number;
  packets: Uint8Array[];
}

/** An Ogg reader of our own, strict: every page is whole, numbered, and has the right sum. */
function pagesOf(file: Uint8Array): Page[] {
  const pages: Page[] = [];
  for (let at = 0; at < file.length;) {
    expect(String.fromCharCode(...file.subarray(at, at + 4))).toBe('OggS');
    const view = new DataView(file.buffer, file.byteOffset + at);
    const count = view.getUint8(26);
    const lacing = [...file.subarray(at + 27, at + 27 + count)];
    const size = 27 + count + lacing.reduce((sum, one) => sum + one, 0);
    const copy = file.slice(at, at + size);
    new DataView(copy.buffer).setUint32(22, 0);
    expect(checksum(copy)).toBe(view.getUint32(22, true));
    const packets: Uint8Array[] = [];
    let from = at + 27 + count;
    let length = 0;
    for (const one of lacing) {
      length += one;
      if (one === 255) continue;
      packets.push(file.subarray(from, from + length));
      from += length;
      length = 0;
    }
    pages.push({ flags: view.getUint8(5), granule: Number(view.getBigUint64(6, true)), sequence: view.getUint32(18, true), packets });
    at += size;
  }
  return pages;
}

describe('a recording of the browser', () => {
  it('gives its packets, whole and in order', () => {
    const { head, packets } = opusOf(recorded);

    expect(String.fromCharCode(...head.subarray(0, 8))).toBe('OpusHead');
    expect(head[9]).toBe(1);
    expect(packets.length).toBeGreaterThan(20);
    expect(secondsOf({ head, packets })).toBeGreaterThan(1.5);
    expect(secondsOf({ head, packets })).toBeLessThan(2.6);
  });

  it('becomes an Ogg file that holds the very same packets', () => {
    const track = opusOf(recorded);

    const pages = pagesOf(oggOf(track, 7));

    expect(pages.slice(2).flatMap((page) => page.packets)).toEqual(track.packets);
    expect(pages[0]).toMatchObject({ flags: 2, granule: 0, packets: [track.head] });
    expect(String.fromCharCode(...(pages[1]?.packets[0]?.subarray(0, 8) ?? []))).toBe('OpusTags');
    expect(pages.map((page) => page.sequence)).toEqual(pages.map((_, at) => at));
    expect(pages.at(-1)?.flags).toBe(4);
    expect(pages.at(-1)?.granule).toBe(track.packets.reduce((sum, packet) => sum + samplesIn(packet), 0));
    expect(pages.every((page, at) => at === 0 || page.granule >= (pages[at - 1]?.granule ?? 0))).toBe(true);
  });

  it('may be cut short anywhere without breaking what is there', () => {
    const whole = opusOf(recorded).packets.length;
    for (let length = 400; length < recorded.length; length += 97) {
      expect(opusOf(recorded.subarray(0, length)).packets.length).toBeLessThanOrEqual(whole);
    }
  });

  it('that is none is refused in words', () => {
    expect(() => opusOf(new Uint8Array(0))).toThrow('OpusHead');
    expect(() => opusOf(new TextEncoder().encode('<html>not a recording</html>'))).toThrow('OpusHead');
    expect(() => opusOf(Uint8Array.of(0x86, 0x86, ...new TextEncoder().encode('A_AAC!')))).toThrow('A_AAC');
  });
});

describe('packets', () => {
  it('of any length keep their length, 255 and its multiples too', () => {
    const packets = [0, 1, 254, 255, 256, 510, 765, 1275].map((length) => new Uint8Array(length).fill(0x78));

    const pages = pagesOf(oggOf({ head: Uint8Array.of(1), packets }));

    expect(pages.slice(2).flatMap((page) => page.packets).map((packet) => packet.length)).toEqual([1, 254, 255, 256, 510, 765, 1275]);
  });

  it('of an hour fill pages of at most 255 segments', () => {
    const packets = Array.from({ length: 180_000 }, () => Uint8Array.of(0x78, 1, 2));

    const pages = pagesOf(oggOf({ head: Uint8Array.of(1), packets }));

    expect(pages.length).toBeGreaterThan(3000);
    expect(pages.at(-1)?.granule).toBe(180_000 * 960);
  });

  it('say how long they are', () => {
    expect([0x00, 0x08, 0x10, 0x18, 0x60, 0x80, 0x78, 0xf8].map((toc) => samplesIn(Uint8Array.of(toc)))).toEqual([480, 960, 1920, 2880, 480, 120, 960, 960]);
    expect([samplesIn(Uint8Array.of(0x79)), samplesIn(Uint8Array.of(0x7b, 0x83)), samplesIn(new Uint8Array(0))]).toEqual([1920, 2880, 0]);
  });
});
