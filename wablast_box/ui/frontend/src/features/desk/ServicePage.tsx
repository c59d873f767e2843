import { useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { ServiceTarget } from '@/api/types';
import { Button } from '@/design/Button';
import { EmptyState } from '@/design/EmptyState';
import { Facts } from '@/design/Facts';
import { NumberField } from '@/design/Field';
import { IconMoodSmile } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { PageHeader } from '@/design/PageHeader';
import { Page, Panel } from '@/design/Panel';
import { shortDuration } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { toast, toastError } from '@/lib/toasts';
import { useTyped } from '@/lib/typed';
import { targetsQuery, teamsQuery, useSaveTarget, verdictsQuery } from './queries';
import classes from './Desk.module.css';

/** How soon, for everybody and for teams; and what customers say of it. */
export function ServicePage() {
  const targets = useQuery(targetsQuery);
  const teams = useQuery(teamsQuery);
  return (
    <Page>
      <PageHeader title={t('desk.service.title')} help={t('desk.service.help')} />
      <Panel title={t('desk.service.promises')} help={t('desk.service.promisesHelp')}>
        <Loaded query={targets}>
          {(all) => [{ id: null, name: t('desk.service.everybody') }, ...(teams.data ?? [])].map(({ id, name }) => (
            <PromiseForm key={id ?? 'everybody'} teamId={id} name={name} target={all.find((one) => one.team_id === id)} />
          ))}
        </Loaded>
      </Panel>
      <Panel title={t('desk.service.verdicts')} help={t('desk.service.verdictsHelp')}><Verdicts /></Panel>
    </Page>
  );
}

interface PromiseProps {
  teamId: string | null;
  name: string;
  target: ServiceTarget | undefined;
}

const minutes = (seconds: number | null | undefined): number | string => (seconds == null ? '' : Math.round(seconds / 60));
const seconds = (value: unknown): number | null => (typeof value === 'number' ? value * 60 : null);

/** Minutes are what is promised; from an hour on it says how long that is. */
const unit = (value: number | string): string => ` ${t('desk.service.minutes')}${typeof value === 'number' && value >= 60 ? ` (${shortDuration(value * 60_000)})` : ''}`;

function PromiseForm({ teamId, name, target }: PromiseProps) {
  const { shown, isChanged, type, taken } = useTyped({ answer_within_s: target?.answer_within_s ?? null, resolve_within_s: target?.resolve_within_s ?? null });
  const [within, resolved] = [minutes(shown.answer_within_s), minutes(shown.resolve_within_s)];
  const save = useSaveTarget();
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ team_id: teamId, ...shown }, { onSuccess: () => { taken(shown); toast({ tone: 'good', title: t('desk.service.saved') }); }, onError: toastError });
  };
  const field = { min: 1, max: 129_600, allowDecimal: false, hideControls: true, placeholder: t('desk.service.none') };
  return (
    <form className={classes.promise} onSubmit={handleSubmit} aria-label={name}>
      <strong><bdi>{name}</bdi></strong>
      <NumberField label={t('desk.service.answer')} {...field} suffix={unit(within)} value={within} onChange={(entered) => { type({ answer_within_s: seconds(entered) }); }} />
      <NumberField label={t('desk.service.resolve')} {...field} suffix={unit(resolved)} value={resolved} onChange={(entered) => { type({ resolve_within_s: seconds(entered) }); }} />
      <Button type="submit" kind="quiet" disabled={!isChanged} loading={save.isPending}>{t('desk.service.save')}</Button>
    </form>
  );
}

const SCORES = ['5', '4', '3', '2', '1'] as const;

function Verdicts() {
  const verdicts = useQuery(verdictsQuery);
  return (
    <Loaded query={verdicts}>
      {({ asked, answered, average, not_asked, scores }) => (answered === 0
        ? <EmptyState icon={<IconMoodSmile size={22} stroke={1.6} />} title={t('desk.service.noVerdicts')} />
        : (
          <>
            <Facts
              items={[
                { label: t('desk.service.average'), value: average === null ? '' : t('desk.service.outOf', { score: average.toFixed(1) }) },
                { label: t('desk.service.asked'), value: asked },
                { label: t('desk.service.answered'), value: answered },
                { label: t('desk.service.notAsked'), value: not_asked > 0 ? not_asked : '' },
              ]}
            />
            <ul className={classes.scores}>
              {SCORES.map((score) => (
                <li key={score}>
                  <span>{t(`desk.service.score.s${score}`)}</span>
                  <meter min={0} max={answered} value={scores[score] ?? 0} aria-label={t(`desk.service.score.s${score}`)} />
                  <span>{scores[score] ?? 0}</span>
                </li>
              ))}
            </ul>
          </>
        ))}
    </Loaded>
  );
}
