import { useElementSize } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { EmptyState } from '@/design/EmptyState';
import { ErrorState } from '@/design/ErrorState';
import { IconMessage2 } from '@/design/icons';
import { Keys } from '@/design/Keys';
import { type Command, useCommands } from '@/lib/commands';
import { keyCaps } from '@/lib/keys';
import { t } from '@/lib/i18n';
import { recall, remember } from '@/lib/storage';
import { ConversationList } from './list/ConversationList';
import { nameOf } from './names';
import { PersonPanel } from './PersonPanel';
import { conversationQuery } from './queries';
import { Thread } from './thread/Thread';
import { ThreadHead } from './thread/ThreadHead';
import { findConversation, useInboxLive } from './useInboxLive';
import classes from './InboxPage.module.css';
import threadClasses from './thread/Thread.module.css';

const route = getRouteApi('/inside/inbox');
const ROOMY = 1100;

/** List, conversation, customer. Narrower windows fold the customer away, a phone shows one of the first two. */
export function InboxPage() {
  const { c, m, filter = 'all' } = route.useSearch();
  const { ref, width } = useElementSize();
  const [choice, setChoice] = useState(recall('details'));
  const [over, setOver] = useState(false);
  const roomy = width >= ROOMY;
  const details = roomy ? choice !== 'closed' : over;
  useInboxLive();
  const toggle = useMemo(() => () => {
    if (!roomy) {
      setOver((before) => !before);
      return;
    }
    setChoice((before) => {
      const next = before === 'closed' ? null : 'closed';
      remember('details', next);
      return next;
    });
  }, [roomy]);
  const commands = useMemo<Command[]>(() => [{ id: 'details', group: t('inbox.commands.group'), title: t('inbox.commands.details'), keys: 'd', run: toggle }], [toggle]);
  useCommands(commands);
  return (
    <div ref={ref} className={classes.grid} data-chosen={c !== undefined || undefined} data-details={(details && c !== undefined) || undefined}>
      <ConversationList filter={filter} active={c} />
      {c === undefined ? <Nothing /> : <Chosen key={c} id={c} at={m} details={details} onDetails={toggle} />}
    </div>
  );
}

interface ChosenProps {
  id: string;
  at: string | undefined;
  details: boolean;
  onDetails: () => void;
}

function Chosen({ id, at, details, onDetails }: ChosenProps) {
  const client = useQueryClient();
  const query = useQuery({ ...conversationQuery(id), placeholderData: () => findConversation(client, id) });
  const conversation = query.data;
  if (query.isError && !conversation) return <div className={classes.nothing}><ErrorState error={query.error} onRetry={() => { void query.refetch(); }} /></div>;
  if (!conversation) return <div className={classes.nothing} aria-busy />;
  return (
    <>
      <section className={threadClasses.thread} aria-label={t('inbox.thread.label', { name: nameOf(conversation.contact) })}>
        <ThreadHead conversation={conversation} details={details} onDetails={onDetails} />
        <Thread conversation={conversation} at={at} />
      </section>
      {details ? <PersonPanel conversation={conversation} onClose={onDetails} /> : null}
    </>
  );
}

function Nothing() {
  return (
    <div className={classes.nothing}>
      <EmptyState icon={<IconMessage2 size={22} stroke={1.6} />} title={t('inbox.choose.title')} help={t('inbox.choose.help', { keys: keyCaps('mod+k').join(' ') })} action={<Keys shortcut="j k" />} />
    </div>
  );
}
