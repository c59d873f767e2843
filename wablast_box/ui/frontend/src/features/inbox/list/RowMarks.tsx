import { useSession } from '@/api/session';
import type { Conversation } from '@/api/types';
import { Avatar } from '@/design/Avatar';
import { IconBan, IconBellRinging, IconCircleCheck, IconCircleDashed, IconZzz } from '@/design/icons';
import { listTime, stampOf } from '@/lib/dates';
import { plural, t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { colleagueName } from '../names';
import { TagLabel } from './TagLabel';
import { WaitMark } from './WaitMark';
import { WindowChip } from './WindowChip';
import classes from './List.module.css';

interface MarksProps {
  conversation: Conversation;
  now: number;
}

/** At the end of the second line: state, who answers, how long one may write, how much is new. */
export function RowMarks({ conversation, now }: MarksProps) {
  const { assignee, unread_count: unread, window_expires_at: expiresAt, state } = conversation;
  const me = useSession().user?.id;
  return (
    <span className={classes.side}>
      {conversation.contact.blocked ? <span className={classes.mark} data-tone="bad" role="img" aria-label={t('contacts.blocked')} title={t('contacts.blocked')}><IconBan size={14} stroke={1.8} /></span> : null}
      <StateMark conversation={conversation} now={now} />
      {state === 'open' || state === 'pending' ? <WaitMark conversation={conversation} now={now} /> : null}
      {assignee && assignee.id !== me ? <span title={t('inbox.list.assignedTo', { name: colleagueName(assignee) })}><Avatar name={colleagueName(assignee)} seed={assignee.id} size="xs" /></span> : null}
      {state === 'resolved' || conversation.contact.blocked ? null : <WindowChip expiresAt={expiresAt} freeUntil={conversation.free_entry_until} now={now} />}
      {unread > 0 ? (
        <span className={classes.unread}>
          <span aria-hidden>{unread > 99 ? '99+' : unread}</span>
          <span className="hidden-text">{plural('inbox.list.unread', unread)}</span>
        </span>
      ) : null}
    </span>
  );
}

function StateMark({ conversation: { state, snoozed_until: until, reminder }, now }: MarksProps) {
  if (state === 'snoozed') {
    const words = [until ? t('list.row.snoozed', { until: stampOf(until) }) : t('list.row.snoozedReply'), ...(reminder ? [t('list.row.reminder', { words: calm(reminder) })] : [])].join('. ');
    return <span className={classes.mark} role="img" aria-label={words} title={words}><IconZzz size={14} stroke={1.8} />{until ? <time dateTime={until}>{listTime(until, now)}</time> : null}</span>;
  }
  if (reminder) {
    const words = t('list.row.reminder', { words: calm(reminder) });
    return <span className={classes.mark} data-tone="warn" role="img" aria-label={words} title={words}><IconBellRinging size={14} stroke={1.8} /></span>;
  }
  if (state === 'pending') return <span className={classes.mark} role="img" aria-label={t('list.row.pending')} title={t('list.row.pending')}><IconCircleDashed size={14} stroke={1.8} /></span>;
  if (state === 'resolved') return <span className={classes.mark} data-tone="good" role="img" aria-label={t('list.row.resolved')} title={t('list.row.resolved')}><IconCircleCheck size={14} stroke={1.8} /></span>;
  return null;
}

const SHOWN = 2;

interface LabelsProps {
  conversation: Conversation;
}

/** Behind the name: the team and the tags, as far as there is room. */
export function RowLabels({ conversation: { tags, team } }: LabelsProps) {
  if (tags.length === 0 && !team) return null;
  const more = tags.slice(SHOWN);
  return (
    <span className={classes.labels}>
      {team ? <span className={classes.team} title={t('list.row.team', { name: team.name })}><bdi>{team.name}</bdi></span> : null}
      {tags.slice(0, SHOWN).map((tag) => <TagLabel key={tag.id} tag={tag} />)}
      {more.length > 0 ? <span className={classes.team} title={more.map((tag) => tag.name).join(', ')}>{`+${String(more.length)}`}</span> : null}
    </span>
  );
}
