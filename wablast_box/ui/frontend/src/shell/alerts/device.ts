/** This browser at the box: may it be told something when no window is open, and how. */
import { answer, api } from '@/api/client';
import type { Device } from '@/api/types';
import { deviceId, rememberDevice } from '@/lib/device-alerts';

/** `missing`: plain http, or a browser that cannot. `broken`: allowed, but its push service cannot be reached. */
export type PushState = 'off' | 'on' | 'denied' | 'missing';

export async function pushState(): Promise<PushState> {
  const registration = await worker();
  if (!registration?.pushManager || typeof Notification === 'undefined') return 'missing';
  if (Notification.permission === 'denied') return 'denied';
  return (await registration.pushManager.getSubscription()) && deviceId() !== null ? 'on' : 'off';
}

/** Asks the person, then the browser, then the box. */
export async function turnOn(): Promise<PushState> {
  if ((await Notification.requestPermission()) !== 'granted') return pushState();
  const registration = await worker();
  const { public_key } = await answer(api.GET('/api/v1/push-key'));
  const subscription = await registration?.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: public_key });
  if (subscription) rememberDevice((await register(subscription)).id);
  return pushState();
}

export async function turnOff(): Promise<PushState> {
  const id = deviceId();
  rememberDevice(null);
  const registration = await worker();
  await (await registration?.pushManager?.getSubscription())?.unsubscribe();
  if (id !== null) await api.DELETE('/api/v1/me/devices/{id}', { params: { path: { id } } }).catch(() => undefined);
  return pushState();
}

/** After a new sign-in, or when the browser changed its address: the box learns of it. */
export async function renewDevice(): Promise<void> {
  if (deviceId() === null) return;
  const registration = await worker();
  const subscription = await registration?.pushManager?.getSubscription();
  if (!subscription) rememberDevice(null);
  else await register(subscription).then(({ id }) => { rememberDevice(id); }, () => undefined);
}

function register(subscription: PushSubscription): Promise<Device> {
  const { endpoint = '', keys = {} } = subscription.toJSON();
  return answer(api.POST('/api/v1/me/devices', { body: { endpoint, keys: { p256dh: keys['p256dh'] ?? '', auth: keys['auth'] ?? '' } } }));
}

/** Undefined where there is no service worker: it is put in place shortly after the page opens. */
async function worker(): Promise<ServiceWorkerRegistration | undefined> {
  const workers: ServiceWorkerContainer | undefined = navigator.serviceWorker;
  return workers?.getRegistration();
}
