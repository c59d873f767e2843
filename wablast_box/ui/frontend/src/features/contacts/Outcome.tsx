import { useQuery } from '@tanstack/react-query';
import type { MergePreview } from '@/api/types';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { readablePhone } from '@/lib/phones';
import { languageName } from './languages';
import { languagesQuery } from './queries';
import { readable } from './values';
import classes from './Merge.module.css';

interface OutcomeProps {
  preview: MergePreview;
}

/** What two contacts become, by the rules that merge them. */
export function Outcome({ preview }: OutcomeProps) {
  const languages = useQuery(languagesQuery).data ?? [];
  const other = preview.other_phone ? readablePhone(preview.other_phone) : preview.other_user_id;
  return (
    <section className={classes.outcome} aria-label={t('contacts.merge.becomes')}>
      <h3>{t('contacts.merge.becomes')}</h3>
      <dl className={classes.rows}>
        <dt>{t('contacts.merge.nameIs')}</dt>
        <dd><bdi>{calm(preview.name)}</bdi></dd>
        <dt>{t('contacts.merge.answers')}</dt>
        <dd>{preview.phone ? readablePhone(preview.phone) : preview.user_id}{other ? <small>{t('contacts.merge.answersHelp', { other })}</small> : null}</dd>
        {preview.language ? <><dt>{t('contacts.card.language')}</dt><dd>{languageName(preview.language, languages)}</dd></> : null}
        {preview.fields.map((field) => (
          <Row key={field.name} name={calm(field.name)} value={readable(field.kind, field.result)} over={field.kept !== null && field.gone !== null && field.gone !== field.kept ? readable(field.kind, field.gone) : null} />
        ))}
      </dl>
      <p className={classes.quiet}>{t('contacts.merge.all')} {preview.marketing_opted_out_at ? t('contacts.merge.opted') : null}</p>
    </section>
  );
}

interface RowProps {
  name: string;
  value: string;
  over: string | null;
}

const Row = ({ name, value, over }: RowProps) => (
  <>
    <dt><bdi>{name}</bdi></dt>
    <dd><bdi>{value}</bdi>{over ? <small>{t('contacts.merge.over', { value: over })}</small> : null}</dd>
  </>
);
