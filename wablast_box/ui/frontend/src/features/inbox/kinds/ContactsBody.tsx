import { Avatar } from '@/design/Avatar';
import { t } from '@/lib/i18n';
import { readablePhone } from '@/lib/phones';
import { type Body, body, list, text } from '../content';
import classes from './Kinds.module.css';

interface ContactsBodyProps {
  content: unknown;
}

export function ContactsBody({ content }: ContactsBodyProps) {
  const cards = Array.isArray(content) ? list(content) : list(body(content)['contacts']);
  return <div className={classes.cards}>{cards.map((card, at) => <Card key={at} card={card} />)}</div>;
}

interface CardProps {
  card: Body;
}

function Card({ card }: CardProps) {
  const name = body(card['name']);
  const phones = list(card['phones']).map((phone) => text(phone['phone']) || text(phone['wa_id'])).filter(Boolean);
  const mails = list(card['emails']).map((mail) => text(mail['email'])).filter(Boolean);
  const shown = text(name['formatted_name']) || text(name['first_name']) || phones[0] || t('inbox.contacts.unnamed');
  const company = text(body(card['org'])['company']);
  return (
    <div className={classes.person}>
      <Avatar name={shown} seed={shown} />
      <div className={classes.cardWords}>
        <b><bdi>{shown}</bdi></b>
        {company ? <span dir="auto">{company}</span> : null}
        {phones.map((phone) => <a key={phone} href={`tel:+${phone.replace(/\D/g, '')}`}>{readablePhone(phone)}</a>)}
        {mails.map((mail) => <a key={mail} href={`mailto:${mail}`}>{mail}</a>)}
      </div>
    </div>
  );
}
