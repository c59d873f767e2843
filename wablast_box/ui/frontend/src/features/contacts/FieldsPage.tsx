import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '@/api/session';
import type { ContactField } from '@/api/types';
import { Button } from '@/design/Button';
import { EmptyState } from '@/design/EmptyState';
import { IconButton } from '@/design/IconButton';
import { IconArrowDown, IconId, IconPlus } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { PageHeader } from '@/design/PageHeader';
import { Page } from '@/design/Panel';
import { type Column, Table } from '@/design/Table';
import { plural, t } from '@/lib/i18n';
import { toastError } from '@/lib/toasts';
import { FieldSheet } from './FieldSheet';
import { fieldsQuery, useMoveField } from './queries';
import classes from './Contacts.module.css';

/** What this business wants to know of people. */
export function FieldsPage() {
  const query = useQuery({ ...fieldsQuery, refetchOnMount: 'always' });
  const may = useMay('desk.write');
  const [open, setOpen] = useState<ContactField | 'new' | null>(null);
  const move = useMoveField();
  const add = may ? <Button leftSection={<IconPlus size={14} />} onClick={() => { setOpen('new'); }}>{t('contacts.fields.add')}</Button> : null;
  const handleMove = (field: ContactField, by: number) => { move.mutate({ id: field.id, place: field.place + by }, { onError: toastError }); };
  return (
    <Page width="wide">
      <PageHeader title={t('contacts.fields.title')} help={t('contacts.fields.help')} actions={add} />
      <Loaded query={query}>
        {(fields) => (
          <Table
            label={t('contacts.fields.title')}
            columns={columns(may, fields.length, setOpen, handleMove)}
            rows={fields}
            rowKey={(field) => field.id}
            onRow={may ? setOpen : undefined}
            empty={<EmptyState icon={<IconId size={22} stroke={1.6} />} title={t('contacts.fields.none.title')} help={t('contacts.fields.none.help')} action={add} />}
          />
        )}
      </Loaded>
      {open ? <FieldSheet key={open === 'new' ? open : open.id} field={open === 'new' ? null : open} onClose={() => { setOpen(null); }} /> : null}
    </Page>
  );
}

const columns = (may: boolean, count: number, onOpen: (field: ContactField) => void, onMove: (field: ContactField, by: number) => void): Column<ContactField>[] => [
  {
    key: 'name',
    title: t('contacts.fields.name'),
    cell: (field) => (
      <span className={classes.fieldName}>
        {may ? <button type="button" aria-label={t('contacts.fields.edit', { name: field.name })} onClick={(event) => { event.stopPropagation(); onOpen(field); }}><bdi>{field.name}</bdi></button> : <bdi>{field.name}</bdi>}
        {field.choices.length > 0 ? <small>{field.choices.join(', ')}</small> : null}
      </span>
    ),
  },
  { key: 'kind', title: t('contacts.fields.kind'), width: '150px', cell: (field) => t(`contacts.kind.${field.kind}`) },
  { key: 'used', title: t('contacts.fields.used'), width: '150px', minor: true, cell: (field) => plural('contacts.fields.usedBy', field.used) },
  {
    key: 'move',
    title: '',
    width: '44px',
    align: 'end',
    cell: (field) => (may && field.place < count ? <IconButton label={t('contacts.fields.down', { name: field.name })} size={24} onClick={(event) => { event.stopPropagation(); onMove(field, 1); }}><IconArrowDown size={14} /></IconButton> : null),
  },
];
