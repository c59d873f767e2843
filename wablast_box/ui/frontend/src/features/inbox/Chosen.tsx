import { useQuery, useQueryClient } from '@tanstack/react-query';
import { memo } from 'react';
import { ErrorState } from '@/design/ErrorState';
import { IconBellRinging } from '@/design/icons';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { nameOf } from './names';
import { PersonPanel } from './panel/PersonPanel';
import { useFollowMerge } from './panel/useFollowMerge';
import { conversationQuery } from './queries';
import { Thread } from './thread/Thread';
import { ThreadHead } from './thread/ThreadHead';
import { findConversation } from './useInboxLive';
import classes from './InboxPage.module.css';
import listClasses from './list/List.module.css';
import threadClasses from './thread/Thread.module.css';

interface ChosenProps {
  id: string;
  at: string | undefined;
  details: boolean;
  onDetails: () => void;
}

/** The open conversation and its customer. Loaded when somebody is about to open one: the list does not need it. */
export const Chosen = memo(function Chosen({ id, at, details, onDetails }: ChosenProps) {
  const client = useQueryClient();
  const query = useQuery({ ...conversationQuery(id), placeholderData: () => findConversation(client, id) });
  useFollowMerge(id);
  const conversation = query.data;
  if (query.isError && !conversation) return <div className={classes.nothing}><ErrorState error={query.error} onRetry={() => { void query.refetch(); }} /></div>;
  if (!conversation) return <div className={classes.nothing} aria-busy />;
  return (
    <section className={threadClasses.thread} aria-label={t('inbox.thread.label', { name: nameOf(conversation.contact) })}>
      <div>
        <ThreadHead conversation={conversation} details={details} onDetails={onDetails} />
        {conversation.reminder && conversation.state === 'open' ? <p className={listClasses.reminder} role="note"><IconBellRinging size={15} stroke={1.8} aria-hidden /><bdi>{t('list.row.reminder', { words: calm(conversation.reminder) })}</bdi></p> : null}
      </div>
      <Thread conversation={conversation} at={at} />
    </section>
  );
});

interface PersonProps {
  id: string;
  onClose: () => void;
}

/** Its customer. */
export const Person = memo(function Person({ id, onClose }: PersonProps) {
  const client = useQueryClient();
  const { data: conversation } = useQuery({ ...conversationQuery(id), placeholderData: () => findConversation(client, id) });
  return conversation ? <PersonPanel conversation={conversation} onClose={onClose} /> : null;
});
