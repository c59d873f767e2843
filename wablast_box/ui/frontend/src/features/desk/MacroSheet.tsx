import { type FormEvent, useState } from 'react';
import type { Macro, MacroStep } from '@/api/types';
import { AskFirst } from '@/design/AskFirst';
import { Button } from '@/design/Button';
import { Fields, SwitchField, TextField } from '@/design/Field';
import { IconPlus } from '@/design/icons';
import { Notice } from '@/design/Notice';
import { Sheet } from '@/design/Sheet';
import { t } from '@/lib/i18n';
import { fieldProblem, formProblem } from '@/lib/problems';
import { toast } from '@/lib/toasts';
import { useDeleteMacro, useSaveMacro } from './queries';
import { StepFields } from './StepFields';
import classes from './Desk.module.css';

interface MacroSheetProps {
  macro: Macro | null;
  mayShare: boolean;
  onClose: () => void;
}

const MOST_STEPS = 10;

export function MacroSheet({ macro, mayShare, onClose }: MacroSheetProps) {
  const [name, setName] = useState(macro?.name ?? '');
  const [steps, setSteps] = useState<MacroStep[]>(macro?.steps ?? [{ do: 'reply', text: '' }]);
  const [shared, setShared] = useState(macro?.shared ?? false);
  const [doomed, setDoomed] = useState(false);
  const save = useSaveMacro(macro?.id ?? null);
  const remove = useDeleteMacro();
  const problem = formProblem(save.error, ['name']);
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ name, shared, steps }, { onSuccess: (saved) => { toast({ tone: 'good', title: t('desk.macros.saved', { name: saved.name }) }); onClose(); } });
  };
  const handleDelete = () => {
    if (macro) remove.mutate(macro.id, { onSuccess: () => { toast({ tone: 'good', title: t('desk.macros.removed', { name: macro.name }) }); onClose(); } });
  };
  const handleStep = (at: number, step: MacroStep | null) => {
    setSteps(steps.flatMap((one, index) => (index === at ? (step === null ? [] : [step]) : [one])));
  };
  return (
    <Sheet
      title={macro ? t('desk.macros.edit', { name: macro.name }) : t('desk.macros.make')}
      opened
      onClose={onClose}
      size={520}
      footer={<>{macro ? <Button kind="quiet" onClick={() => { setDoomed(true); }}>{t('desk.macros.remove')}</Button> : null}<Button type="submit" form="macro" loading={save.isPending}>{t('desk.macros.save')}</Button></>}
    >
      <form id="macro" onSubmit={handleSubmit}>
        {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
        <Fields>
          <TextField label={t('desk.macros.name')} data-autofocus maxLength={60} value={name} error={fieldProblem(save.error, 'name')} onChange={(event) => { setName(event.currentTarget.value); }} />
          <SwitchField label={t('desk.macros.shared')} description={t('desk.macros.sharedHelp')} checked={shared} disabled={!mayShare} onChange={(event) => { setShared(event.currentTarget.checked); }} />
        </Fields>
        <ol className={classes.steps} aria-label={t('desk.macros.steps')}>
          {steps.map((step, at) => <StepFields key={`${String(at)}-${String(steps.length)}`} n={at + 1} step={step} onStep={(next) => { handleStep(at, next); }} />)}
        </ol>
        {steps.length < MOST_STEPS ? <Button kind="quiet" leftSection={<IconPlus size={14} />} onClick={() => { setSteps([...steps, { do: 'resolve' }]); }}>{t('desk.macros.add')}</Button> : null}
      </form>
      {macro && doomed ? (
        <AskFirst opened onClose={() => { setDoomed(false); }} title={t('desk.macros.removeTitle', { name: macro.name })} confirm={t('desk.macros.remove')} onConfirm={handleDelete} busy={remove.isPending} error={remove.error}>{t('desk.macros.removeHelp')}</AskFirst>
      ) : null}
    </Sheet>
  );
}
