/** Writes Opus packets into an Ogg file (RFC 3533, RFC 7845): the form in which WhatsApp takes voice messages. */
import type { OpusTrack } from './webm';

const BEGINS = 2;
const ENDS = 4;
const RATE = 48_000;
/** A page holds at most 255 segments of 255 bytes; about a second of sound is a good page. */
const MOST_SEGMENTS = 255;
const SECOND = RATE;

export function oggOf({ head, packets }: OpusTrack, serial = Math.floor(Math.random() * 0xffffffff)): Uint8Array<ArrayBuffer> {
  const heard = packets.filter((packet) => packet.length > 0);
  const pages = [page([head], { flags: BEGINS, granule: 0, serial, sequence: 0 }), page([tags()], { flags: 0, granule: 0, serial, sequence: 1 })];
  let pending: Uint8Array[] = [];
  let segments = 0;
  let granule = 0;
  let pageFrom = 0;
  heard.forEach((packet, at) => {
    const needed = Math.floor(packet.length / 255) + 1;
    if (segments + needed > MOST_SEGMENTS || granule - pageFrom >= SECOND) flush(0);
    pending.push(packet);
    segments += needed;
    granule += samplesIn(packet);
    if (at === heard.length - 1) flush(ENDS);
  });
  return joined(pages);

  function flush(flags: number): void {
    if (pending.length === 0) return;
    pages.push(page(pending, { flags, granule, serial, sequence: pages.length }));
    pending = [];
    segments = 0;
    pageFrom = granule;
  }
}

/** How long a recording lasts, in seconds. */
export const secondsOf = ({ packets }: OpusTrack): number => packets.reduce((sum, packet) => sum + samplesIn(packet), 0) / RATE;

/** Samples at 48 kHz in a packet, by its first byte: the length of a frame and how many there are (RFC 6716, 3.1). */
export function samplesIn(packet: Uint8Array): number {
  const toc = packet[0] ?? 0;
  const config = toc >> 3;
  const frame = config < 12 ? [480, 960, 1920, 2880][config & 3] : config < 16 ? [480, 960][config & 1] : [120, 240, 480, 960][config & 3];
  const code = toc & 3;
  const frames = code === 0 ? 1 : code < 3 ? 2 : (packet[1] ?? 0) & 0x3f;
  return packet.length === 0 ? 0 : (frame ?? 0) * frames;
}

interface PageFacts {
  flags: number;
  granule: number;
  serial: number;
  sequence: number;
}

function page(packets: Uint8Array[], { flags, granule, serial, sequence }: PageFacts): Uint8Array {
  const lacing = packets.flatMap((packet) => [...Array<number>(Math.floor(packet.length / 255)).fill(255), packet.length % 255]);
  const body = packets.reduce((sum, packet) => sum + packet.length, 0);
  const bytes = new Uint8Array(27 + lacing.length + body);
  const view = new DataView(bytes.buffer);
  bytes.set([0x4f, 0x67, 0x67, 0x53, 0, flags]);
  view.setBigUint64(6, BigInt(granule), true);
  view.setUint32(14, serial, true);
  view.setUint32(18, sequence, true);
  bytes[26] = lacing.length;
  bytes.set(lacing, 27);
  let at = 27 + lacing.length;
  for (const packet of packets) {
    bytes.set(packet, at);
    at += packet.length;
  }
  view.setUint32(22, checksum(bytes), true);
  return bytes;
}

/** OpusTags: the vendor and no comments. */
function tags(): Uint8Array {
  const vendor = new TextEncoder().encode('wablast-box');
  const bytes = new Uint8Array(8 + 4 + vendor.length + 4);
  bytes.set(new TextEncoder().encode('OpusTags'));
  new DataView(bytes.buffer).setUint32(8, vendor.length, true);
  bytes.set(vendor, 12);
  return bytes;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, at) => {
  let rest = at << 24;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 0x80000000 ? (rest << 1) ^ 0x04c11db7 : rest << 1;
  return rest >>> 0;
});

/** Ogg's CRC-32: unreflected, from zero, its own field taken as zero. */
export function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum = ((sum << 8) ^ (TABLE[((sum >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0;
  return sum;
}

function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
