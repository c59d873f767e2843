import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useMay } from '@/api/session';
import { Button } from '@/design/Button';
import { EmptyState } from '@/design/EmptyState';
import { ErrorState } from '@/design/ErrorState';
import { IconAddressBook, IconPlus } from '@/design/icons';
import { SkeletonPeople } from '@/design/Skeletons';
import { problemOf } from '@/api/errors';
import { type Command, useCommands } from '@/lib/commands';
import { plural, t } from '@/lib/i18n';
import { ContactSheet } from './ContactSheet';
import { ContactTable } from './ContactTable';
import { CreateSheet } from './CreateSheet';
import { FilterTools } from './FilterTools';
import { contactCountQuery, contactsQuery, useArrivals } from './queries';
import classes from './Contacts.module.css';

const route = getRouteApi('/inside/contacts');

/** Everybody who writes in, and who was entered: found by words, tags and what is known of them. */
export function ContactsPage() {
  const { q = '', id } = route.useSearch();
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);
  const mayCreate = useMay('contacts.write');
  const query = useInfiniteQuery(contactsQuery(q));
  const count = useQuery(contactCountQuery(q)).data;
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  useArrivals(rows[0]?.id);
  const go = (next: { q?: string; id?: string }) => { void navigate({ to: '/contacts', search: (before) => ({ ...before, ...next }), replace: next.q !== undefined }); };
  const commands = useMemo<Command[]>(() => (mayCreate ? [{ id: 'contacts.create', group: t('contacts.title'), title: t('contacts.create'), keys: 'c', run: () => { setCreating(true); } }] : []), [mayCreate]);
  useCommands(commands);
  const isMisread = query.isError && problemOf(query.error).code === 'invalid_filter';
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>{t('contacts.title')}{count === undefined ? null : <small>{plural('contacts.counted', count)}</small>}</h1>
        {mayCreate ? <Button leftSection={<IconPlus size={14} />} onClick={() => { setCreating(true); }}>{t('contacts.create')}</Button> : null}
      </header>
      <FilterTools q={q} error={isMisread ? query.error : null} onChange={(next) => { go({ q: next }); }} />
      {query.isPending ? <SkeletonPeople rows={12} /> : null}
      {query.isError && !isMisread && rows.length === 0 ? <ErrorState error={query.error} onRetry={() => { void query.refetch(); }} /> : null}
      {query.isSuccess && rows.length === 0 ? <EmptyState icon={<IconAddressBook size={22} stroke={1.6} />} title={q ? t('contacts.nothing.title') : t('contacts.none.title')} help={q ? t('contacts.nothing.help') : t('contacts.none.help')} /> : null}
      {rows.length > 0 ? <ContactTable rows={rows} active={id} hasMore={query.hasNextPage} busy={query.isFetchingNextPage} onMore={() => { void query.fetchNextPage(); }} onOpen={(next) => { go({ id: next }); }} /> : null}
      {id ? <ContactSheet key={id} id={id} onClose={() => { go({ id: undefined }); }} onOpen={(next) => { go({ id: next }); }} /> : null}
      {creating ? <CreateSheet onClose={() => { setCreating(false); }} onOpen={(next) => { go({ id: next }); }} /> : null}
    </div>
  );
}
