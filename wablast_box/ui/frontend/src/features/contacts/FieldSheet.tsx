import { type FormEvent, useId, useState } from 'react';
import type { ContactField } from '@/api/types';
import { AskFirst } from '@/design/AskFirst';
import { Button } from '@/design/Button';
import { ChoiceField, Fields, LongTextField, TextField } from '@/design/Field';
import { Notice } from '@/design/Notice';
import { Sheet } from '@/design/Sheet';
import { plural, t } from '@/lib/i18n';
import { fieldProblem, formProblem } from '@/lib/problems';
import { toast } from '@/lib/toasts';
import { useDeleteField, useSaveField } from './queries';
import classes from './Contacts.module.css';

const KINDS = ['text', 'number', 'date', 'choice', 'yes_no', 'phone', 'email', 'link'] as const;
type Kind = ContactField['kind'];

interface FieldSheetProps {
  /** Null: a new one. */
  field: ContactField | null;
  onClose: () => void;
}

export function FieldSheet({ field, onClose }: FieldSheetProps) {
  const [name, setName] = useState(field?.name ?? '');
  const [kind, setKind] = useState<Kind>(field?.kind ?? 'text');
  const [choices, setChoices] = useState(field?.choices.join('\n') ?? '');
  const save = useSaveField(field?.id ?? null);
  const formId = useId();
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    const body = { name, kind, ...(kind === 'choice' ? { choices: choices.split('\n') } : {}) };
    save.mutate(body, { onSuccess: (made) => { toast({ tone: 'good', title: field ? t('contacts.fields.saved') : t('contacts.fields.made', { name: made.name }) }); onClose(); } });
  };
  const problem = formProblem(save.error, ['name', 'kind', 'choices']);
  const footer = (
    <>
      <Button kind="quiet" onClick={onClose}>{t('common.cancel')}</Button>
      <Button type="submit" form={formId} disabled={name.trim() === ''} loading={save.isPending}>{field ? t('contacts.fields.save') : t('contacts.fields.create')}</Button>
    </>
  );
  return (
    <Sheet opened title={field ? field.name : t('contacts.fields.add')} onClose={onClose} footer={footer}>
      <form id={formId} onSubmit={handleSubmit}>
        <Fields>
          {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
          <TextField label={t('contacts.fields.name')} value={name} maxLength={40} required data-autofocus error={fieldProblem(save.error, 'name')} onChange={(event) => { setName(event.currentTarget.value); }} />
          <ChoiceField label={t('contacts.fields.kind')} description={field ? undefined : t('contacts.fields.kindHelp')} disabled={field !== null} data={KINDS.map((value) => ({ value, label: t(`contacts.kind.${value}`) }))} value={kind} onChange={(next) => { setKind(KINDS.find((one) => one === next) ?? 'text'); }} />
          {kind === 'choice' ? <LongTextField label={t('contacts.fields.choices')} description={t('contacts.fields.choicesHelp')} minRows={3} value={choices} required error={fieldProblem(save.error, 'choices')} onChange={(event) => { setChoices(event.currentTarget.value); }} /> : null}
        </Fields>
      </form>
      {field ? <Remove field={field} onRemoved={onClose} /> : null}
    </Sheet>
  );
}

interface RemoveProps {
  field: ContactField;
  onRemoved: () => void;
}

function Remove({ field, onRemoved }: RemoveProps) {
  const [asking, setAsking] = useState(false);
  const remove = useDeleteField();
  const handleRemove = () => { remove.mutate(field.id, { onSuccess: () => { toast({ tone: 'good', title: t('contacts.fields.removed', { name: field.name }) }); onRemoved(); } }); };
  return (
    <div className={classes.danger}>
      <Button kind="quiet" onClick={() => { setAsking(true); }}>{t('contacts.fields.remove')}</Button>
      <AskFirst opened={asking} title={t('contacts.fields.removeTitle', { name: field.name })} confirm={t('contacts.fields.remove')} busy={remove.isPending} error={remove.error} onConfirm={handleRemove} onClose={() => { setAsking(false); }}>
        {plural('contacts.fields.removeHelp', field.used)}
      </AskFirst>
    </div>
  );
}
