/** Puts the service worker in place and says when a new version of the interface is ready. */
import { t } from '@/lib/i18n';
import { toast } from '@/lib/toasts';

const LOOK_EVERY_MS = 60 * 60_000;
const WORKER = '/sw.js';

/** The content security policy wants every script's address to come through a policy: this one lets a single file through. */
const address = (): string => {
  const types = Reflect.get(globalThis, 'trustedTypes') as TrustedTypes | undefined;
  const policy = types?.createPolicy('wablast-worker', { createScriptURL: (url) => (url === WORKER ? url : '') });
  // The type says text; the browser takes the trusted object, and only that.
  return (policy?.createScriptURL(WORKER) ?? WORKER) as string;
};

interface TrustedTypes {
  createPolicy: (name: string, rules: { createScriptURL: (url: string) => string }) => { createScriptURL: (url: string) => unknown };
}

let reloading = false;

export async function startWorker(go: (path: string) => void): Promise<void> {
  // Missing on plain http from another machine, and while developing there is none.
  const workers: ServiceWorkerContainer | undefined = navigator.serviceWorker;
  if (!workers || import.meta.env.DEV) return;
  const registration = await workers.register(address(), { updateViaCache: 'none' }).catch(() => undefined);
  if (!registration) return;
  const hadOne = workers.controller !== null;
  workers.addEventListener('controllerchange', () => { if (hadOne) handleChange(); });
  workers.addEventListener('message', ({ data }: MessageEvent<{ go?: string }>) => { if (typeof data.go === 'string') go(data.go); });
  if (registration.waiting && hadOne) offer(registration.waiting);
  registration.addEventListener('updatefound', () => { follow(registration.installing); });
  const look = () => { void registration.update().catch(() => undefined); };
  window.setInterval(look, LOOK_EVERY_MS);
}

function follow(worker: ServiceWorker | null): void {
  worker?.addEventListener('statechange', () => {
    if (worker.state === 'installed' && navigator.serviceWorker.controller) offer(worker);
  });
}

function offer(worker: ServiceWorker): void {
  const run = () => {
    reloading = true;
    worker.postMessage('take-over');
  };
  toast({ tone: 'info', title: t('alerts.update.title'), help: t('alerts.update.help'), action: { label: t('alerts.update.reload'), run }, stays: true });
}

/** Asked for here: now. In another tab: when nobody looks, else the person decides; their words are kept either way. */
function handleChange(): void {
  if (reloading || document.visibilityState === 'hidden') {
    window.location.reload();
    return;
  }
  toast({ tone: 'info', title: t('alerts.update.title'), help: t('alerts.update.help'), action: { label: t('alerts.update.reload'), run: () => { window.location.reload(); } }, stays: true });
}
