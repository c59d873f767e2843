import { beforeEach, expect, test, vi } from 'vitest';
import { useToasts } from '@/lib/toasts';
import { startWorker } from './pwa';

class Worker extends EventTarget {
  state = 'installing';
  told: string[] = [];
  postMessage(what: string) { this.told.push(what); }
  becomes(state: string) { this.state = state; this.dispatchEvent(new Event('statechange')); }
}

class Registration extends EventTarget {
  waiting: Worker | null = null;
  installing: Worker | null = null;
  update = vi.fn(() => Promise.resolve());
}

class Workers extends EventTarget {
  controller: object | null = {};
  registration = new Registration();
  asked: unknown[] = [];
  register(address: unknown) { this.asked.push(address); return Promise.resolve(this.registration); }
}

let workers: Workers;
const reload = vi.fn();
const went: string[] = [];
const start = () => startWorker((path) => { went.push(path); });
const offered = () => useToasts.getState().toasts;

beforeEach(() => {
  workers = new Workers();
  vi.stubEnv('DEV', false);
  Object.defineProperty(navigator, 'serviceWorker', { value: workers, configurable: true });
  Object.defineProperty(window.location, 'reload', { value: reload, configurable: true });
  reload.mockReset();
  went.length = 0;
  useToasts.setState({ toasts: [] });
});

test('the first worker is put in place without a word', async () => {
  workers.controller = null;
  await start();
  const first = new Worker();
  workers.registration.installing = first;
  workers.registration.dispatchEvent(new Event('updatefound'));
  first.becomes('installed');

  expect(workers.asked.map(String)).toEqual(['/sw.js']);
  expect(offered()).toEqual([]);
});

test('a new version is offered, and taken when somebody says so', async () => {
  await start();
  const next = new Worker();
  workers.registration.installing = next;
  workers.registration.dispatchEvent(new Event('updatefound'));
  next.becomes('installed');

  expect(offered().map((one) => one.title)).toEqual(['A new version is ready']);
  expect(reload).not.toHaveBeenCalled();
  offered()[0]?.action?.run();
  expect(next.told).toEqual(['take-over']);
  workers.dispatchEvent(new Event('controllerchange'));
  expect(reload).toHaveBeenCalledTimes(1);
});

test('a press on a notification leads to its page without loading the window anew', async () => {
  await start();

  workers.dispatchEvent(new MessageEvent('message', { data: { go: '/inbox?c=7' } }));

  expect(went).toEqual(['/inbox?c=7']);
});
