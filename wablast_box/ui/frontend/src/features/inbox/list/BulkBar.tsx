import type { ReactNode } from 'react';
import { useMay } from '@/api/session';
import type { Conversation } from '@/api/types';
import { IconButton } from '@/design/IconButton';
import { IconCircleCheck, IconClockPause, IconMail, IconMailOpened, IconTag, IconUserPlus, IconUsersGroup, IconX } from '@/design/icons';
import { plural, t } from '@/lib/i18n';
import { act, type Deed } from './act';
import { ask } from './pickers';
import { SelectAll } from './SelectAll';
import { clearSelection } from './selection';
import { useKnown } from './queries';
import classes from './List.module.css';

interface BulkBarProps {
  targets: Conversation[];
  order: readonly string[];
}

/** What to do with all that are selected, in place of the list's head. */
export function BulkBar({ targets, order }: BulkBarProps) {
  const mayClose = useMay('inbox.close');
  const mayAssign = useMay('inbox.assign_self');
  const teams = useKnown().teams.length > 0;
  const run = (deed: Deed) => () => {
    clearSelection();
    void act(targets, deed);
  };
  const unread = targets.some((one) => one.unread_count > 0);
  return (
    <header className={classes.bulk} role="toolbar" aria-label={t('list.select.label')}>
      <SelectAll order={order} />
      <strong role="status">{plural('list.select.count', targets.length)}</strong>
      <span className={classes.deeds}>
        {mayClose ? <Deeds label={t('list.do.resolve')} keys="e" onClick={run({ action: 'resolve' })}><IconCircleCheck size={17} stroke={1.7} /></Deeds> : null}
        {mayClose ? <Deeds label={t('list.do.snooze')} keys="s" onClick={() => { ask('snooze', targets); }}><IconClockPause size={17} stroke={1.7} /></Deeds> : null}
        {mayAssign ? <Deeds label={t('list.do.assign')} keys="a" onClick={() => { ask('assign', targets); }}><IconUserPlus size={17} stroke={1.7} /></Deeds> : null}
        {teams ? <Deeds label={t('list.do.team')} onClick={() => { ask('team', targets); }}><IconUsersGroup size={17} stroke={1.7} /></Deeds> : null}
        <Deeds label={t('list.do.tag')} keys="l" onClick={() => { ask('tag', targets); }}><IconTag size={17} stroke={1.7} /></Deeds>
        {unread
          ? <Deeds label={t('list.do.read')} onClick={run({ action: 'read' })}><IconMailOpened size={17} stroke={1.7} /></Deeds>
          : <Deeds label={t('list.do.unread')} keys="u" onClick={run({ action: 'unread' })}><IconMail size={17} stroke={1.7} /></Deeds>}
        <Deeds label={t('list.do.clear')} keys="escape" onClick={clearSelection}><IconX size={16} /></Deeds>
      </span>
    </header>
  );
}

interface DeedsProps {
  label: string;
  keys?: string;
  onClick: () => void;
  children: ReactNode;
}

const Deeds = ({ keys, ...rest }: DeedsProps) => <IconButton {...rest} {...(keys ? { keys } : {})} size={28} />;
