import { MultiSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Team } from '@/api/types';
import { AskFirst } from '@/design/AskFirst';
import { Button } from '@/design/Button';
import { ChoiceField, Fields, TextField } from '@/design/Field';
import { Notice } from '@/design/Notice';
import { Sheet } from '@/design/Sheet';
import { t } from '@/lib/i18n';
import { fieldProblem, formProblem } from '@/lib/problems';
import { toast } from '@/lib/toasts';
import { attendanceQuery, useDeleteTeam, useSaveTeam } from './queries';

interface TeamSheetProps {
  team: Team | null;
  onClose: () => void;
}

const AS_BOX = 'asBox';
const WAYS = [AS_BOX, 'queue', 'round_robin', 'least_busy'] as const;

export function TeamSheet({ team, onClose }: TeamSheetProps) {
  const people = useQuery(attendanceQuery);
  const [name, setName] = useState(team?.name ?? '');
  const [members, setMembers] = useState(team?.members.map((one) => one.id) ?? []);
  const [way, setWay] = useState<string>(team?.routing ?? AS_BOX);
  const [doomed, setDoomed] = useState(false);
  const save = useSaveTeam(team?.id ?? null);
  const remove = useDeleteTeam();
  const problem = formProblem(save.error, ['name']);
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    const routing = way === AS_BOX ? null : (way as Team['routing']);
    save.mutate({ name, member_ids: members, routing }, { onSuccess: (saved) => { toast({ tone: 'good', title: t('desk.teams.saved', { name: saved.name }) }); onClose(); } });
  };
  const handleDelete = () => {
    if (team) remove.mutate(team.id, { onSuccess: () => { toast({ tone: 'good', title: t('desk.teams.removed', { name: team.name }) }); onClose(); } });
  };
  return (
    <Sheet
      title={team ? t('desk.teams.edit', { name: team.name }) : t('desk.teams.make')}
      opened
      onClose={onClose}
      footer={<>{team ? <Button kind="quiet" onClick={() => { setDoomed(true); }}>{t('desk.teams.remove')}</Button> : null}<Button type="submit" form="team" loading={save.isPending}>{t('desk.teams.save')}</Button></>}
    >
      <form id="team" onSubmit={handleSubmit}>
        {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
        <Fields>
          <TextField label={t('desk.teams.name')} data-autofocus maxLength={40} value={name} error={fieldProblem(save.error, 'name')} onChange={(event) => { setName(event.currentTarget.value); }} />
          <MultiSelect label={t('desk.teams.members')} searchable value={members} onChange={setMembers} data={(people.data ?? []).map((one) => ({ value: one.user.id, label: one.user.name }))} />
          <ChoiceField label={t('desk.teams.routing')} value={way} onChange={(value) => { setWay(value === null ? AS_BOX : String(value)); }} data={WAYS.map((one) => ({ value: one, label: t(`desk.teams.${one}`) }))} />
        </Fields>
      </form>
      {team && doomed ? (
        <AskFirst opened onClose={() => { setDoomed(false); }} title={t('desk.teams.removeTitle', { name: team.name })} confirm={t('desk.teams.remove')} onConfirm={handleDelete} busy={remove.isPending} error={remove.error}>{t('desk.teams.removeHelp')}</AskFirst>
      ) : null}
    </Sheet>
  );
}
