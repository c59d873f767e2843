import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { isRemembered, lookAgain, useSession } from '@/api/session';
import { onReturn } from '@/live/events';
import { useLine } from '@/live/socket';
import { keepUpdates } from '@/offline/keep';
import { Ringing } from './alerts/Ringing';
import { startWorker } from './pwa';

/** What goes on behind every page once it is drawn: news, what is kept for reading offline, new versions. Draws nothing. */
export function Background() {
  const client = useQueryClient();
  const router = useRouter();
  const remembered = isRemembered(useSession());
  const live = useLine((line) => line.state === 'live');
  useEffect(() => keepUpdates(client), [client]);
  useEffect(() => { void startWorker((path) => { router.history.push(path); }); }, [router]);
  useEffect(() => {
    // Opened without the box from what was kept: now that it answers, it says who sits here.
    if (live && remembered) lookAgain(client).catch(() => undefined);
  }, [client, live, remembered]);
  useEffect(() => onReturn(() => { lookAgain(client).catch(() => undefined); }), [client]);
  return <Ringing />;
}
