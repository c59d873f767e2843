import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { ApiError } from '@/api/errors';
import { Button } from '@/design/Button';
import { ChoiceField, Fields, LongTextField, TextField } from '@/design/Field';
import { Notice } from '@/design/Notice';
import { Sheet } from '@/design/Sheet';
import { nameOf } from '@/features/inbox/names';
import { plural, t } from '@/lib/i18n';
import { fieldProblem, formProblem } from '@/lib/problems';
import { toast } from '@/lib/toasts';
import { bothNames } from './languages';
import { languagesQuery, useCreate, useCreateMany } from './queries';
import classes from './Contacts.module.css';

interface CreateSheetProps {
  onClose: () => void;
  onOpen: (id: string) => void;
}

/** Enter one person, or paste a column of numbers. */
export function CreateSheet({ onClose, onOpen }: CreateSheetProps) {
  const [phones, setPhones] = useState('');
  const [name, setName] = useState('');
  const [language, setLanguage] = useState<string | null>(null);
  const languages = useQuery(languagesQuery).data ?? [];
  const [one, many] = [useCreate(), useCreateMany()];
  const formId = useId();
  const lines = phones.split('\n').filter((line) => line.trim() !== '');
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (lines.length > 1) {
      many.mutate(phones.split('\n').slice(0, 500), {
        onSuccess: ({ created, existing, rejected }) => {
          toast({ tone: created.length > 0 ? 'good' : 'info', title: plural('contacts.make.manyMade', created.length), help: existing.length > 0 ? plural('contacts.make.existing', existing.length) : null });
          if (rejected.every((row) => row.text.trim() === '')) onClose();
        },
      });
      return;
    }
    one.mutate({ phone: phones.trim(), name: name.trim() || null, language }, {
      onSuccess: (contact) => {
        toast({ tone: 'good', title: t('contacts.make.made', { name: nameOf(contact) }) });
        onClose();
        onOpen(contact.id);
      },
    });
  };
  const there = one.error instanceof ApiError && one.error.code === 'contact_exists' ? one.error.problem : null;
  const problem = there ? null : formProblem(one.error ?? many.error, ['phone', 'name', 'language']);
  const rejected = many.data?.rejected.filter((row) => row.text.trim() !== '') ?? [];
  const footer = (
    <>
      <Button kind="quiet" onClick={onClose}>{t('common.cancel')}</Button>
      <Button type="submit" form={formId} disabled={lines.length === 0} loading={one.isPending || many.isPending}>{lines.length > 1 ? plural('contacts.make.saveMany', lines.length) : t('contacts.make.save')}</Button>
    </>
  );
  return (
    <Sheet opened title={t('contacts.make.title')} onClose={onClose} footer={footer}>
      <form id={formId} onSubmit={handleSubmit}>
        <Fields>
          {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
          {there ? <Notice tone="info" title={there.message} action={<Button kind="quiet" size="compact-xs" onClick={() => { onClose(); if (there.help) onOpen(there.help); }}>{t('contacts.make.show')}</Button>} /> : null}
          {rejected.length > 0 ? (
            <Notice tone="warn" title={plural('contacts.make.rejected', rejected.length)}>
              <ul className={classes.rejected}>{rejected.map((row) => <li key={row.row}>{t('contacts.make.row', { row: row.row, reason: row.reason })}</li>)}</ul>
            </Notice>
          ) : null}
          <LongTextField label={t('contacts.make.phone')} description={t('contacts.make.phoneHelp')} minRows={1} maxRows={8} required data-autofocus inputMode="tel" value={phones} error={there ? undefined : fieldProblem(one.error, 'phone')} onChange={(event) => { setPhones(event.currentTarget.value); }} />
          {lines.length > 1 ? null : (
            <>
              <TextField label={t('contacts.card.name')} value={name} maxLength={120} error={fieldProblem(one.error, 'name')} onChange={(event) => { setName(event.currentTarget.value); }} />
              <ChoiceField label={t('contacts.card.language')} placeholder={t('contacts.card.noLanguage')} data={languages.map((each) => ({ value: each.code, label: bothNames(each) }))} value={language} clearable searchable onChange={(next) => { setLanguage(typeof next === 'string' ? next : null); }} />
            </>
          )}
        </Fields>
      </form>
    </Sheet>
  );
}
