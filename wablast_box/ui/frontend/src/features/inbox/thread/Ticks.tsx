import type { MessageState } from '@/api/types';
import { IconAlertTriangle, IconCheck, IconChecks, IconClock, IconHelp, IconMicrophone, IconSend2 } from '@/design/icons';
import { t } from '@/lib/i18n';
import classes from './Ticks.module.css';

interface TicksProps {
  state: MessageState;
  /** Says more than the state: the moment, or what it waits for. */
  label?: string;
}

const ICONS = {
  queued: IconClock, sending: IconSend2, sent: IconCheck, delivered: IconChecks, read: IconChecks, played: IconMicrophone,
  failed: IconAlertTriangle, unconfirmed: IconHelp, received: null,
};

/** Clock, arrow, one tick, two, blue, played. Shape and colour both speak, and so does the label. */
export function Ticks({ state, label }: TicksProps) {
  const Icon = ICONS[state];
  if (!Icon) return null;
  const words = label ?? t(`inbox.states.${state}`);
  return <Icon className={classes.ticks} data-state={state} size={state === 'queued' || state === 'sending' ? 12 : 15} stroke={1.8} role="img" aria-label={words} />;
}
