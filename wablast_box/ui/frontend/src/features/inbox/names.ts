/** What to call somebody. WhatsApp may hide the name, the number, or both. */
import type { ContactRef } from '@/api/types';
import { t } from '@/lib/i18n';
import { calm, isSeen } from '@/lib/plain';
import { readablePhone } from '@/lib/phones';

export const nameOf = ({ name, phone, user_id }: ContactRef): string =>
  (isSeen(name) ? calm(name.trim()) : '') || readablePhone(phone) || user_id || t('inbox.person.unnamed');

/** A colleague, or an account that is no longer there. */
export const colleagueName = (person: { name: string | null }): string => (person.name === null ? t('inbox.person.gone') : calm(person.name));
