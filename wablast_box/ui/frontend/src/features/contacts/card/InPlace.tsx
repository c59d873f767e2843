import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { LongTextField, TextField } from '@/design/Field';
import { t } from '@/lib/i18n';
import classes from './Card.module.css';

interface InPlaceProps {
  label: string;
  value: string;
  /** How it is read, where that differs from how it is written. */
  shown?: ReactNode;
  type?: 'text' | 'date' | 'number' | 'tel' | 'email' | 'url';
  long?: boolean;
  disabled?: boolean;
  placeholder?: string;
  /** Settles when it is kept; what it rejects with is shown here. */
  onSave: (value: string) => Promise<unknown>;
  problem: (error: unknown) => string;
}

/** A value that becomes a field when it is pressed. Enter and leaving keep it, Escape does not. */
export function InPlace({ label, value, shown, type = 'text', long, disabled, placeholder, onSave, problem }: InPlaceProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const close = () => { setDraft(null); setError(null); };
  const keep = async () => {
    if (draft === null || draft.trim() === value) { close(); return; }
    try {
      await onSave(draft.trim());
      close();
    } catch (refused) {
      setError(problem(refused));
    }
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') { event.stopPropagation(); close(); }
    if (event.key === 'Enter' && !event.nativeEvent.isComposing && !(long && event.shiftKey)) { event.preventDefault(); void keep(); }
  };
  if (draft === null) {
    return (
      <button type="button" className={classes.value} data-empty={value === '' || undefined} disabled={disabled} aria-label={t('contacts.card.edit', { name: label })} title={disabled ? undefined : t('contacts.card.edit', { name: label })} onClick={() => { setDraft(value); }}>
        {value === '' ? (disabled ? '–' : placeholder ?? t('contacts.card.empty')) : shown ?? <bdi>{value}</bdi>}
      </button>
    );
  }
  const common = { 'aria-label': label, value: draft, error, autoFocus: true, onBlur: () => { void keep(); }, onKeyDown: handleKey };
  if (long) return <LongTextField {...common} minRows={1} onChange={(event) => { setDraft(event.currentTarget.value); }} />;
  return <TextField {...common} type={type} inputMode={type === 'number' ? 'decimal' : undefined} onChange={(event) => { setDraft(event.currentTarget.value); }} />;
}
