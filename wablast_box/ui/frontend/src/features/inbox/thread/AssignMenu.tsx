import { Menu } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import { may, useSession } from '@/api/session';
import type { Conversation } from '@/api/types';
import { Avatar } from '@/design/Avatar';
import { Button } from '@/design/Button';
import { IconCheck, IconUserPlus, IconUserX } from '@/design/icons';
import { t } from '@/lib/i18n';
import { toastError } from '@/lib/toasts';
import { AskedMenu } from '../AskedMenu';
import { colleagueName } from '../names';
import { colleaguesQuery } from '../queries';
import { patchAnswer } from '../useInboxLive';
import classes from './Thread.module.css';

interface AssignMenuProps {
  conversation: Conversation;
}

/** Who looks after it. Agents may take a conversation, owners and admins hand it to anyone. */
export function AssignMenu({ conversation }: AssignMenuProps) {
  const session = useSession();
  const me = session.user?.id;
  const client = useQueryClient();
  const assign = useMutation({
    mutationFn: (user_id: string | null) => patchAnswer(client, answer(api.POST('/api/v1/conversations/{id}/assign', { params: { path: { id: conversation.id } }, body: { user_id } }))),
    onError: toastError,
  });
  const mayAssign = may(session, 'inbox.assign');
  const { assignee } = conversation;
  if (!mayAssign && !may(session, 'inbox.assign_self')) return assignee ? <Badge name={colleagueName(assignee)} id={assignee.id} /> : null;
  if (!mayAssign && !assignee) return <Button kind="quiet" leftSection={<IconUserPlus size={14} />} onClick={() => { assign.mutate(me ?? null); }}>{t('inbox.thread.take')}</Button>;
  const who = (
    <button type="button" className={classes.assignee} aria-label={assignee ? t('inbox.thread.assignedTo', { name: colleagueName(assignee) }) : t('inbox.thread.assign')}>
      {assignee ? <Avatar name={colleagueName(assignee)} seed={assignee.id} size="xs" /> : <IconUserPlus size={15} aria-hidden />}
      <span>{assignee ? <bdi>{colleagueName(assignee)}</bdi> : t('inbox.thread.assign')}</span>
    </button>
  );
  return (
    <AskedMenu position="bottom-end" width={230} target={who}>
      {assignee?.id !== me ? <Menu.Item leftSection={<IconUserPlus size={15} />} onClick={() => { assign.mutate(me ?? null); }}>{t('inbox.thread.take')}</Menu.Item> : null}
      {mayAssign ? <Colleagues assignee={assignee?.id} onChoose={assign.mutate} /> : null}
      {assignee ? <Menu.Item leftSection={<IconUserX size={15} />} onClick={() => { assign.mutate(null); }}>{t('inbox.thread.release')}</Menu.Item> : null}
    </AskedMenu>
  );
}

interface ColleaguesProps {
  assignee: string | undefined;
  onChoose: (id: string) => void;
}

/** Asked for when the menu opens. */
function Colleagues({ assignee, onChoose }: ColleaguesProps) {
  const session = useSession();
  const { data: colleagues = [] } = useQuery({ ...colleaguesQuery, enabled: may(session, 'users.names') });
  return colleagues.filter((one) => one.id !== session.user?.id).map((one) => (
    <Menu.Item key={one.id} leftSection={<Avatar name={one.name} seed={one.id} size="xs" />} rightSection={one.id === assignee ? <IconCheck size={14} /> : null} onClick={() => { onChoose(one.id); }}><bdi>{one.name}</bdi></Menu.Item>
  ));
}

interface BadgeProps {
  name: string;
  id: string;
}

const Badge = ({ name, id }: BadgeProps) => (
  <span className={classes.assignee}><Avatar name={name} seed={id} size="xs" /><span>{t('inbox.thread.assignedTo', { name })}</span></span>
);
