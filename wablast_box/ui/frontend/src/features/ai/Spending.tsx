import { useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { isUnconfirmed } from '@/api/confirm';
import { useMay } from '@/api/session';
import type { AiUsage } from '@/api/types';
import { Button } from '@/design/Button';
import { NumberField } from '@/design/Field';
import { Loaded } from '@/design/Loaded';
import { Notice } from '@/design/Notice';
import { Panel } from '@/design/Panel';
import { t } from '@/lib/i18n';
import { formProblem } from '@/lib/problems';
import { toast } from '@/lib/toasts';
import { useTyped } from '@/lib/typed';
import { count, rupees, shareOf, shareOfRupees } from './figures';
import { Groups } from './Groups';
import { usageQuery, useSaveCaps } from './queries';
import classes from './Models.module.css';

/** This month: how much, of how much, and by whom. */
export function Spending() {
  const usage = useQuery(usageQuery);
  return (
    <Panel title={t('ai.month')} help={t('ai.monthHelp')}>
      <Loaded query={usage}>
        {(found) => (
          <>
            <div className={classes.bars}>
              <Bar label={t('ai.spent')} used={rupees(found.cost_micro_paise)} of={found.cap_rupees ? `₹${count(found.cap_rupees)}` : null} share={shareOfRupees(found.cost_micro_paise, found.cap_rupees)} />
              <Bar label={t('ai.unpriced')} used={count(found.unpriced_tokens)} of={found.cap_tokens ? count(found.cap_tokens) : null} share={shareOf(found.unpriced_tokens, found.cap_tokens)} />
            </div>
            <Caps key={`${String(found.cap_rupees)}-${String(found.cap_tokens)}`} usage={found} />
            {found.calls ? <Groups usage={found} /> : null}
          </>
        )}
      </Loaded>
    </Panel>
  );
}

interface BarProps {
  label: string;
  used: string;
  of: string | null;
  share: number;
}

const toneOf = (share: number) => (share >= 1 ? 'bad' : share >= 0.8 ? 'warn' : 'good');

const Bar = ({ label, used, of, share }: BarProps) => (
  <div className={classes.bar} data-tone={toneOf(share)}>
    <p><span>{label}</span><strong>{used}</strong> <small>{of === null ? t('ai.noCap') : t('ai.of', { cap: of })}</small></p>
    <progress max={1} value={share} aria-label={label} />
  </div>
);

interface CapsProps {
  usage: AiUsage;
}

function Caps({ usage }: CapsProps) {
  const mayWrite = useMay('settings.write');
  const { shown: caps, isChanged, type, taken } = useTyped({ ai_cap_rupees: usage.cap_rupees, ai_cap_tokens: usage.cap_tokens });
  const save = useSaveCaps();
  const problem = isUnconfirmed(save.error) ? null : formProblem(save.error, []);
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(caps, { onSuccess: () => { taken(caps); toast({ tone: 'good', title: t('ai.capSaved') }); } });
  };
  return (
    <form className={classes.caps} onSubmit={handleSubmit}>
      {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
      <NumberField label={t('ai.capRupees')} prefix="₹" thousandSeparator="," thousandsGroupStyle="lakh" min={0} allowDecimal={false} hideControls disabled={!mayWrite} value={caps.ai_cap_rupees} onChange={(next) => { type({ ai_cap_rupees: Number(next || 0) }); }} />
      <NumberField label={t('ai.capTokens')} thousandSeparator="," thousandsGroupStyle="lakh" min={0} allowDecimal={false} hideControls disabled={!mayWrite} value={caps.ai_cap_tokens} onChange={(next) => { type({ ai_cap_tokens: Number(next || 0) }); }} />
      {mayWrite ? <Button type="submit" kind="quiet" disabled={!isChanged} loading={save.isPending}>{t('common.save')}</Button> : null}
    </form>
  );
}
