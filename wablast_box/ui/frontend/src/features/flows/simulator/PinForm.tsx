import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { Button } from '@/design/Button';
import { LongTextField, NumberField, TextField } from '@/design/Field';
import { t } from '@/lib/i18n';
import type { Data, Pin } from '../graph/types';
import { readAnswer } from './pins';
import classes from './Simulator.module.css';

interface PinFormProps {
  pin: Pin | undefined;
  onPin: (part: Partial<Pin>) => void;
  onCancel: () => void;
}

interface AnswerFormProps extends PinFormProps {
  /** A web request has a status, too. */
  hasStatus: boolean;
}

/** What the outside answers this step in test runs, or how it fails. */
export function AnswerForm({ pin, hasStatus, onPin, onCancel }: AnswerFormProps) {
  const [fails, setFails] = useState(pin?.error !== undefined);
  const [text, setText] = useState(pin && 'answer' in pin ? (typeof pin.answer === 'string' ? pin.answer : JSON.stringify(pin.answer, null, 2)) : '{}');
  const [status, setStatus] = useState<number | undefined>(pin?.status);
  const [error, setError] = useState(pin?.error ?? '');
  const read = readAnswer(text);
  const save = () => {
    if (fails) onPin({ error: error.trim() || t('flowRuns.pins.errorExample'), answer: undefined, status: undefined });
    else if (read) onPin({ answer: read.value, status: hasStatus ? status : undefined, error: undefined });
  };
  return (
    <div className={classes.pinForm}>
      <SegmentedControl size="xs" value={fails ? 'fails' : 'answers'} onChange={(next) => { setFails(next === 'fails'); }} data={[{ value: 'answers', label: t('flowRuns.pins.answers') }, { value: 'fails', label: t('flowRuns.pins.fails') }]} />
      {fails ? (
        <TextField label={t('flowRuns.pins.error')} placeholder={t('flowRuns.pins.errorExample')} value={error} maxLength={200} onChange={(event) => { setError(event.currentTarget.value); }} />
      ) : (
        <>
          <LongTextField
            label={t('flowRuns.pins.answerLabel')} description={t('flowRuns.pins.answerHelp')} minRows={4} maxRows={14} value={text} spellCheck={false} classNames={{ input: classes.json, description: classes.pinHelp }}
            error={read ? undefined : t('flowRuns.pins.notJson')} onChange={(event) => { setText(event.currentTarget.value); }}
          />
          {hasStatus ? <NumberField label={t('flowRuns.pins.status')} placeholder="200" min={100} max={599} value={status ?? ''} onChange={(next) => { setStatus(next === '' ? undefined : Number(next)); }} /> : null}
        </>
      )}
      <Feet disabled={!fails && !read} onSave={save} onCancel={onCancel} />
    </div>
  );
}

interface InputFormProps extends PinFormProps {
  saw: Data;
}

/** With which variables the step is played in test runs. */
export function InputForm({ pin, saw, onPin, onCancel }: InputFormProps) {
  const [text, setText] = useState(JSON.stringify(pin?.variables ? { ...saw, ...pin.variables } : saw, null, 2));
  const read = named(text);
  const save = () => { if (read) onPin({ variables: changedOnly(read, saw, pin?.variables) }); };
  return (
    <div className={classes.pinForm}>
      <LongTextField
        label={t('flowRuns.pins.variables')} description={t('flowRuns.pins.variablesHelp')} minRows={4} maxRows={14} value={text} spellCheck={false} classNames={{ input: classes.json, description: classes.pinHelp }}
        error={read ? undefined : t('flowRuns.pins.notNames')} onChange={(event) => { setText(event.currentTarget.value); }}
      />
      <Feet disabled={!read} onSave={save} onCancel={onCancel} />
    </div>
  );
}

function named(text: string): Data | null {
  const read = readAnswer(text)?.value;
  return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Data) : null;
}

/** What is the same as the flow's own is not pinned: it may change with what is said before. */
function changedOnly(now: Data, saw: Data, was: Data | undefined): Data | undefined {
  const kept = Object.fromEntries(Object.entries(now).filter(([name, value]) => (was && name in was) || JSON.stringify(value) !== JSON.stringify(saw[name])));
  return Object.keys(kept).length > 0 ? kept : undefined;
}

interface FeetProps {
  disabled: boolean;
  onSave: () => void;
  onCancel: () => void;
}

const Feet = ({ disabled, onSave, onCancel }: FeetProps) => (
  <div className={classes.pinFeet}>
    <Button size="compact-sm" disabled={disabled} onClick={onSave}>{t('flowRuns.pins.again')}</Button>
    <Button kind="quiet" size="compact-sm" onClick={onCancel}>{t('common.cancel')}</Button>
  </div>
);
