/** Signing out on a shared computer: nothing of this person stays in the browser. */
import { forget } from '@/lib/storage';
import { forgetKept } from '@/offline/keep';
import { forgetWaiting } from '@/offline/waiting';

export async function leaveNothing(): Promise<void> {
  forget('draft.');
  await Promise.allSettled([forgetKept(), forgetWaiting(), noPush(), noBadge()]);
}

/** The box has ended it already; the browser's own registration goes too. */
async function noPush(): Promise<void> {
  const workers: ServiceWorkerContainer | undefined = navigator.serviceWorker;
  const registration = await workers?.getRegistration();
  const subscription = await registration?.pushManager?.getSubscription();
  await subscription?.unsubscribe();
  for (const shown of (await registration?.getNotifications()) ?? []) shown.close();
}

async function noBadge(): Promise<void> {
  if ('clearAppBadge' in navigator) await navigator.clearAppBadge();
}
