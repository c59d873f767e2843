import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Tag } from '@/api/types';
import { Button } from '@/design/Button';
import { EmptyState } from '@/design/EmptyState';
import { IconPlus, IconTag } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { PageHeader } from '@/design/PageHeader';
import { Page } from '@/design/Panel';
import { type Column, Table } from '@/design/Table';
import { tagsQuery } from '@/features/inbox/list/queries';
import { TagLabel } from '@/features/inbox/list/TagLabel';
import { t } from '@/lib/i18n';
import { usageQuery } from './queries';
import { TagSheet } from './TagSheet';
import classes from './Tags.module.css';

/** The words that staff put on things: renamed, coloured, merged, deleted. */
export function TagsPage() {
  const tags = useQuery(tagsQuery);
  const usage = useQuery({ ...usageQuery, refetchOnMount: 'always' });
  const [open, setOpen] = useState<Tag | 'new' | null>(null);
  const used: Used = new Map(usage.data?.map((one) => [one.id, one]));
  const create = <Button leftSection={<IconPlus size={14} />} onClick={() => { setOpen('new'); }}>{t('tags.create')}</Button>;
  return (
    <Page width="wide">
      <PageHeader title={t('tags.title')} help={t('tags.help')} actions={tags.data?.length ? create : null} />
      <Loaded query={tags}>
        {(all) => (
          <Table
            label={t('tags.title')}
            columns={columns(setOpen, used)}
            rows={all}
            rowKey={(tag) => tag.id}
            onRow={setOpen}
            empty={<EmptyState icon={<IconTag size={22} stroke={1.6} />} title={t('tags.none')} help={t('tags.noneHelp')} action={create} />}
          />
        )}
      </Loaded>
      {open ? <TagSheet key={open === 'new' ? open : open.id} tag={open === 'new' ? null : open} others={(tags.data ?? []).filter((one) => open === 'new' || one.id !== open.id)} used={open === 'new' ? undefined : used.get(open.id)} onClose={() => { setOpen(null); }} /> : null}
    </Page>
  );
}

export interface Usage {
  conversations: number;
  contacts: number;
}
type Used = ReadonlyMap<string, Usage>;

const columns = (onOpen: (tag: Tag) => void, used: Used): Column<Tag>[] => [
  {
    key: 'name',
    title: t('tags.name'),
    cell: (tag) => <button type="button" className={classes.opener} onClick={(event) => { event.stopPropagation(); onOpen(tag); }}><TagLabel tag={tag} /></button>,
  },
  { key: 'conversations', title: t('tags.used'), width: '140px', align: 'end', cell: (tag) => used.get(tag.id)?.conversations },
  { key: 'contacts', title: t('tags.people'), width: '140px', align: 'end', minor: true, cell: (tag) => used.get(tag.id)?.contacts },
];
