import { Avatar } from '@/design/Avatar';
import { IconDownload } from '@/design/icons';
import { plural, t } from '@/lib/i18n';
import { readablePhone } from '@/lib/phones';
import { calm } from '@/lib/plain';
import { type Body, body, list, text } from '../content';
import { nameOfCard, vcardOf } from './vcard';
import classes from './Kinds.module.css';

interface ContactsBodyProps {
  content: unknown;
}

export function ContactsBody({ content }: ContactsBodyProps) {
  const cards = Array.isArray(content) ? list(content) : list(body(content)['contacts']);
  return (
    <div className={classes.cards}>
      {cards.map((card, at) => <Card key={at} card={card} />)}
      {cards.length > 0 ? <button type="button" className={classes.wide} onClick={() => { save(cards); }}><IconDownload size={14} aria-hidden /> {cards.length === 1 ? t('thread.contacts.save') : plural('thread.contacts.saveAll', cards.length)}</button> : null}
    </div>
  );
}

interface CardProps {
  card: Body;
}

function Card({ card }: CardProps) {
  const phones = list(card['phones']).map((phone) => text(phone['phone']) || text(phone['wa_id'])).filter(Boolean);
  const mails = list(card['emails']).map((mail) => text(mail['email'])).filter(Boolean);
  const name = calm(nameOfCard(card)) || t('inbox.contacts.unnamed');
  const company = calm(text(body(card['org'])['company']));
  const birthday = calm(text(card['birthday']));
  return (
    <div className={classes.person}>
      <Avatar name={name} seed={name} />
      <div className={classes.cardWords}>
        <b><bdi>{phones.includes(name) ? readablePhone(name) : name}</bdi></b>
        {company ? <span dir="auto">{company}</span> : null}
        {phones.map((phone, at) => <a key={at} href={`tel:+${phone.replace(/\D/g, '')}`}>{calm(readablePhone(phone))}</a>)}
        {mails.map((mail, at) => <a key={at} href={`mailto:${encodeURI(mail)}`}>{calm(mail)}</a>)}
        {birthday ? <span>{t('thread.contacts.born', { date: birthday })}</span> : null}
      </div>
    </div>
  );
}

/** One file, also of several people: address books take them all. */
function save(cards: Body[]): void {
  const url = URL.createObjectURL(new Blob(cards.map(vcardOf), { type: 'text/vcard' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${cards.length === 1 ? nameOfCard(cards[0] ?? {}).replace(/[^\p{L}\p{N} .-]/gu, '').trim().slice(0, 60) || 'contact' : 'contacts'}.vcf`;
  link.click();
  setTimeout(() => { URL.revokeObjectURL(url); }, 10_000);
}
