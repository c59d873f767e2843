import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { answer, api } from '@/api/client';
import { useMay } from '@/api/session';
import type { SavedView } from '@/api/types';
import { Button } from '@/design/Button';
import { Dialog } from '@/design/Dialog';
import { Fields, SwitchField, TextField } from '@/design/Field';
import { t } from '@/lib/i18n';
import { problemOf } from '@/api/errors';
import { toast } from '@/lib/toasts';
import { viewsQuery } from './queries';
import classes from './Views.module.css';

interface ViewDialogProps {
  /** None: a new one. */
  view: SavedView | null;
  words: string;
  onClose: () => void;
}

export function ViewDialog({ view, words, onClose }: ViewDialogProps) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const mayShare = useMay('desk.write');
  const [name, setName] = useState(view?.name ?? '');
  const [shared, setShared] = useState(view?.shared ?? false);
  const save = useMutation({
    mutationFn: () => (view
      ? answer(api.PATCH('/api/v1/views/{id}', { params: { path: { id: view.id } }, body: { name } }))
      : answer(api.POST('/api/v1/views', { body: { name, q: words, shared } }))),
    onSuccess: async (kept) => {
      await client.invalidateQueries(viewsQuery);
      if (!view) {
        toast({ tone: 'good', title: t('list.views.kept') });
        void navigate({ to: '/inbox', search: ({ c }) => ({ c, view: `saved-${kept.id}` as const }), replace: true });
      }
      onClose();
    },
  });
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Dialog title={view ? t('list.views.renameTitle') : t('list.views.saveTitle')} onClose={onClose} size={420}>
      <form onSubmit={handleSubmit}>
        <Fields>
          <TextField
            label={t('list.views.name')}
            description={<code className={classes.words}>{t('list.views.nameHelp', { words: words || t('list.views.everything') })}</code>}
            value={name}
            onChange={(event) => { setName(event.currentTarget.value); }}
            error={save.isError ? problemOf(save.error).message : undefined}
            maxLength={60}
            required
            data-autofocus
          />
          {mayShare && !view ? <SwitchField checked={shared} onChange={(event) => { setShared(event.currentTarget.checked); }} label={t('list.views.forEverybody')} /> : null}
          <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>{t('common.save')}</Button>
        </Fields>
      </form>
    </Dialog>
  );
}
