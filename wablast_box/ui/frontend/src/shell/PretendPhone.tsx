import { IconButton } from '@/design/IconButton';
import { IconX } from '@/design/icons';
import { t } from '@/lib/i18n';
import { setPhone } from './phone';
import classes from './PretendPhone.module.css';

interface PretendPhoneProps {
  url: string;
}

/** The demo's customer, docked beside the box so that both ends of a conversation are in sight. */
export function PretendPhone({ url }: PretendPhoneProps) {
  return (
    <aside className={classes.dock} aria-label={t('shell.phone.title')}>
      <header className={classes.head}>
        <h2 title={t('shell.phone.hint')}>{t('shell.phone.title')}</h2>
        <IconButton label={t('shell.phone.close')} onClick={() => { setPhone(false); }}><IconX size={16} /></IconButton>
      </header>
      <iframe className={classes.frame} src={url} title={t('shell.phone.title')} allow="clipboard-write" />
    </aside>
  );
}
