/// <reference lib="webworker" />
/** The service worker: the shell without the box, news without a window, and what waits is sent when the line is back.
 *  Built into /sw.js by bundling/service-worker.ts, which fills in the list of files. */
import { SYNC } from '@/offline/waiting';
import { sendWaiting } from './outbox';
import { planFor } from './plan';
import { type Push, wordsOf } from './words';

declare const self: ServiceWorkerGlobalScope;
declare const __SHELL__: { version: string; files: string[] };

interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

const SHELL = '/';
const CACHE = `wablast-shell-${__SHELL__.version}`;
const FILES = new Set(__SHELL__.files);

self.addEventListener('install', (event) => {
  event.waitUntil(fill());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOld());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const plan = planFor({ method: request.method, mode: request.mode, url: new URL(request.url) }, self.location.origin, FILES);
  if (plan === 'shell') event.respondWith(fromCache(SHELL, request));
  if (plan === 'file') event.respondWith(fromCache(new URL(request.url).pathname, request));
});

self.addEventListener('message', (event) => {
  if (event.data === 'take-over') void self.skipWaiting();
});

self.addEventListener('push', (event) => {
  event.waitUntil(show(event.data?.json() ?? { kind: 'news' }));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(String(event.notification.data ?? '/inbox')));
});

self.addEventListener('sync', (event) => {
  const { tag } = event as SyncEvent;
  if (tag === SYNC) (event as SyncEvent).waitUntil(sendWaiting());
});

/** All or nothing: a shell with a hole would open to a white page. */
async function fill(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll([SHELL, ...FILES].map((path) => new Request(path, { cache: path.startsWith('/assets/') ? 'default' : 'no-cache' })));
}

async function dropOld(): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith('wablast-shell-') && name !== CACHE) await caches.delete(name);
}

async function fromCache(path: string, request: Request): Promise<Response> {
  const kept = await caches.match(path, { cacheName: CACHE });
  return kept ?? fetch(request);
}

/** A window that somebody looks at shows a toast of its own. */
async function show(push: Push): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (push.kind !== 'test' && windows.some((one) => one.visibilityState === 'visible' && one.focused)) return;
  const { title, body, tag, path } = wordsOf(push);
  await self.registration.showNotification(title, { body, tag, icon: '/icon-192.png', badge: '/badge-96.png', data: path });
  if (windows.length === 0 && push.kind !== 'test' && 'setAppBadge' in self.navigator) await self.navigator.setAppBadge();
}

async function open(path: string): Promise<void> {
  const url = new URL(path, self.location.origin);
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const inside = windows.find((one) => new URL(one.url).origin === url.origin && !new URL(one.url).pathname.startsWith('/simulator'));
  if (!inside) {
    await self.clients.openWindow(url);
    return;
  }
  await inside.focus();
  inside.postMessage({ go: url.pathname + url.search });
}
