import { Menu } from '@mantine/core';
import { useMay } from '@/api/session';
import type { Conversation } from '@/api/types';
import { IconButton } from '@/design/IconButton';
import { IconArrowBackUp, IconCircleCheck, IconCircleDashed, IconClockPause, IconDots, IconMail, IconTag, IconUsersGroup } from '@/design/icons';
import { t } from '@/lib/i18n';
import { AskedMenu } from '../AskedMenu';
import { act } from './act';
import { ask } from './pickers';
import classes from './List.module.css';

interface HeadActionsProps {
  conversation: Conversation;
}

/** What is done with the open conversation, for those who use the mouse or a phone. */
export function HeadActions({ conversation }: HeadActionsProps) {
  const mayClose = useMay('inbox.close');
  const mayReply = useMay('inbox.reply');
  const one = [conversation];
  const isDone = conversation.state === 'resolved';
  return (
    <>
      {mayClose ? <IconButton label={conversation.state === 'snoozed' ? t('list.do.unsnooze') : t('list.do.snooze')} keys="s" onClick={() => { if (conversation.state === 'snoozed') void act(one, { action: 'unsnooze' }); else ask('snooze', one); }} pressed={conversation.state === 'snoozed'} className={classes.roomy}><IconClockPause size={17} stroke={1.7} /></IconButton> : null}
      {mayClose ? <IconButton label={isDone ? t('list.do.reopen') : t('list.do.resolve')} keys="e" onClick={() => { void act(one, { action: isDone ? 'reopen' : 'resolve' }); }}>{isDone ? <IconArrowBackUp size={17} stroke={1.7} /> : <IconCircleCheck size={17} stroke={1.7} />}</IconButton> : null}
      {mayReply ? (
        <AskedMenu position="bottom-end" width={220} target={<IconButton label={t('list.do.more')}><IconDots size={17} stroke={1.7} /></IconButton>}>
          {mayClose && conversation.state !== 'snoozed' ? <Menu.Item leftSection={<IconClockPause size={15} />} onClick={() => { ask('snooze', one); }}>{t('list.do.snooze')}</Menu.Item> : null}
          <Menu.Item leftSection={<IconTag size={15} />} onClick={() => { ask('tag', one); }}>{t('list.do.tag')}</Menu.Item>
          <Menu.Item leftSection={<IconUsersGroup size={15} />} onClick={() => { ask('team', one); }}>{t('list.do.team')}</Menu.Item>
          <Menu.Item leftSection={<IconMail size={15} />} onClick={() => { void act(one, { action: 'unread' }); }}>{t('list.do.unread')}</Menu.Item>
          {mayClose ? <Menu.Item leftSection={<IconCircleDashed size={15} />} onClick={() => { void act(one, { action: conversation.state === 'pending' ? 'reopen' : 'pending' }); }}>{conversation.state === 'pending' ? t('list.do.reopen') : t('list.do.pending')}</Menu.Item> : null}
        </AskedMenu>
      ) : null}
    </>
  );
}
