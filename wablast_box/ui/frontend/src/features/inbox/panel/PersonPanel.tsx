import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useMay } from '@/api/session';
import type { Contact, ContactDetail, Conversation } from '@/api/types';
import { Avatar } from '@/design/Avatar';
import { Button } from '@/design/Button';
import { CopyText } from '@/design/CopyText';
import { ErrorState } from '@/design/ErrorState';
import { Facts } from '@/design/Facts';
import { IconButton } from '@/design/IconButton';
import { IconDownload, IconX } from '@/design/icons';
import { SkeletonLines } from '@/design/Skeletons';
import { BlockAction, MergeAction } from '@/features/contacts/card/Actions';
import { FieldsPart } from '@/features/contacts/card/FieldsPart';
import { HistoryPart } from '@/features/contacts/card/HistoryPart';
import { Identity } from '@/features/contacts/card/Identity';
import { MarketingPart } from '@/features/contacts/card/MarketingPart';
import { TagsPart } from '@/features/contacts/card/TagsPart';
import { Twins } from '@/features/contacts/card/Twins';
import { contactQuery } from '@/features/contacts/queries';
import { dateOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { useNow } from '@/lib/now';
import { colleagueName, nameOf } from '../names';
import { windowLeft } from '../window';
import { AskNumber } from './AskNumber';
import { FlowPart } from './FlowPart';
import classes from './PersonPanel.module.css';
import cardClasses from '@/features/contacts/card/Card.module.css';

const MergeSheet = lazy(() => import('@/features/contacts/MergeSheet').then((module) => ({ default: module.MergeSheet })));
const ExportDialog = lazy(() => import('./ExportDialog').then((module) => ({ default: module.ExportDialog })));

interface PersonPanelProps {
  conversation: Conversation;
  onClose: () => void;
}

/** Who this is, what is known, and what was done. */
export function PersonPanel({ conversation, onClose }: PersonPanelProps) {
  const { contact } = conversation;
  const query = useQuery({ ...contactQuery(contact.id), enabled: useMay('contacts.read') });
  const known = query.data;
  return (
    <aside className={classes.person} aria-label={t('contacts.card.label')}>
      <header className={classes.head}>
        <Avatar name={nameOf(contact)} seed={contact.id} size="lg" />
        <IconButton label={t('contacts.card.close')} onClick={onClose}><IconX size={16} /></IconButton>
      </header>
      <Identity contact={known ?? contact} known={known} />
      <WindowFacts conversation={conversation} known={known} />
      {known ? <Known conversation={conversation} contact={known} /> : query.isError ? <ErrorState error={query.error} onRetry={() => { void query.refetch(); }} /> : query.isFetching ? <SkeletonLines /> : null}
    </aside>
  );
}

interface WindowFactsProps {
  conversation: Conversation;
  known: Contact | undefined;
}

function WindowFacts({ conversation, known }: WindowFactsProps) {
  const { assignee, contact, window_expires_at: expiresAt } = conversation;
  const left = windowLeft(expiresAt, useNow());
  return (
    <div className={classes.facts}>
      <Facts
        items={[
          { label: t('contacts.card.window'), value: <span data-tone={left.low ? 'warn' : left.open ? 'good' : 'quiet'}>{left.open ? t('inbox.window.openUntil', { left: left.short }) : t('inbox.window.closed')}</span> },
          { label: t('contacts.card.assignee'), value: assignee ? <bdi>{colleagueName(assignee)}</bdi> : t('contacts.card.nobody') },
          { label: t('contacts.card.since'), value: known ? dateOf(known.created_at) : null },
        ]}
      />
      {contact.phone ? null : <div className={classes.asks}><AskNumber conversation={conversation} open={left.open} /></div>}
    </div>
  );
}

interface KnownProps {
  conversation: Conversation;
  contact: ContactDetail;
}

function Known({ conversation, contact }: KnownProps) {
  // With whom to compare; null: somebody is looked for first.
  const [merging, setMerging] = useState<{ other: string | null } | null>(null);
  const [exporting, setExporting] = useState(false);
  const mayExport = useMay('inbox.export');
  const navigate = useNavigate();
  return (
    <>
      <Twins contact={contact} onCompare={(other) => { setMerging({ other }); }} />
      <TagsPart contact={contact} />
      <FieldsPart key={contact.id} contact={contact} />
      <FlowPart key={conversation.id} conversationId={conversation.id} />
      <MarketingPart contact={contact} />
      <HistoryPart contact={contact} />
      {contact.user_id ? <div className={classes.id}><h4>{t('contacts.card.userId')}</h4><CopyText text={contact.user_id} label={t('contacts.card.copyId')} /></div> : null}
      <div className={cardClasses.foot}>
        {mayExport ? <Button kind="quiet" size="compact-sm" leftSection={<IconDownload size={14} aria-hidden />} onClick={() => { setExporting(true); }}>{t('contacts.card.export')}</Button> : null}
        <MergeAction onMerge={() => { setMerging({ other: null }); }} />
        <BlockAction contact={contact} />
      </div>
      <Suspense>
        {merging ? <MergeSheet contact={contact} other={merging.other} onClose={() => { setMerging(null); }} onMerged={() => { void navigate({ to: '/inbox', search: (before) => before }); }} /> : null}
        {exporting ? <ExportDialog conversationId={conversation.id} onClose={() => { setExporting(false); }} /> : null}
      </Suspense>
    </>
  );
}
