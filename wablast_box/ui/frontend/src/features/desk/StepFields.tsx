import { useQuery } from '@tanstack/react-query';
import type { MacroStep } from '@/api/types';
import { ChoiceField, LongTextField, NumberField } from '@/design/Field';
import { IconButton } from '@/design/IconButton';
import { IconX } from '@/design/icons';
import { t } from '@/lib/i18n';
import { tagsQuery } from '@/features/inbox/list/queries';
import { attendanceQuery, teamsQuery } from './queries';
import classes from './Desk.module.css';

interface StepFieldsProps {
  n: number;
  step: MacroStep;
  onStep: (step: MacroStep | null) => void;
}

const KINDS = ['reply', 'note', 'tag', 'assign', 'team', 'snooze', 'resolve', 'pending', 'reopen', 'read'] as const;
const ME = 'me';

/** What a step needs when it is chosen. */
const FRESH: Record<MacroStep['do'], MacroStep> = {
  reply: { do: 'reply', text: '' }, note: { do: 'note', text: '' }, tag: { do: 'tag', add: [] }, assign: { do: 'assign', user_id: ME }, team: { do: 'team' },
  snooze: { do: 'snooze', minutes: null }, resolve: { do: 'resolve' }, pending: { do: 'pending' }, reopen: { do: 'reopen' }, read: { do: 'read' },
};

export function StepFields({ n, step, onStep }: StepFieldsProps) {
  return (
    <li className={classes.step}>
      <div>
        <ChoiceField
          label={t('desk.macros.step', { n })}
          value={step.do}
          data={KINDS.map((kind) => ({ value: kind, label: t(`desk.macros.do.${kind}`) }))}
          onChange={(kind) => { if (kind !== null) onStep(FRESH[kind as MacroStep['do']]); }}
        />
        <StepDetail step={step} onStep={onStep} />
      </div>
      <IconButton label={t('desk.macros.drop', { n })} size={28} onClick={() => { onStep(null); }}><IconX size={15} /></IconButton>
    </li>
  );
}

type DetailProps = Omit<StepFieldsProps, 'n'>;

function StepDetail({ step, onStep }: DetailProps) {
  if (step.do === 'reply' || step.do === 'note') return <LongTextField aria-label={t('desk.macros.text')} dir="auto" minRows={2} maxLength={4096} value={step.text ?? ''} onChange={(event) => { onStep({ ...step, text: event.currentTarget.value }); }} />;
  if (step.do === 'snooze') return <NumberField label={t('desk.macros.minutes')} min={1} max={527_040} allowDecimal={false} value={step.minutes ?? ''} onChange={(value) => { onStep({ ...step, minutes: typeof value === 'number' ? value : null }); }} />;
  if (step.do === 'tag') return <TagChoice step={step} onStep={onStep} />;
  if (step.do === 'assign') return <PersonChoice step={step} onStep={onStep} />;
  if (step.do === 'team') return <TeamChoice step={step} onStep={onStep} />;
  return null;
}

function TagChoice({ step, onStep }: DetailProps) {
  const { data = [] } = useQuery(tagsQuery);
  return <ChoiceField label={t('desk.macros.tag')} searchable value={step.add?.[0] ?? null} data={data.map((tag) => ({ value: tag.id, label: tag.name }))} onChange={(id) => { onStep({ ...step, add: id === null ? [] : [String(id)] }); }} />;
}

function PersonChoice({ step, onStep }: DetailProps) {
  const { data = [] } = useQuery(attendanceQuery);
  const people = [{ value: ME, label: t('desk.macros.me') }, ...data.map(({ user }) => ({ value: user.id, label: user.name }))];
  return <ChoiceField label={t('desk.macros.person')} searchable value={step.user_id ?? ME} data={people} onChange={(id) => { onStep({ ...step, user_id: id === null ? ME : String(id) }); }} />;
}

function TeamChoice({ step, onStep }: DetailProps) {
  const { data = [] } = useQuery(teamsQuery);
  return <ChoiceField label={t('desk.macros.team')} searchable value={step.team_id ?? null} data={data.map((team) => ({ value: team.id, label: team.name }))} onChange={(id) => { onStep({ do: 'team', ...(id === null ? {} : { team_id: String(id) }) }); }} />;
}
