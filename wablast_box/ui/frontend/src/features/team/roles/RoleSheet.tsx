import { type FormEvent, useId, useState } from 'react';
import { isUnconfirmed } from '@/api/confirm';
import type { CustomRole, OurRole, RoleBody } from '@/api/types';
import { Button } from '@/design/Button';
import { ChoiceField, Fields, SwitchField, TextField } from '@/design/Field';
import { Notice } from '@/design/Notice';
import { Sheet } from '@/design/Sheet';
import { t } from '@/lib/i18n';
import { fieldProblem, formProblem } from '@/lib/problems';
import { toast } from '@/lib/toasts';
import { useSaveRole } from '../people/queries';
import { DeleteRole } from './DeleteRole';
import { BASES, beginning, draftOf, rebased, SCOPES } from './draft';
import { Matrix } from './Matrix';

interface RoleSheetProps {
  role: CustomRole | null;
  ours: readonly OurRole[];
  mayWrite: boolean;
  onClose: () => void;
}

const FIELDS = ['name', 'base', 'permissions', 'scope'];

/** A role: what it is based on, what it sees, what it may. */
export function RoleSheet({ role, ours, mayWrite, onClose }: RoleSheetProps) {
  const [draft, setDraft] = useState<RoleBody>(() => (role ? draftOf(role) : beginning(ours, 'AGENT')));
  const formId = useId();
  const save = useSaveRole(role?.id ?? null);
  const change = (part: Partial<RoleBody>) => { setDraft((before) => ({ ...before, ...part })); };
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(draft, { onSuccess: () => { toast({ tone: 'good', title: t('access.roles.saved', { name: draft.name.trim() }) }); onClose(); } });
  };
  const handleBase = (value: unknown) => {
    const base = BASES.find((one) => one === value) ?? 'AGENT';
    // A role that was not begun yet starts over from its new base; one with people in it keeps what it can.
    setDraft((before) => (role ? rebased(before, ours, base) : { ...beginning(ours, base), name: before.name }));
  };
  const problem = isUnconfirmed(save.error) ? null : formProblem(save.error, FIELDS);
  const footer = (
    <>
      <Button kind="quiet" onClick={onClose}>{mayWrite ? t('common.cancel') : t('common.close')}</Button>
      {mayWrite ? <Button type="submit" form={formId} loading={save.isPending} disabled={!draft.name.trim()}>{role ? t('access.roles.save') : t('access.roles.submit')}</Button> : null}
    </>
  );
  return (
    <Sheet opened size={520} title={role ? t('access.roles.edit', { name: role.name }) : t('access.roles.create')} onClose={onClose} footer={footer}>
      <form id={formId} onSubmit={handleSubmit}>
        <Fields>
          {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
          <TextField label={t('access.roles.name')} required data-autofocus disabled={!mayWrite} maxLength={60} autoComplete="off" value={draft.name} error={fieldProblem(save.error, 'name')} onChange={(event) => { change({ name: event.currentTarget.value }); }} />
          <ChoiceField label={t('access.roles.base')} description={t('access.roles.baseHelp')} disabled={!mayWrite} data={BASES.map((value) => ({ value, label: t(`common.roles.${value}`) }))} value={draft.base} error={fieldProblem(save.error, 'base')} onChange={handleBase} />
          <ChoiceField label={t('access.roles.scope')} disabled={!mayWrite} data={SCOPES.map((value) => ({ value, label: t(`access.roles.scopes.${value}`) }))} value={draft.scope} onChange={(value) => { change({ scope: SCOPES.find((one) => one === value) ?? 'own' }); }} />
          <SwitchField label={t('access.roles.hides')} description={t('access.roles.hidesHelp')} disabled={!mayWrite || draft.base === 'ANALYST'} checked={draft.hides_numbers} onChange={(event) => { change({ hides_numbers: event.currentTarget.checked }); }} />
          <Matrix draft={draft} ours={ours} disabled={!mayWrite} onChange={setDraft} error={fieldProblem(save.error, 'permissions')} />
        </Fields>
      </form>
      {role && mayWrite ? <DeleteRole role={role} onGone={onClose} /> : null}
    </Sheet>
  );
}
