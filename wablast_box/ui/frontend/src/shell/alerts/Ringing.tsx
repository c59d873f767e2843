import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { answer, api } from '@/api/client';
import { may, useSession } from '@/api/session';
import type { Alerts, Conversation } from '@/api/types';
import { allowSound, chime } from '@/lib/chime';
import { teamsQuery } from '@/features/desk/queries';
import { colleaguesQuery } from '@/features/inbox/queries';
import { minuteOfDay } from '@/lib/dates';
import { deviceId, isSoundOn } from '@/lib/device-alerts';
import { plural, t } from '@/lib/i18n';
import { toast } from '@/lib/toasts';
import { wordsOf } from '@/sw/words';
import { concerns, isLookingAt, isQuiet } from './concern';
import { type Heard, listen } from './hear';
import { renewDevice } from './device';
import { alertsQuery } from './queries';
import { Rush } from './rush';

/** Calls whoever sits here: a note in the corner, two soft tones, and outside the window what the system shows. Draws nothing. */
export function Ringing() {
  const session = useSession();
  const client = useQueryClient();
  const router = useRouter();
  const me = session.user?.id;
  const enabled = may(session, 'inbox.read') && may(session, 'account.own');
  const { data: wants } = useQuery({ ...alertsQuery, enabled });
  useEffect(() => { allowSound(); }, []);
  useEffect(() => { if (enabled) void renewDevice(); }, [enabled]);
  useEffect(() => {
    if (!wants || me === undefined) return;
    const rushes = { chats: new Rush(), late: new Rush() };
    const find = async (id: string): Promise<Conversation> =>
      client.getQueryData<Conversation>(['conversation', id]) ?? answer(api.GET('/api/v1/conversations/{id}', { params: { path: { id } } }));
    const isMine = async (teamId: string): Promise<boolean> => {
      const people = (await client.ensureQueryData(teamsQuery)).find((team) => team.id === teamId)?.members ?? [];
      return people.length === 0 || people.some((one) => one.id === me);
    };
    const canAnswer = async (userId: string): Promise<boolean> => (await client.fetchQuery({ ...colleaguesQuery, staleTime: 60_000 })).some((one) => one.id === userId);
    const go = (path: string) => { router.history.push(path); };
    return listen(me, (heard) => { ring(heard, me, wants, heard.kind === 'overdue' ? rushes.late : rushes.chats, go); }, { find, isMine, canAnswer });
  }, [client, me, router, wants]);
  return null;
}

function ring(heard: Heard, me: string, wants: Alerts, rush: Rush, go: (path: string) => void): void {
  if (!concerns(heard, me, wants) || isQuiet(wants, minuteOfDay(Date.now())) || isLookingAt(heard.conversationId)) return;
  if (isSoundOn()) void chime();
  const words = wordsOf({
    kind: heard.kind, conversation_id: heard.conversationId, name: heard.name, type: heard.promise ?? heard.message?.type, text: heard.message?.text,
  });
  if (document.visibilityState === 'hidden') {
    void showOutside(words.title, wants.shows_text || heard.kind !== 'message' ? words.body : t('alerts.push.message'), words.tag, words.path);
    return;
  }
  const others = rush.count(heard.conversationId);
  if (others > 0) {
    const late = heard.kind === 'overdue';
    toast({ tone: 'chat', key: late ? 'rush-late' : 'rush', title: plural(late ? 'alerts.push.manyLate' : 'alerts.push.many', others), action: { label: t('alerts.toast.open'), run: () => { go('/inbox'); } } });
    return;
  }
  const help = heard.count > 1 ? `${words.body} · ${plural('alerts.toast.more', heard.count)}` : words.body;
  toast({ tone: 'chat', key: words.tag, title: words.title, help, action: { label: t('alerts.toast.open'), run: () => { go(words.path); } } });
}

/** A browser that the box pushes to is told by the push; the others by this window, for as long as it is open. */
async function showOutside(title: string, body: string, tag: string, path: string): Promise<void> {
  if (deviceId() !== null || typeof Notification === 'undefined' || Notification.permission !== 'granted') return;
  const workers: ServiceWorkerContainer | undefined = navigator.serviceWorker;
  const registration = await workers?.getRegistration();
  await registration?.showNotification(title, { body, tag, icon: '/icon-192.png', data: path });
}
