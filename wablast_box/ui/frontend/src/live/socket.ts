/** The line to the box. Loaded after the first paint; comes back by itself and fetches what it missed. */
import type { Socket } from 'socket.io-client';
import { create } from 'zustand';
import { answer, api } from '@/api/client';
import { LIVE_EVENTS, type LiveEvents, tell, tellReturn } from './events';
import { askFrom, isLater, replay } from './replay';

export type LineState = 'connecting' | 'live' | 'catching-up' | 'away';

export const useLine = create<{ state: LineState }>(() => ({ state: 'connecting' }));

let socket: Socket | undefined;
let starting = false;
let lastEvent: string | null = null;
let wasLive = false;
const rooms = new Map<string, number>();

export async function connect(): Promise<void> {
  if (socket || starting) return;
  starting = true;
  const { io } = await import('socket.io-client');
  starting = false;
  socket = io({ path: '/socket.io', transports: ['websocket'], reconnectionDelayMax: 5000, auth: withTicket });
  for (const name of LIVE_EVENTS) socket.on(name, (event: LiveEvents[typeof name]) => { hear(name, event); });
  socket.on('connect', () => { void arrive(); });
  socket.on('disconnect', (reason) => {
    useLine.setState({ state: 'away' });
    if (reason === 'io server disconnect') closedByBox();
  });
  socket.on('connect_error', () => { refused(); });
}

/** What is loaded from here on holds everything up to this event: the first connection asks only for what came after. */
export function startFrom(event: string | null): void {
  if (!wasLive && event !== null && isLater(event, lastEvent)) lastEvent = event;
}

let whenClosed: () => void = () => undefined;

/** What to do when the box itself closed this window's line: what this person may see has changed, or they were signed out. */
export function onClosedByBox(listener: () => void): void {
  whenClosed = listener;
}

/** Come back at once: a new ticket tells whether one is still signed in, and new rooms what one may hear. */
function closedByBox(): void {
  lastEvent = null;
  whenClosed();
  const line = socket;
  setTimeout(() => { if (socket === line) line?.connect(); }, 100);
}

/** Signing out ends the line; the next sign-in starts a new one that remembers nothing. */
export function disconnect(): void {
  socket?.disconnect();
  socket = undefined;
  lastEvent = null;
  wasLive = false;
  rooms.clear();
  useLine.setState({ state: 'connecting' });
}

/** The handshake wants a fresh single-use ticket each time, beside the cookie. */
function withTicket(done: (auth: object) => void): void {
  answer(api.POST('/api/v1/socket-ticket')).then(done, () => { done({}); });
}

/** A refused handshake is not retried by the client itself, a lost line is. */
function refused(): void {
  useLine.setState({ state: 'away' });
  const line = socket;
  if (line && !line.active) setTimeout(() => { if (socket === line) line.connect(); }, 3000);
}

function hear<K extends keyof LiveEvents>(name: K, event: LiveEvents[K]): void {
  if ('event_id' in event && isLater(event.event_id, lastEvent)) lastEvent = event.event_id;
  tell(name, event);
}

async function arrive(): Promise<void> {
  for (const room of rooms.keys()) socket?.emit('conversation.join', { id: room });
  wasLive = true;
  useLine.setState({ state: 'catching-up' });
  try {
    const missed = await replay(askFrom(lastEvent), (after) => answer(api.GET('/api/v1/events', { params: { query: { after, limit: 200 } } })));
    if (missed !== 'everything') lastEvent = missed.at(-1)?.event_id ?? lastEvent;
    tellReturn(missed);
  } catch {
    tellReturn('everything');
  }
  if (socket?.connected) useLine.setState({ state: 'live' });
}

/** Something for this moment only: when the line is away it is not kept. */
export function say(name: 'conversation.presence' | 'flow.presence', asked: { id?: string; doing?: string }): void {
  if (socket?.connected) socket.emit(name, asked);
}

/** Rooms are counted: two parts of the screen may look at the same conversation. */
export function join(room: string): () => void {
  const count = rooms.get(room) ?? 0;
  rooms.set(room, count + 1);
  if (count === 0) socket?.emit('conversation.join', { id: room });
  return () => { leave(room); };
}

function leave(room: string): void {
  const count = rooms.get(room) ?? 0;
  if (count > 1) {
    rooms.set(room, count - 1);
    return;
  }
  rooms.delete(room);
  socket?.emit('conversation.leave', { id: room });
}
