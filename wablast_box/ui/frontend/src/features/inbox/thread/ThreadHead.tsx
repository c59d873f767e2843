import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useMay } from '@/api/session';
import type { Conversation } from '@/api/types';
import { IconButton } from '@/design/IconButton';
import { IconArrowLeft, IconLayoutSidebarRight } from '@/design/icons';
import { t } from '@/lib/i18n';
import { readablePhone } from '@/lib/phones';
import { useChatCommands } from '@/features/desk/useChatCommands';
import { HeadActions } from '../list/HeadActions';
import { nameOf } from '../names';
import { AssignMenu } from './AssignMenu';
import classes from './Thread.module.css';

const MacroMenu = lazy(() => import('@/features/desk/MacroMenu').then((module) => ({ default: module.MacroMenu })));

interface ThreadHeadProps {
  conversation: Conversation;
  details: boolean;
  onDetails: () => void;
}

export function ThreadHead({ conversation, details, onDetails }: ThreadHeadProps) {
  const { contact } = conversation;
  const mayReply = useMay('inbox.reply');
  useChatCommands(conversation);
  return (
    <header className={classes.head}>
      <Link className={classes.back} to="/inbox" search={({ view, q }) => ({ view, q })} aria-label={t('inbox.thread.back')}><IconArrowLeft size={20} /></Link>
      <div className={classes.who}>
        <h2><bdi>{nameOf(contact)}</bdi></h2>
        {contact.phone && contact.name ? <span>{readablePhone(contact.phone)}</span> : null}
      </div>
      <AssignMenu conversation={conversation} />
      {mayReply ? <Suspense><MacroMenu conversation={conversation} /></Suspense> : null}
      <HeadActions conversation={conversation} />
      <IconButton label={t('inbox.thread.details')} keys="d" pressed={details} onClick={onDetails}><IconLayoutSidebarRight size={17} stroke={1.7} /></IconButton>
    </header>
  );
}
