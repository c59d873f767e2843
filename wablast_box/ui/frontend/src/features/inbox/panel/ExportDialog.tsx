import { SegmentedControl } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { api } from '@/api/client';
import { confirmed, isUnconfirmed } from '@/api/confirm';
import { problemOf } from '@/api/errors';
import { Button } from '@/design/Button';
import { Dialog } from '@/design/Dialog';
import { SwitchField, TextField } from '@/design/Field';
import { Notice } from '@/design/Notice';
import { t } from '@/lib/i18n';
import { saveFile } from './save';
import classes from '@/features/contacts/card/Card.module.css';

interface ExportDialogProps {
  conversationId: string;
  onClose: () => void;
}

/** A conversation to take along: which days, as what. */
export function ExportDialog({ conversationId, onClose }: ExportDialogProps) {
  const [format, setFormat] = useState<'pdf' | 'csv'>('pdf');
  const [{ since, until }, setDays] = useState({ since: '', until: '' });
  const [notes, setNotes] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const write = async () => {
    setBusy(true);
    setError(null);
    try {
      const body = { format, since: since || null, until: until || null, notes };
      const { data, response } = await confirmed(() => api.POST('/api/v1/conversations/{id}/transcript', { params: { path: { id: conversationId } }, body, parseAs: 'blob' }));
      const named = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '');
      if (data instanceof Blob) saveFile(data, named?.[1] ?? `conversation.${format}`);
      onClose();
    } catch (refused) {
      if (!isUnconfirmed(refused)) setError(refused);
    } finally {
      setBusy(false);
    }
  };
  const handleSubmit = (event: FormEvent) => { event.preventDefault(); void write(); };
  const problem = error ? problemOf(error) : null;
  return (
    <Dialog title={t('contacts.transcript.title')} onClose={onClose} size={440}>
      <form className={classes.form} onSubmit={handleSubmit}>
        <p className={classes.quiet}>{t('contacts.transcript.help')}</p>
        {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
        <SegmentedControl aria-label={t('contacts.transcript.format')} value={format} data={[{ value: 'pdf', label: t('contacts.transcript.pdf') }, { value: 'csv', label: t('contacts.transcript.csv') }]} onChange={(next) => { setFormat(next === 'csv' ? 'csv' : 'pdf'); }} />
        <TextField type="date" label={t('contacts.transcript.since')} value={since} max={until || undefined} onChange={(event) => { const day = event.currentTarget.value; setDays((before) => ({ ...before, since: day })); }} />
        <TextField type="date" label={t('contacts.transcript.until')} description={t('contacts.transcript.all')} value={until} min={since || undefined} onChange={(event) => { const day = event.currentTarget.value; setDays((before) => ({ ...before, until: day })); }} />
        <SwitchField label={t('contacts.transcript.notes')} checked={notes} onChange={(event) => { setNotes(event.currentTarget.checked); }} />
        <div className={classes.line}><Button type="submit" loading={busy}>{t('contacts.transcript.make')}</Button><Button kind="quiet" onClick={onClose}>{t('common.cancel')}</Button></div>
      </form>
    </Dialog>
  );
}
