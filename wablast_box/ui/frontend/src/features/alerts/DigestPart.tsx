import { Link } from '@tanstack/react-router';
import { useMay, useSession } from '@/api/session';
import { ChoiceField, Fields } from '@/design/Field';
import { Notice } from '@/design/Notice';
import { Panel } from '@/design/Panel';
import { t } from '@/lib/i18n';
import type { PartProps } from './AlertsPage';
import { useChangeAlerts } from './queries';

const CHOICES = { off: null, m15: 15, m30: 30, h1: 60, h4: 240 } as const;
type Choice = keyof typeof CHOICES;
const NAMES: readonly Choice[] = ['off', 'm15', 'm30', 'h1', 'h4'];

export function DigestPart({ wants }: PartProps) {
  const change = useChangeAlerts();
  const mayLook = useMay('settings.read');
  const email = useSession().user?.email ?? '';
  const chosen = NAMES.find((name) => CHOICES[name] === wants.digest_after_min);
  const handleChange = (value: unknown) => {
    const name = NAMES.find((one) => one === value);
    if (name) change.mutate({ digest_after_min: CHOICES[name] });
  };
  return (
    <Panel title={t('alerts.digest.title')} help={t('alerts.digest.help', { email })}>
      {wants.is_mail_set_up ? null : (
        <Notice tone="info" title={t('alerts.digest.noMail')} action={mayLook ? <Link to="/settings/email">{t('alerts.digest.setUp')}</Link> : null}>{mayLook ? null : t('alerts.digest.askOwner')}</Notice>
      )}
      <Fields>
        <ChoiceField label={t('alerts.digest.label')} data={NAMES.map((value) => ({ value, label: t(`alerts.digest.choices.${value}`) }))} value={chosen ?? null} placeholder={t('alerts.digest.other', { n: wants.digest_after_min ?? 0 })} onChange={(value) => { handleChange(value); }} />
      </Fields>
    </Panel>
  );
}
