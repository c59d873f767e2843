import { memo } from 'react';
import type { Conversation } from '@/api/types';
import { Avatar } from '@/design/Avatar';
import { t } from '@/lib/i18n';
import { listTime, stampOf } from '@/lib/dates';
import { isWide } from '@/lib/screen';
import { queryClient } from '@/query-client';
import type { View } from '../address';
import { useDraft } from '../drafts';
import { nameOf } from '../names';
import { previewOf } from '../preview';
import { KindIcon } from '../kinds/KindIcon';
import { Ticks } from '../thread/Ticks';
import { InboxLink } from './InboxLink';
import { RowLabels, RowMarks } from './RowMarks';
import { toggle } from './selection';
import { pointAt } from './usePrefetch';
import classes from './List.module.css';

interface ConversationRowProps {
  conversation: Conversation;
  active: boolean;
  selected: boolean;
  now: number;
  view: View;
  q: string;
  /** Marks everything from where marking began. */
  onRange: (id: string) => void;
}

export const ConversationRow = memo(function ConversationRow({ conversation, active, selected, now, view, q, onRange }: ConversationRowProps) {
  const { id, contact, last_message: last, unread_count: unread } = conversation;
  const name = nameOf(contact);
  return (
    <>
      <InboxLink
        search={{ c: id, view: view === 'open' ? undefined : view, q: q || undefined }}
        replace={isWide()}
        className={classes.row}
        aria-current={active ? 'true' : undefined}
        data-unread={unread > 0 || undefined}
        data-selected={selected || undefined}
        onPointerEnter={() => { pointAt(queryClient, id); }}
        onPointerLeave={() => { pointAt(queryClient, null); }}
        data-done={conversation.state === 'resolved' || undefined}
        onContextMenu={(event) => {
          // A finger that stays marks; the mouse keeps its menu.
          if (!(event.nativeEvent instanceof PointerEvent) || event.nativeEvent.pointerType !== 'touch') return;
          event.preventDefault();
          toggle(id);
        }}
        onClick={(event) => {
          // As everywhere: Ctrl adds one, Shift adds all up to here.
          if (!event.shiftKey && !event.ctrlKey && !event.metaKey) return;
          event.preventDefault();
          if (event.shiftKey) onRange(id);
          else toggle(id);
        }}
      >
        <Avatar name={name} seed={contact.id} />
        <span className={classes.body}>
          <span className={classes.top}>
            <b><bdi>{name}</bdi></b>
            <RowLabels conversation={conversation} />
            {last ? <time dateTime={last.created_at} title={stampOf(last.created_at)}>{listTime(last.created_at, now)}</time> : null}
          </span>
          <span className={classes.bottom}>
            <LastLine conversation={conversation} />
            <RowMarks conversation={conversation} now={now} />
          </span>
        </span>
      </InboxLink>
      <label className={classes.check}><input type="checkbox" checked={selected} aria-label={t('list.row.select', { name })} onChange={() => { toggle(id); }} /></label>
    </>
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
