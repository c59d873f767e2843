import { Menu } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '@/api/client';
import { useMay } from '@/api/session';
import type { SavedView } from '@/api/types';
import { AskFirst } from '@/design/AskFirst';
import { IconButton } from '@/design/IconButton';
import { IconDots, IconPencil, IconTrash, IconUser, IconUsers } from '@/design/icons';
import { t } from '@/lib/i18n';
import { toast, toastError } from '@/lib/toasts';
import { viewsQuery } from './queries';
import { ViewDialog } from './ViewDialog';
import classes from './Views.module.css';

interface SavedViewMenuProps {
  view: SavedView;
}

/** One's own views are one's own business; everybody's are changed by those who run the desk. */
export function SavedViewMenu({ view }: SavedViewMenuProps) {
  const client = useQueryClient();
  const mayShare = useMay('desk.write');
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState<'rename' | 'delete' | null>(null);
  const settled = { onSuccess: () => client.invalidateQueries(viewsQuery), onError: toastError };
  const path = { params: { path: { id: view.id } } };
  const share = useMutation({ mutationFn: () => answer(api.PATCH('/api/v1/views/{id}', { ...path, body: { shared: !view.shared } })), ...settled });
  const remove = useMutation({
    mutationFn: async () => { await api.DELETE('/api/v1/views/{id}', path); },
    ...settled,
    onSuccess: async () => {
      setAsked(null);
      toast({ tone: 'good', title: t('list.views.deleted') });
      await client.invalidateQueries(viewsQuery);
    },
  });
  if (view.shared && !mayShare) return null;
  return (
    <span className={classes.menu} data-open={open || undefined}>
      <Menu opened={open} onChange={setOpen} position="bottom-end" width={210} withinPortal>
        <Menu.Target><IconButton label={t('list.views.options', { name: view.name })} size={22}><IconDots size={15} /></IconButton></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => { setAsked('rename'); }}>{t('list.views.rename')}</Menu.Item>
          {mayShare ? <Menu.Item leftSection={view.shared ? <IconUser size={15} /> : <IconUsers size={15} />} onClick={() => { share.mutate(); }}>{view.shared ? t('list.views.unshare') : t('list.views.share')}</Menu.Item> : null}
          <Menu.Item leftSection={<IconTrash size={15} />} onClick={() => { setAsked('delete'); }}>{t('list.views.delete')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asked === 'rename' ? <ViewDialog view={view} words={view.q} onClose={() => { setAsked(null); }} /> : null}
      <AskFirst opened={asked === 'delete'} title={t('list.views.deleteAsk', { name: view.name })} confirm={t('list.views.delete')} busy={remove.isPending} onConfirm={() => { remove.mutate(); }} onClose={() => { setAsked(null); }}>
        {view.shared ? t('list.views.deleteShared') : t('list.views.deleteHelp')}
      </AskFirst>
    </span>
  );
}
