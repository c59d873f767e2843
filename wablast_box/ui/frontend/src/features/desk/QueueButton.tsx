import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { api } from '@/api/client';
import { useMay } from '@/api/session';
import type { Conversation } from '@/api/types';
import { IconHandGrab } from '@/design/icons';
import { type Command, useCommands } from '@/lib/commands';
import { plural, t } from '@/lib/i18n';
import { toast, toastError } from '@/lib/toasts';
import { patchAnswer } from '@/features/inbox/useInboxLive';
import { queueQuery } from './queries';
import classes from './Desk.module.css';

/** Takes the conversation whose customer has waited longest. There only while somebody waits. */
export function QueueButton() {
  const may = useMay('inbox.assign_self');
  const { data } = useQuery({ ...queueQuery, enabled: may });
  const take = useTakeNext();
  const { mutate } = take;
  const commands = useMemo<Command[]>(() => (may ? [{ id: 'take-next', group: t('inbox.commands.group'), title: t('desk.queue.take'), keys: 'shift+n', icon: <IconHandGrab size={17} />, run: () => { mutate(); } }] : []), [may, mutate]);
  useCommands(commands);
  if (!data || data.count === 0) return null;
  return (
    <button type="button" className={classes.queue} title={plural('desk.queue.count', data.count)} disabled={take.isPending} onClick={() => { mutate(); }}>
      {t('desk.queue.take')} <span aria-hidden>{data.count}</span>
    </button>
  );
}

async function takeNext(): Promise<Conversation | null> {
  const { data, response } = await api.POST('/api/v1/queue/next');
  return response.status === 204 || data === undefined ? null : data;
}

function useTakeNext() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => patchAnswer(client, takeNext()),
    onSuccess: (taken) => {
      void client.invalidateQueries({ queryKey: queueQuery.queryKey });
      if (taken === null) {
        toast({ tone: 'info', title: t('desk.queue.empty') });
        return;
      }
      void navigate({ to: '/inbox', search: (search) => ({ ...search, c: taken.id }) });
    },
    onError: toastError,
  });
}

