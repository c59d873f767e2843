import { useQuery } from '@tanstack/react-query';
import { useMay } from '@/api/session';
import type { Conversation } from '@/api/types';
import { Avatar } from '@/design/Avatar';
import { CopyText } from '@/design/CopyText';
import { Facts } from '@/design/Facts';
import { IconButton } from '@/design/IconButton';
import { IconX } from '@/design/icons';
import { dateOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { useNow } from '@/lib/now';
import { readablePhone } from '@/lib/phones';
import { colleagueName, nameOf } from './names';
import { contactQuery } from './queries';
import { windowLeft } from './window';
import classes from './PersonPanel.module.css';

interface PersonPanelProps {
  conversation: Conversation;
  onClose: () => void;
}

/** Who this is. */
export function PersonPanel({ conversation, onClose }: PersonPanelProps) {
  const { contact, assignee, window_expires_at: expiresAt } = conversation;
  const now = useNow();
  const { data: known } = useQuery({ ...contactQuery(contact.id), enabled: useMay('contacts.read') });
  const left = windowLeft(expiresAt, now);
  const optedOut = known?.marketing_opted_out_at;
  return (
    <aside className={classes.person} aria-label={t('inbox.person.label')}>
      <header className={classes.head}>
        <Avatar name={nameOf(contact)} seed={contact.id} size="lg" />
        <IconButton label={t('inbox.person.close')} onClick={onClose}><IconX size={16} /></IconButton>
      </header>
      <h3><bdi>{nameOf(contact)}</bdi></h3>
      {contact.phone ? <CopyText text={readablePhone(contact.phone)} label={t('inbox.person.copyPhone')} /> : <p className={classes.note}>{t('inbox.person.noPhone')}</p>}
      <div className={classes.facts}>
        <Facts
          items={[
            { label: t('inbox.person.window'), value: <span data-tone={left.low ? 'warn' : left.open ? 'good' : 'quiet'}>{left.open ? t('inbox.window.openUntil', { left: left.short }) : t('inbox.window.closed')}</span> },
            { label: t('inbox.person.assignee'), value: assignee ? <bdi>{colleagueName(assignee)}</bdi> : t('inbox.person.nobody') },
            { label: t('inbox.person.username'), value: known?.username },
            { label: t('inbox.person.firstSeen'), value: known ? dateOf(known.created_at) : null },
            { label: t('inbox.person.marketing'), value: known ? (optedOut ? t('inbox.person.optedOut', { date: dateOf(optedOut) }) : t('inbox.person.optedIn')) : null },
          ]}
        />
      </div>
      {contact.user_id ? (
        <div className={classes.id}>
          <h4>{t('inbox.person.userId')}</h4>
          <CopyText text={contact.user_id} label={t('inbox.person.copyId')} />
        </div>
      ) : null}
    </aside>
  );
}
