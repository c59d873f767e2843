import { Button } from '@/design/Button';
import { ChoiceField, TextField } from '@/design/Field';
import { t } from '@/lib/i18n';
import { access } from '@/texts/en/access';
import classes from './Audit.module.css';
import { type AuditSearch, isFiltered } from './filters';

interface AuditFiltersProps {
  search: AuditSearch;
  facets: { actors: { actor: string; name: string }[]; kinds: string[] } | undefined;
  onChange: (part: AuditSearch) => void;
  onClear: () => void;
}

const RESULTS = ['done', 'refused', 'failed'] as const;

function kindName(kind: string): string {
  const known = (Object.keys(access.audit.kinds) as (keyof typeof access.audit.kinds)[]).find((one) => one === kind);
  return known ? t(`access.audit.kinds.${known}`) : kind;
}

function actorName({ actor, name }: { actor: string; name: string }): string {
  if (actor === 'system') return t('access.audit.system');
  return actor === 'nobody' ? t('access.audit.nobody') : name;
}

export function AuditFilters({ search, facets, onChange, onClear }: AuditFiltersProps) {
  const kinds = (facets?.kinds ?? []).map((value) => ({ value, label: kindName(value) })).toSorted((a, b) => a.label.localeCompare(b.label));
  const actors = (facets?.actors ?? []).map((one) => ({ value: one.actor, label: actorName(one) }));
  return (
    <div className={classes.filters} role="search" aria-label={t('access.audit.title')}>
      <ChoiceField aria-label={t('access.audit.what')} clearable placeholder={t('access.audit.everything')} data={kinds} value={search.kind ?? null} onChange={(kind) => { onChange({ kind: kind === null ? undefined : String(kind) }); }} />
      <ChoiceField aria-label={t('access.audit.who')} clearable searchable placeholder={t('access.audit.everybody')} data={actors} value={search.actor ?? null} onChange={(actor) => { onChange({ actor: actor === null ? undefined : String(actor) }); }} />
      <ChoiceField aria-label={t('access.audit.result')} clearable placeholder={t('access.audit.anyResult')} data={RESULTS.map((value) => ({ value, label: t(`access.audit.results.${value}`) }))} value={search.result ?? null} onChange={(value) => { onChange({ result: RESULTS.find((one) => one === value) }); }} />
      <TextField aria-label={t('access.audit.from')} className={classes.date} leftSection={<span className={classes.day}>{t('access.audit.fromShort')}</span>} leftSectionWidth={46} leftSectionPointerEvents="none" type="date" value={search.from ?? ''} onChange={(event) => { onChange({ from: event.currentTarget.value || undefined }); }} />
      <TextField aria-label={t('access.audit.to')} className={classes.date} leftSection={<span className={classes.day}>{t('access.audit.toShort')}</span>} leftSectionWidth={34} leftSectionPointerEvents="none" type="date" value={search.to ?? ''} onChange={(event) => { onChange({ to: event.currentTarget.value || undefined }); }} />
      {isFiltered(search) ? <Button kind="link" onClick={onClear}>{t('access.audit.clear')}</Button> : null}
    </div>
  );
}
