import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ContactDetail, HistoryEntry } from '@/api/types';
import { Button } from '@/design/Button';
import { ErrorState } from '@/design/ErrorState';
import { IconAd2, IconHistory, IconMessage2, IconNote, IconPencil } from '@/design/icons';
import { Sheet } from '@/design/Sheet';
import { SkeletonLines } from '@/design/Skeletons';
import { nameOf } from '@/features/inbox/names';
import { dateOf, stampOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { historyQuery } from '../queries';
import { told } from './history';
import { Part } from './Part';
import classes from './Card.module.css';

const ICONS: Record<string, typeof IconHistory> = { chat: IconMessage2, note: IconNote, ad: IconAd2, change: IconPencil };
const FEW_NOTES = 3;
const FEW = 5;

interface HistoryPartProps {
  contact: ContactDetail;
}

/** Notes on top, then what happened, newest first; all of it one press away. */
export function HistoryPart({ contact }: HistoryPartProps) {
  const [all, setAll] = useState(false);
  const query = useInfiniteQuery(historyQuery(contact.id));
  const entries = query.data?.pages.flatMap((page) => page.items) ?? [];
  const notes = entries.filter((entry) => entry.note).slice(0, FEW_NOTES);
  const rest = entries.filter((entry) => !entry.note).slice(0, FEW);
  return (
    <>
      <Part title={t('contacts.card.notes')}>
        {query.isPending ? <SkeletonLines /> : notes.length === 0 ? <p className={classes.quiet}>{t('contacts.card.noNotes')}</p> : <Entries entries={notes} />}
      </Part>
      <Part title={t('contacts.card.history')} action={entries.length > 0 ? <Button kind="link" size="compact-xs" onClick={() => { setAll(true); }}>{t('contacts.card.historyAll')}</Button> : null}>
        {query.isError && entries.length === 0 ? <ErrorState error={query.error} onRetry={() => { void query.refetch(); }} /> : null}
        {query.isSuccess && entries.length === 0 ? <p className={classes.quiet}>{t('contacts.history.none')}</p> : <Entries entries={rest} />}
      </Part>
      <Sheet opened={all} title={t('contacts.card.historyTitle', { name: nameOf(contact) })} onClose={() => { setAll(false); }}>
        <Entries entries={entries} />
        {query.hasNextPage ? <div className={classes.foot}><Button kind="quiet" loading={query.isFetchingNextPage} onClick={() => { void query.fetchNextPage(); }}>{t('contacts.card.older')}</Button></div> : null}
      </Sheet>
    </>
  );
}

function Entries({ entries }: { entries: HistoryEntry[] }) {
  return <ul className={classes.history}>{entries.map((entry) => <Entry key={`${entry.kind} ${entry.id}`} entry={entry} />)}</ul>;
}

function Entry({ entry }: { entry: HistoryEntry }) {
  const Icon = ICONS[entry.kind] ?? IconHistory;
  const { words, quote, note } = told(entry);
  return (
    <li className={classes.entry}>
      <Icon size={15} stroke={1.7} aria-hidden />
      <div>
        <p>{entry.chat ? <Link to="/inbox" search={{ c: entry.chat.conversation_id, m: entry.chat.message_id }}>{words}</Link> : words}</p>
        {quote ? <blockquote data-plain={note ? undefined : true}><bdi>{quote}</bdi></blockquote> : null}
        <time dateTime={entry.at} title={stampOf(entry.at)}>{dateOf(entry.at)}</time>
      </div>
    </li>
  );
}
