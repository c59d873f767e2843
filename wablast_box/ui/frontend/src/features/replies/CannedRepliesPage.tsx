import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { may, useSession } from '@/api/session';
import type { CannedReply } from '@/api/types';
import { Ago } from '@/design/Ago';
import { Badge } from '@/design/Badge';
import { Button } from '@/design/Button';
import { EmptyState } from '@/design/EmptyState';
import { TextField } from '@/design/Field';
import { IconBolt, IconPaperclip, IconPlus, IconSearch } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { PageHeader } from '@/design/PageHeader';
import { Page } from '@/design/Panel';
import { type Column, Table } from '@/design/Table';
import { t } from '@/lib/i18n';
import { calm, cut } from '@/lib/plain';
import { cannedQuery, matching } from './queries';
import { ReplySheet } from './ReplySheet';
import classes from './Replies.module.css';

/** Words kept ready: everybody's and one's own. */
export function CannedRepliesPage() {
  const session = useSession();
  const replies = useQuery(cannedQuery);
  const [query, setQuery] = useState('');
  const [open, setOpen] = useState<CannedReply | 'new' | null>(null);
  const mayShare = may(session, 'replies.write_shared');
  const create = may(session, 'replies.write_own') ? <Button leftSection={<IconPlus size={14} />} onClick={() => { setOpen('new'); }}>{t('composer.canned.create')}</Button> : null;
  const mayOpen = (reply: CannedReply) => !reply.shared || mayShare;
  return (
    <Page width="wide">
      <PageHeader title={t('composer.canned.title')} help={t('composer.canned.help')} actions={replies.data?.length ? create : null} />
      <Loaded query={replies}>
        {(all) => (
          <>
            {all.length > 0 ? <TextField className={classes.search} type="search" leftSection={<IconSearch size={14} aria-hidden />} aria-label={t('composer.canned.search')} placeholder={t('composer.canned.search')} value={query} onChange={(event) => { setQuery(event.currentTarget.value); }} /> : null}
            <Table
              label={t('composer.canned.title')}
              columns={columns(setOpen, mayOpen)}
              rows={matching(all, query)}
              rowKey={(reply) => reply.id}
              empty={all.length > 0
                ? <EmptyState icon={<IconSearch size={22} stroke={1.6} />} title={t('composer.canned.noHits', { q: query })} />
                : <EmptyState icon={<IconBolt size={22} stroke={1.6} />} title={t('composer.canned.none')} help={t('composer.canned.noneHelp')} action={create} />}
            />
          </>
        )}
      </Loaded>
      {open ? <ReplySheet key={open === 'new' ? 'new' : open.id} reply={open === 'new' ? null : open} mayShare={mayShare} onClose={() => { setOpen(null); }} /> : null}
    </Page>
  );
}

const SHOWN = 140;

const columns = (onOpen: (reply: CannedReply) => void, mayOpen: (reply: CannedReply) => boolean): Column<CannedReply>[] => [
  {
    key: 'shortcut',
    title: t('composer.canned.shortcut'),
    width: '170px',
    cell: (reply) => (mayOpen(reply)
      ? <button type="button" className={classes.shortcut} onClick={() => { onOpen(reply); }}>/{calm(reply.shortcut)}</button>
      : <span className={classes.shortcut}>/{calm(reply.shortcut)}</span>),
  },
  { key: 'text', title: t('composer.canned.text'), cell: (reply) => <span className={classes.text} dir="auto">{reply.media ? <IconPaperclip size={13} role="img" aria-label={t('composer.suggestions.file')} /> : null}{cut(calm(reply.text), SHOWN)}</span> },
  { key: 'whose', title: t('composer.canned.whose'), width: '130px', minor: true, cell: (reply) => <Badge tone={reply.shared ? 'good' : 'plain'}>{t(reply.shared ? 'composer.canned.everybody' : 'composer.canned.yours')}</Badge> },
  { key: 'changed', title: t('composer.canned.changed'), width: '120px', minor: true, cell: (reply) => <Ago at={reply.updated_at} /> },
];
