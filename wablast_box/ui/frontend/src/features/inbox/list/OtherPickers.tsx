import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '@/api/client';
import { may, useMay, useSession } from '@/api/session';
import type { Conversation, Tag } from '@/api/types';
import { Avatar } from '@/design/Avatar';
import { IconPlus, IconUserX, IconUsersGroup } from '@/design/icons';
import { t } from '@/lib/i18n';
import { toastError } from '@/lib/toasts';
import { colleaguesQuery } from '../queries';
import { act } from './act';
import { Picker, type Option } from './Picker';
import { tagsQuery, useKnown } from './queries';
import { colorFor, TagDot } from './TagLabel';

interface PickerFor {
  targets: Conversation[];
  onClose: () => void;
}

/** Each tag is on all, on some or on none; choosing turns it round. */
export function TagPicker({ targets, onClose }: PickerFor) {
  const client = useQueryClient();
  const { tags } = useKnown();
  const mayMake = useMay('tags.write');
  const [now, setNow] = useState(targets);
  const change = (add: Tag[], remove: Tag[]) => {
    setNow((before) => before.map((one) => ({ ...one, tags: [...one.tags.filter((tag) => !remove.some((gone) => gone.id === tag.id)), ...add] })));
    void act(now, { action: 'tag', add, remove });
  };
  const options: Option[] = tags.map((tag) => {
    const on = now.filter((one) => one.tags.some((own) => own.id === tag.id)).length;
    const all = on === now.length;
    return { key: tag.id, title: tag.name, icon: <TagDot color={tag.color} />, checked: all || (on > 0 && 'some'), run: () => { change(all ? [] : [tag], all ? [tag] : []); } };
  });
  const make = (name: string): Option | null => {
    if (!mayMake || tags.some((tag) => tag.name.toLocaleLowerCase() === name.toLocaleLowerCase())) return null;
    const run = () => {
      answer(api.POST('/api/v1/tags', { body: { name, color: colorFor(name) } })).then(
        async (tag) => {
          await client.invalidateQueries(tagsQuery);
          change([tag], []);
        },
        toastError,
      );
    };
    return { key: 'new', title: t('list.pick.tagCreate', { name }), icon: <IconPlus size={15} />, run };
  };
  return <Picker title={t('list.pick.tagTitle')} options={options} empty={t('list.pick.tagNone')} onClose={onClose} many own={make} />;
}

export function AssignPicker({ targets, onClose }: PickerFor) {
  const session = useSession();
  const mayAssign = may(session, 'inbox.assign');
  const { data: colleagues = [] } = useQuery({ ...colleaguesQuery, enabled: mayAssign && may(session, 'users.names') });
  const me = session.user;
  const assign = (user: { id: string; name: string } | null) => () => { void act(targets, { action: 'assign', user }); };
  const options: Option[] = [
    ...(me ? [{ key: 'me', title: t('list.pick.assignMe', { name: me.name }), icon: <Avatar name={me.name} seed={me.id} size="xs" />, run: assign(me) }] : []),
    ...colleagues.filter((one) => one.id !== me?.id).map((one) => ({ key: one.id, title: one.name, icon: <Avatar name={one.name} seed={one.id} size="xs" />, run: assign(one) })),
    { key: 'nobody', title: t('list.pick.assignNobody'), icon: <IconUserX size={16} stroke={1.7} />, run: assign(null) },
  ];
  return <Picker title={t('list.pick.assignTitle')} options={options} empty="" onClose={onClose} />;
}

export function TeamPicker({ targets, onClose }: PickerFor) {
  const { teams } = useKnown();
  const options: Option[] = teams.map((one) => ({
    key: one.id, title: one.name, icon: <IconUsersGroup size={16} stroke={1.7} />, run: () => { void act(targets, { action: 'team', team: { id: one.id, name: one.name } }); },
  }));
  const none: Option = { key: 'none', title: t('list.pick.teamNone'), run: () => { void act(targets, { action: 'team', team: null }); } };
  return <Picker title={t('list.pick.teamTitle')} options={teams.length > 0 ? [...options, none] : []} empty={t('list.pick.teamsNone')} onClose={onClose} />;
}
