import { SegmentedControl } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Button } from '@/design/Button';
import { ChoiceField, TextField } from '@/design/Field';
import { IconSearch } from '@/design/icons';
import { t } from '@/lib/i18n';
import { isNarrowed, type WebhooksSearch } from './address';
import { STATES } from './queries';
import classes from './Ops.module.css';

interface WebhookFiltersProps {
  search: WebhooksSearch;
  onChange: (part: WebhooksSearch) => void;
}

const KINDS = ['messages', 'statuses', 'unreadable', 'errors'] as const;
const FIELDS = ['account_update', 'account_alerts', 'business_capability_update', 'message_template_status_update', 'message_template_quality_update', 'template_category_update', 'phone_number_quality_update', 'phone_number_name_update', 'user_preferences', 'smb_message_echoes', 'flows', 'calls'];
const PAUSE_MS = 350;

export function WebhookFilters({ search, onChange }: WebhookFiltersProps) {
  const kinds = [...KINDS.map((value) => ({ value, label: t(`ops.webhooks.kinds.${value}`) })), ...FIELDS.map((value) => ({ value, label: value }))];
  return (
    <div role="search" aria-label={t('ops.webhooks.title')}>
      <div className={classes.filter}>
        <SegmentedControl
          aria-label={t('ops.webhooks.filter')}
          value={search.state ?? 'all'}
          data={[{ value: 'all', label: t('ops.webhooks.all') }, ...STATES.map((value) => ({ value, label: t(`ops.webhooks.states.${value}`) }))]}
          onChange={(value) => { onChange({ state: STATES.find((one) => one === value) }); }}
        />
      </div>
      <div className={classes.narrowing}>
        <Find value={search.q ?? ''} onChange={(q) => { onChange({ q: q || undefined }); }} />
        <ChoiceField aria-label={t('ops.webhooks.kind')} className={classes.kind} clearable placeholder={t('ops.webhooks.anyKind')} data={kinds} value={search.kind ?? null} onChange={(kind) => { onChange({ kind: kind === null ? undefined : String(kind) }); }} />
        <TextField aria-label={t('ops.webhooks.from')} className={classes.date} leftSection={<span className={classes.day}>{t('ops.webhooks.fromShort')}</span>} leftSectionWidth={46} leftSectionPointerEvents="none" type="date" value={search.from ?? ''} onChange={(event) => { onChange({ from: event.currentTarget.value || undefined }); }} />
        <TextField aria-label={t('ops.webhooks.to')} className={classes.date} leftSection={<span className={classes.day}>{t('ops.webhooks.toShort')}</span>} leftSectionWidth={34} leftSectionPointerEvents="none" type="date" value={search.to ?? ''} onChange={(event) => { onChange({ to: event.currentTarget.value || undefined }); }} />
        {isNarrowed(search) ? <Button kind="link" onClick={() => { onChange({ q: undefined, kind: undefined, from: undefined, to: undefined }); }}>{t('ops.webhooks.clear')}</Button> : null}
      </div>
    </div>
  );
}

interface FindProps {
  value: string;
  onChange: (value: string) => void;
}

/** Bodies are read to answer this, so not for every letter. */
function Find({ value, onChange }: FindProps) {
  const [typed, setTyped] = useState(value);
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    // Emptied from outside; whoever is still typing is not interrupted.
    if (value === '') setTyped('');
  }
  useEffect(() => {
    if (typed.trim() === value) return undefined;
    const timer = setTimeout(() => { onChange(typed.trim()); }, PAUSE_MS);
    return () => { clearTimeout(timer); };
  }, [typed, value, onChange]);
  return <TextField aria-label={t('ops.webhooks.find')} className={classes.find} type="search" maxLength={500} placeholder={t('ops.webhooks.findExample')} leftSection={<IconSearch size={15} />} value={typed} onChange={(event) => { setTyped(event.currentTarget.value); }} />;
}
