import { type FormEvent, useState } from 'react';
import { useMay } from '@/api/session';
import type { ContactDetail } from '@/api/types';
import { Button } from '@/design/Button';
import { Dialog } from '@/design/Dialog';
import { TextField } from '@/design/Field';
import { Notice } from '@/design/Notice';
import { nameOf } from '@/features/inbox/names';
import { dateOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { fieldProblem, formProblem } from '@/lib/problems';
import { toastError } from '@/lib/toasts';
import { useAllowMarketing, useDeed } from '../queries';
import { Part } from './Part';
import classes from './Card.module.css';

interface MarketingPartProps {
  contact: ContactDetail;
}

/** Marketing stops at a press; to begin again takes a reason and the right to. */
export function MarketingPart({ contact }: MarketingPartProps) {
  const [asking, setAsking] = useState(false);
  const [mayStop, mayAllow] = [useMay('contacts.write'), useMay('contacts.opt_in')];
  const deed = useDeed(contact.id);
  const since = contact.marketing_opted_out_at;
  return (
    <Part title={t('contacts.card.marketing')}>
      <div className={classes.line}>
        <span>{since ? t('contacts.card.marketingOff', { date: dateOf(since) }) : t('contacts.card.marketingOn')}</span>
        {!since && mayStop ? <Button kind="link" size="compact-xs" loading={deed.isPending} onClick={() => { deed.mutate('opt-out', { onError: toastError }); }}>{t('contacts.card.stop')}</Button> : null}
        {since && mayAllow ? <Button kind="link" size="compact-xs" onClick={() => { setAsking(true); }}>{t('contacts.card.allow')}</Button> : null}
      </div>
      {asking ? <Allow contact={contact} onClose={() => { setAsking(false); }} /> : null}
    </Part>
  );
}

interface AllowProps extends MarketingPartProps {
  onClose: () => void;
}

function Allow({ contact, onClose }: AllowProps) {
  const [reason, setReason] = useState('');
  const allow = useAllowMarketing(contact.id);
  const problem = formProblem(allow.error, ['reason']);
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    allow.mutate(reason, { onSuccess: onClose });
  };
  return (
    <Dialog title={t('contacts.card.allowTitle')} onClose={onClose} size={440}>
      <form className={classes.form} onSubmit={handleSubmit}>
        <p className={classes.quiet}>{t('contacts.card.allowHelp', { name: nameOf(contact) })}</p>
        {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
        <TextField label={t('contacts.card.allowReason')} placeholder={t('contacts.card.allowExample')} value={reason} maxLength={500} required data-autofocus error={fieldProblem(allow.error, 'reason')} onChange={(event) => { setReason(event.currentTarget.value); }} />
        <div className={classes.line}><Button type="submit" loading={allow.isPending} disabled={reason.trim().length < 3}>{t('contacts.card.allowConfirm')}</Button><Button kind="quiet" onClick={onClose}>{t('common.cancel')}</Button></div>
      </form>
    </Dialog>
  );
}
