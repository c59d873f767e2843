import { useState } from 'react';
import { useMay } from '@/api/session';
import { problemOf } from '@/api/errors';
import type { ContactDetail, ContactRef } from '@/api/types';
import { Badge } from '@/design/Badge';
import { CopyText } from '@/design/CopyText';
import { IconButton } from '@/design/IconButton';
import { IconBan, IconPencil } from '@/design/icons';
import { TextField } from '@/design/Field';
import { nameOf } from '@/features/inbox/names';
import { dateOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { readablePhone } from '@/lib/phones';
import { calm } from '@/lib/plain';
import { useChange } from '../queries';
import classes from './Card.module.css';

interface IdentityProps {
  contact: ContactRef;
  known: ContactDetail | undefined;
}

/** Who this is: what we call them, what they call themselves, where they write from. */
export function Identity({ contact, known }: IdentityProps) {
  return (
    <div className={classes.identity}>
      <Name contact={contact} known={known} />
      {known?.profile_name ? <p className={classes.handle}>{t('contacts.card.profileName', { name: calm(known.profile_name) })}</p> : null}
      {known?.username ? <p className={classes.handle}><bdi>{known.username}</bdi></p> : null}
      {contact.phone ? <CopyText text={readablePhone(contact.phone)} label={t('contacts.card.copyPhone')} /> : <p className={classes.quiet}>{t('contacts.card.noPhone')}</p>}
      {known && known.accounts.length > 0 ? <Others known={known} /> : null}
      <div className={classes.badges}>
        {contact.blocked ? <Badge tone="bad" icon={<IconBan size={12} aria-hidden />} title={known?.blocked_at ? t('contacts.card.blockedOn', { date: dateOf(known.blocked_at) }) : undefined}>{t('contacts.blocked')}</Badge> : null}
      </div>
    </div>
  );
}

function Name({ contact, known }: IdentityProps) {
  const may = useMay('contacts.write');
  const change = useChange(contact.id);
  const [draft, setDraft] = useState<string | null>(null);
  const name = nameOf(contact);
  const keep = () => {
    if (draft === null) return;
    if (draft.trim() === contact.name) { setDraft(null); return; }
    change.mutate({ name: draft }, { onSuccess: () => { setDraft(null); } });
  };
  if (draft !== null) {
    return (
      <TextField
        mt={10}
        label={t('contacts.card.name')}
        description={known?.profile_name ? t('contacts.card.giveBack') : undefined}
        value={draft}
        maxLength={120}
        autoFocus
        error={change.isError ? problemOf(change.error).message : undefined}
        onChange={(event) => { setDraft(event.currentTarget.value); }}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Escape') { event.stopPropagation(); setDraft(null); }
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) keep();
        }}
      />
    );
  }
  return (
    <div className={classes.named}>
      <h3><bdi>{name}</bdi></h3>
      {may ? <IconButton label={t('contacts.card.rename')} size={24} onClick={() => { setDraft(contact.name); }}><IconPencil size={14} /></IconButton> : null}
    </div>
  );
}

function Others({ known }: { known: ContactDetail }) {
  return (
    <ul className={classes.others} aria-label={t('contacts.card.also')}>
      {known.accounts.map((one) => (
        <li key={`${one.wa_id ?? ''} ${one.user_id ?? ''}`}>
          {one.left_at ? t('contacts.card.formerly', { date: dateOf(one.left_at) }) : t('contacts.card.also')}: {one.wa_id ? readablePhone(one.wa_id) : one.user_id}
        </li>
      ))}
    </ul>
  );
}
