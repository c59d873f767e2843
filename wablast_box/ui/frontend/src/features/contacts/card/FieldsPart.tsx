import { useQuery } from '@tanstack/react-query';
import { problemOf } from '@/api/errors';
import { useMay } from '@/api/session';
import type { ContactDetail, ContactField } from '@/api/types';
import { ChoiceField } from '@/design/Field';
import { IconExternalLink, IconMail } from '@/design/icons';
import { t } from '@/lib/i18n';
import { readablePhone } from '@/lib/phones';
import { calm } from '@/lib/plain';
import { toastError } from '@/lib/toasts';
import { fieldsQuery, useChange } from '../queries';
import { readable } from '../values';
import { InPlace } from './InPlace';
import { LanguageRow } from './LanguageRow';
import { Part } from './Part';
import classes from './Card.module.css';

interface FieldsPartProps {
  contact: ContactDetail;
}

/** What this business wants to know, changed where it stands. */
export function FieldsPart({ contact }: FieldsPartProps) {
  const fields = useQuery(fieldsQuery).data ?? [];
  return (
    <Part title={t('contacts.card.details')}>
      <dl className={classes.rows}>
        <LanguageRow contact={contact} />
        {fields.map((field) => (
          <div key={field.id} className={classes.row}>
            <dt title={field.name}><bdi>{calm(field.name)}</bdi></dt>
            <dd><Value contact={contact} field={field} /></dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}

const TYPES = { text: 'text', number: 'number', date: 'date', phone: 'tel', email: 'email', link: 'url' } as const;

interface ValueProps extends FieldsPartProps {
  field: ContactField;
}

function Value({ contact, field }: ValueProps) {
  const may = useMay('contacts.write');
  const change = useChange(contact.id);
  const value = contact.fields.find((one) => one.field_id === field.id)?.value ?? '';
  const put = (next: string | null) => change.mutateAsync({ fields: { [field.id]: next || null } });
  if (field.kind === 'choice' || field.kind === 'yes_no') {
    const data = field.kind === 'choice' ? field.choices : [{ value: 'yes', label: t('contacts.yes') }, { value: 'no', label: t('contacts.no') }];
    return <ChoiceField aria-label={field.name} data={data} value={value || null} clearable variant="unstyled" classNames={{ input: classes.select }} placeholder={may ? t('contacts.card.empty') : '–'} disabled={!may} searchable={field.choices.length > 8} onChange={(next) => { put(typeof next === 'string' ? next : null).catch(toastError); }} />;
  }
  return (
    <div className={classes.linked}>
      <InPlace
        label={field.name}
        value={value}
        shown={<bdi>{readable(field.kind, value)}</bdi>}
        type={TYPES[field.kind]}
        long={field.kind === 'text'}
        disabled={!may}
        onSave={put}
        problem={(error) => [problemOf(error).message, problemOf(error).help].filter(Boolean).join(' ')}
      />
      {value && field.kind === 'link' ? <a href={value} target="_blank" rel="noopener noreferrer nofollow" aria-label={`${field.name}: ${value}`}><IconExternalLink size={14} /></a> : null}
      {value && field.kind === 'email' ? <a href={`mailto:${value}`} aria-label={`${field.name}: ${value}`}><IconMail size={14} /></a> : null}
      {value && field.kind === 'phone' ? <span className="hidden-text">{readablePhone(value)}</span> : null}
    </div>
  );
}
