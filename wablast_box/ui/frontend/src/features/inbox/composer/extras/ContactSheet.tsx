import { type FormEvent, useState } from 'react';
import { Button } from '@/design/Button';
import { Fields, TextField } from '@/design/Field';
import { IconButton } from '@/design/IconButton';
import { IconPlus, IconX } from '@/design/icons';
import { Sheet } from '@/design/Sheet';
import { t } from '@/lib/i18n';
import { ContactsBody } from '../../kinds/ContactsBody';
import { sendBody } from '../send';
import type { ExtraProps } from './Extra';
import { Pretend } from './Pretend';

const isNumber = (phone: string): boolean => phone.replace(/\D/g, '').length >= 5;

/** Somebody's card, to be saved with one tap. */
export function ContactSheet({ conversation, replyTo, onReply, onSent, onClose }: ExtraProps) {
  const [name, setName] = useState('');
  const [company, setCompany] = useState('');
  const [email, setEmail] = useState('');
  const [phones, setPhones] = useState(['']);
  const given = phones.map((phone) => phone.trim()).filter(Boolean);
  const good = name.trim() !== '' && given.length > 0 && given.every(isNumber);
  const card = {
    name: { formatted_name: name.trim(), first_name: name.trim().split(/\s+/)[0] ?? '' },
    phones: given.map((phone) => ({ phone, type: 'MOBILE', ...(phone.startsWith('+') ? { wa_id: phone.replace(/\D/g, '') } : {}) })),
    ...(email.trim() ? { emails: [{ email: email.trim() }] } : {}),
    ...(company.trim() ? { org: { company: company.trim() } } : {}),
  };
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!good) return;
    sendBody(conversation.id, { type: 'contacts', contacts: [card] }, replyTo);
    onReply(null);
    onSent();
    onClose();
  };
  return (
    <Sheet title={t('composer.contact.title')} opened onClose={onClose} footer={<Button type="submit" form="contact-card" disabled={!good}>{t('composer.contact.send')}</Button>}>
      <form id="contact-card" onSubmit={handleSubmit}>
        <Fields>
          <TextField label={t('composer.contact.name')} value={name} maxLength={512} dir="auto" data-autofocus onChange={(event) => { setName(event.currentTarget.value); }} />
          {phones.map((phone, at) => (
            <TextField
              key={at} label={t('composer.contact.phone')} description={at === 0 ? t('composer.contact.phoneHelp') : null} type="tel" inputMode="tel" value={phone}
              error={phone.trim() !== '' && !isNumber(phone) ? t('composer.contact.needPhone') : null}
              rightSection={phones.length > 1 ? <IconButton label={t('composer.contact.remove')} size={22} onClick={() => { setPhones(phones.filter((_, index) => index !== at)); }}><IconX size={13} /></IconButton> : null}
              onChange={(event) => { setPhones(phones.map((one, index) => (index === at ? event.currentTarget.value : one))); }}
            />
          ))}
          {phones.length < 5 ? <div><Button kind="link" leftSection={<IconPlus size={13} />} onClick={() => { setPhones([...phones, '']); }}>{t('composer.contact.another')}</Button></div> : null}
          <TextField label={t('composer.contact.organisation')} value={company} maxLength={512} dir="auto" onChange={(event) => { setCompany(event.currentTarget.value); }} />
          <TextField label={t('composer.contact.email')} type="email" value={email} maxLength={512} onChange={(event) => { setEmail(event.currentTarget.value); }} />
        </Fields>
        {good ? <Pretend><ContactsBody content={[card]} /></Pretend> : null}
      </form>
    </Sheet>
  );
}
