import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { answer, api } from '@/api/client';
import { useMay } from '@/api/session';
import { Button } from '@/design/Button';
import { Part } from '@/features/contacts/card/Part';
import { onLive } from '@/live/events';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { toastError } from '@/lib/toasts';
import classes from '@/features/contacts/card/Card.module.css';

interface FlowPartProps {
  conversationId: string;
}

/** Whoever leafs through chats has not come to read this. */
const REST_MS = 700;

const botQuery = (id: string) =>
  queryOptions({
    queryKey: ['bot', id],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/conversations/{id}/bot', { params: { path: { id } }, signal })),
    // What happens in other chats is not listened to: who comes back to one asks again.
    staleTime: 0,
  });

/** Who answers here, a flow or a person, what the flow has found out, and the switch between them. */
export function FlowPart({ conversationId }: FlowPartProps) {
  const may = useMay('flows.read');
  const rests = useRest();
  const bot = useQuery({ ...botQuery(conversationId), enabled: may && rests }).data;
  useLiveBot(conversationId);
  if (!bot || (!bot.session && !bot.is_held)) return null;
  const known = Object.entries(bot.session?.variables ?? {}).filter(([, value]) => typeof value === 'string' || typeof value === 'number');
  const words = bot.is_held ? t('contacts.bot.held') : bot.session?.is_active ? t('contacts.bot.plays', { flow: calm(bot.session.flow_name) }) : t('contacts.bot.played', { flow: calm(bot.session?.flow_name ?? '') });
  return (
    <Part title={t('contacts.bot.title')}>
      <p className={classes.quiet}>{words}</p>
      {known.length > 0 ? (
        <dl className={classes.rows}>
          {known.map(([name, value]) => <div key={name} className={classes.row}><dt title={name}>{name.replaceAll('_', ' ')}</dt><dd><bdi>{calm(String(value))}</bdi></dd></div>)}
        </dl>
      ) : null}
      {bot.is_held || bot.session?.is_active ? <Switch id={conversationId} isHeld={bot.is_held} /> : null}
    </Part>
  );
}

interface SwitchProps {
  id: string;
  isHeld: boolean;
}

function Switch({ id, isHeld }: SwitchProps) {
  const client = useQueryClient();
  const mayReply = useMay('inbox.reply');
  const change = useMutation({
    mutationFn: async () => {
      const params = { path: { id } };
      await (isHeld ? api.POST('/api/v1/conversations/{id}/resume-bot', { params }) : api.POST('/api/v1/conversations/{id}/hold-bot', { params }));
    },
    onError: toastError,
    onSettled: () => client.invalidateQueries(botQuery(id)),
  });
  if (!mayReply) return null;
  return (
    <div className={classes.switch}>
      <Button kind="quiet" size="compact-sm" loading={change.isPending} onClick={() => { change.mutate(); }}>{t(isHeld ? 'contacts.bot.resume' : 'contacts.bot.hold')}</Button>
    </div>
  );
}

function useRest(): boolean {
  const [rests, setRests] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => { setRests(true); }, REST_MS);
    return () => { clearTimeout(timer); };
  }, []);
  return rests;
}

/** What flows and people do here shows at once. */
function useLiveBot(id: string): void {
  const client = useQueryClient();
  useEffect(() => {
    const again = ({ conversation_id: where }: { conversation_id: string }) => { if (where === id) void client.invalidateQueries(botQuery(id)); };
    const ends = [onLive('message.updated', again), onLive('message.received', again), onLive('activity.added', again)];
    return () => { for (const end of ends) end(); };
  }, [client, id]);
}
