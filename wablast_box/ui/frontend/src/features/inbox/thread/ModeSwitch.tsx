import { t } from '@/lib/i18n';
import { type Mode, setMode, useMode } from './mode';
import classes from './Note.module.css';

interface ModeSwitchProps {
  conversationId: string;
}

const MODES: Mode[] = ['reply', 'note'];

/** To the customer, or to colleagues. */
export function ModeSwitch({ conversationId }: ModeSwitchProps) {
  const mode = useMode(conversationId);
  return (
    <div className={classes.modes} role="group" aria-label={t('thread.note.mode')}>
      {MODES.map((one) => (
        <button key={one} type="button" aria-pressed={one === mode} onClick={() => { setMode(conversationId, one); }}>{t(one === 'note' ? 'thread.note.write' : 'thread.note.reply')}</button>
      ))}
    </div>
  );
}
