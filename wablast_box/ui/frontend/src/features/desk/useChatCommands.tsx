import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { answer, api } from '@/api/client';
import { useMay } from '@/api/session';
import type { Conversation, Macro } from '@/api/types';
import { IconListCheck, IconUsersGroup } from '@/design/icons';
import { type Command, useCommands } from '@/lib/commands';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { toast, toastError } from '@/lib/toasts';
import { patchAnswer } from '@/features/inbox/useInboxLive';
import { macrosQuery, queueQuery, teamsQuery } from './queries';

/** Every step or none; a press that is repeated by the line sends nothing twice. */
export function runMacro(client: QueryClient, id: string, { id: macro_id, name }: Macro): void {
  const params = { path: { id, macro_id }, header: { 'idempotency-key': crypto.randomUUID() } };
  done(client, answer(api.POST('/api/v1/conversations/{id}/macros/{macro_id}/run', { params })), t('desk.macros.ran', { name: calm(name) }));
}

function done(client: QueryClient, call: Promise<Conversation>, title: string, then?: () => void): void {
  patchAnswer(client, call).then(() => { toast({ tone: 'good', title }); then?.(); }, toastError);
}

/** What the command bar offers for the open conversation: macros, and handing it off. */
export function useChatCommands({ id }: Conversation): void {
  const client = useQueryClient();
  const may = useMay('inbox.reply');
  const { data: macros } = useQuery({ ...macrosQuery, enabled: may });
  const { data: teams } = useQuery({ ...teamsQuery, enabled: may });
  const commands = useMemo<Command[]>(() => {
    if (!may) return [];
    const handOff = (team_id: string | null) => { done(client, answer(api.POST('/api/v1/conversations/{id}/hand-off', { params: { path: { id } }, body: { team_id } })), t('desk.queue.handedOff'), () => { void client.invalidateQueries({ queryKey: queueQuery.queryKey }); }); };
    return [
      ...(macros ?? []).map((macro) => ({ id: `macro-${macro.id}`, group: t('desk.macros.group'), title: t('desk.macros.run', { name: calm(macro.name) }), icon: <IconListCheck size={17} />, run: () => { runMacro(client, id, macro); } })),
      { id: 'hand-off', group: t('inbox.commands.group'), title: t('desk.queue.handOff'), icon: <IconUsersGroup size={17} />, run: () => { handOff(null); } },
      ...(teams ?? []).map((team) => ({ id: `hand-off-${team.id}`, group: t('inbox.commands.group'), title: t('desk.queue.handOffTo', { name: calm(team.name) }), icon: <IconUsersGroup size={17} />, run: () => { handOff(team.id); } })),
    ];
  }, [client, id, macros, may, teams]);
  useCommands(commands);
}
