/** Reads the Opus packets out of a WebM recording, as browsers make them: one sound track, no lacing, sizes often unknown. */

export interface OpusTrack {
  /** OpusHead, as it stands in the file: channels, pre-skip. */
  head: Uint8Array;
  packets: Uint8Array[];
}

/** Elements whose inside is read; everything else is skipped by its size. */
const ENTERED = new Set([0x18538067, 0x1654ae6b, 0xae, 0x1f43b675, 0xa0]);
const CODEC_ID = 0x86;
const CODEC_PRIVATE = 0x63a2;
const SIMPLE_BLOCK = 0xa3;
const BLOCK = 0xa1;
const LACING = 0x06;

export function opusOf(file: Uint8Array): OpusTrack {
  let head: Uint8Array | null = null;
  const packets: Uint8Array[] = [];
  for (const { id, content } of elements(file)) {
    if (id === CODEC_ID && !words(content).startsWith('A_OPUS')) throw new Error(`the recording is ${words(content)}, not Opus`);
    if (id === CODEC_PRIVATE) head = content;
    if (id === SIMPLE_BLOCK || id === BLOCK) packets.push(packetOf(content));
  }
  if (!head || words(head.subarray(0, 8)) !== 'OpusHead') throw new Error('the recording has no OpusHead');
  return { head, packets };
}

interface Element {
  id: number;
  content: Uint8Array;
}

/** All elements in the order of the file. Of those that are entered only the inside is told. A file cut short ends early. */
function* elements(file: Uint8Array): Generator<Element> {
  let at = 0;
  while (at < file.length) {
    const id = number(file, at, true);
    const size = id && number(file, id.end, false);
    if (!id || !size) return;
    at = size.end;
    if (ENTERED.has(id.value)) continue;
    // Only what is entered may be of unknown size: anything else would hide where it ends.
    if (size.value === null || size.end + size.value > file.length) return;
    yield { id: id.value, content: file.subarray(at, at + size.value) };
    at += size.value;
  }
}

interface Read<T> {
  value: T;
  end: number;
}

/** An EBML number: the leading zeros of its first byte say how long it is. Ids keep their marker; a size of ones is unknown. */
function number(file: Uint8Array, at: number, keepMarker: true): Read<number> | null;
function number(file: Uint8Array, at: number, keepMarker: false): Read<number | null> | null;
function number(file: Uint8Array, at: number, keepMarker: boolean): Read<number | null> | null {
  const first = file[at] ?? 0;
  const length = Math.clz32(first) - 23;
  if (first === 0 || at + length > file.length) return null;
  let value = keepMarker ? first : first & (0xff >> length);
  let ones = (first & (0xff >> length)) === 0xff >> length;
  for (let index = 1; index < length; index += 1) {
    const next = file[at + index] ?? 0;
    ones &&= next === 0xff;
    value = value * 256 + next;
  }
  return { value: !keepMarker && ones ? null : value, end: at + length };
}

/** A block: track number, two bytes of time, flags, then the packet. */
function packetOf(block: Uint8Array): Uint8Array {
  const track = number(block, 0, false);
  if (!track) throw new Error('a block of the recording is cut off');
  const flags = block[track.end + 2] ?? 0;
  if (flags & LACING) throw new Error('the recording uses lacing');
  return block.subarray(track.end + 3);
}

const words = (bytes: Uint8Array): string => String.fromCharCode(...bytes.subarray(0, 32)).replace(/\0+$/, '');
