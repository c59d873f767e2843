import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { Conversation } from '@/api/types';
import { useSession } from '@/api/session';
import { Avatar } from '@/design/Avatar';
import { plural, t } from '@/lib/i18n';
import { listTime, stampOf } from '@/lib/dates';
import type { Filter } from '../address';
import { useDraft } from '../drafts';
import { colleagueName, nameOf } from '../names';
import { previewOf } from '../preview';
import { KindIcon } from '../kinds/KindIcon';
import { Ticks } from '../thread/Ticks';
import { WindowChip } from './WindowChip';
import classes from './List.module.css';

interface ConversationRowProps {
  conversation: Conversation;
  active: boolean;
  now: number;
  filter: Filter;
}

export const ConversationRow = memo(function ConversationRow({ conversation, active, now, filter }: ConversationRowProps) {
  const { id, contact, last_message: last, unread_count: unread, assignee } = conversation;
  const me = useSession().user?.id;
  const name = nameOf(contact);
  return (
    <Link
      to="/inbox"
      search={{ c: id, filter: filter === 'all' ? undefined : filter }}
      replace={window.innerWidth > 760}
      className={classes.row}
      aria-current={active ? 'true' : undefined}
      data-unread={unread > 0 || undefined}
    >
      <Avatar name={name} seed={contact.id} />
      <span className={classes.body}>
        <span className={classes.top}>
          <b><bdi>{name}</bdi></b>
          {last ? <time dateTime={last.created_at} title={stampOf(last.created_at)}>{listTime(last.created_at, now)}</time> : null}
        </span>
        <span className={classes.bottom}>
          <LastLine conversation={conversation} />
          <span className={classes.side}>
            {assignee && assignee.id !== me ? <span title={t('inbox.list.assignedTo', { name: colleagueName(assignee) })}><Avatar name={colleagueName(assignee)} seed={assignee.id} size="xs" /></span> : null}
            <WindowChip expiresAt={conversation.window_expires_at} now={now} />
            {unread > 0 ? (
              <span className={classes.unread}>
                <span aria-hidden>{unread > 99 ? '99+' : unread}</span>
                <span className="hidden-text">{plural('inbox.list.unread', unread)}</span>
              </span>
            ) : null}
          </span>
        </span>
      </span>
    </Link>
  );
});

interface LastLineProps {
  conversation: Conversation;
}

function LastLine({ conversation: { id, last_message: last } }: LastLineProps) {
  const draft = useDraft(id);
  if (draft) return <span className={classes.last}><em>{t('inbox.list.draft')}</em> <bdi>{draft}</bdi></span>;
  if (!last) return <span className={classes.last} />;
  return (
    <span className={classes.last} data-failed={last.state === 'failed' || undefined}>
      {last.direction === 'out' ? <Ticks state={last.state} /> : null}
      <KindIcon message={last} />
      <bdi>{previewOf(last)}</bdi>
    </span>
  );
}
