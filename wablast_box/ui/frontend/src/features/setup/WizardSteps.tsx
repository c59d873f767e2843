import { useNavigate } from '@tanstack/react-router';
import type { Setup } from '@/api/types';
import { Button } from '@/design/Button';
import { IconExternalLink } from '@/design/icons';
import { t } from '@/lib/i18n';
import { CredentialsForm } from './CredentialsForm';
import { Finished } from './Finished';
import { ProofPart } from './ProofPart';
import { StepHead } from './StepHead';
import { isDone, isSubscribed, type Step } from './steps';
import { WebhookPart } from './WebhookPart';
import classes from './Setup.module.css';

interface StepProps {
  setup: Setup;
}

function useGo(): (step: Step) => void {
  const navigate = useNavigate();
  return (step) => { void navigate({ to: '/setup', search: { step } }); };
}

const DASHBOARD = 'https://developers.facebook.com/apps';

export function NumberStep({ setup }: StepProps) {
  const go = useGo();
  return (
    <>
      <StepHead title={t('setup.number.title')} help={t('setup.number.help')} />
      <a className={classes.outside} href={DASHBOARD} target="_blank" rel="noreferrer">{t('setup.number.dashboard')}<IconExternalLink size={14} aria-hidden /></a>
      <CredentialsForm setup={setup} after={<Button size="sm" onClick={() => { go('webhook'); }}>{t('setup.next')}</Button>} />
    </>
  );
}

export function WebhookStep({ setup }: StepProps) {
  const go = useGo();
  const isReady = isSubscribed(setup);
  return (
    <>
      <StepHead title={t('setup.webhook.title')} help={t('setup.webhook.help')} />
      <WebhookPart setup={setup} />
      <footer className={classes.foot}>
        <Button size="sm" kind="quiet" className={classes.back} onClick={() => { go('number'); }}>{t('common.back')}</Button>
        <Button size="sm" kind={isReady ? 'primary' : 'quiet'} onClick={() => { go('proof'); }}>{isReady ? t('setup.next') : t('setup.anyway')}</Button>
      </footer>
    </>
  );
}

export function ProofStep({ setup }: StepProps) {
  const go = useGo();
  const isOver = isDone(setup, 'proof');
  return (
    <>
      {isOver ? <Finished /> : <StepHead title={t('setup.proof.title')} help={t('setup.proof.help')} />}
      <ProofPart setup={setup} />
      {isOver ? null : (
        <footer className={classes.foot}>
          <Button size="sm" kind="quiet" className={classes.back} onClick={() => { go('webhook'); }}>{t('common.back')}</Button>
        </footer>
      )}
    </>
  );
}
