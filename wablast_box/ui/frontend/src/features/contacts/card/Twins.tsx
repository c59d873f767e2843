import type { ContactDetail } from '@/api/types';
import { useMay } from '@/api/session';
import { Button } from '@/design/Button';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { readablePhone } from '@/lib/phones';
import classes from './Card.module.css';

interface TwinsProps {
  contact: ContactDetail;
  onCompare: (id: string) => void;
}

/** Who may be the same person. A suggestion: nothing happens until somebody has compared. */
export function Twins({ contact, onCompare }: TwinsProps) {
  const may = useMay('contacts.merge');
  if (!may || contact.duplicates.length === 0) return null;
  return (
    <div role="group" aria-label={t('contacts.twins.title')}>
      {contact.duplicates.slice(0, 2).map((one) => (
        <div key={one.id} className={classes.twin}>
          <span><bdi>{calm(one.name)}</bdi> {one.phone ? readablePhone(one.phone) : null}<small>{t('contacts.twins.title')}: {t(`contacts.twins.${one.reason}`)}</small></span>
          <Button kind="quiet" size="compact-xs" onClick={() => { onCompare(one.id); }}>{t('contacts.twins.look')}</Button>
        </div>
      ))}
    </div>
  );
}
