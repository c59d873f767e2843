import { type FormEvent, useState } from 'react';
import { isUnconfirmed } from '@/api/confirm';
import { problemOf } from '@/api/errors';
import { useMay } from '@/api/session';
import type { Problem, Setup } from '@/api/types';
import { Button } from '@/design/Button';
import { CopyText } from '@/design/CopyText';
import { TextField } from '@/design/Field';
import { Notice } from '@/design/Notice';
import { t } from '@/lib/i18n';
import { CheckLine } from './CheckLine';
import { useDrafts } from './drafts';
import { useSaveNumber, useSubscribe } from './queries';
import { checkOf } from './steps';
import { Unreachable } from './Unreachable';
import classes from './Setup.module.css';

interface WebhookPartProps {
  setup: Setup;
}

/** The address that Meta calls, and the subscription that makes it call. */
export function WebhookPart({ setup }: WebhookPartProps) {
  const mayWrite = useMay('integrations.write');
  const subscribe = useSubscribe();
  const check = checkOf(setup, 'subscription');
  const refused = subscribe.error && !isUnconfirmed(subscribe.error) ? problemOf(subscribe.error) : null;
  const isAboutUrl = refused?.field === 'public_url';
  return (
    <div className={classes.form}>
      <PublicUrl setup={setup} readOnly={!mayWrite} refused={isAboutUrl ? refused : null} onSaved={() => { subscribe.reset(); }} />
      <section className={classes.subscription}>
        <div>
          <strong>{t('setup.webhook.subscribeTitle')}</strong>
          <p>{t('setup.webhook.subscribeHelp')}</p>
          <CheckLine check={check ?? { name: 'subscription', ok: null, title: t('setup.webhook.notYet'), help: null }} pending={subscribe.isPending} />
        </div>
        {mayWrite ? <Button size="sm" kind={check?.ok ? 'quiet' : 'primary'} loading={subscribe.isPending} onClick={() => { subscribe.mutate(undefined); }}>{check?.ok ? t('setup.webhook.subscribeAgain') : t('setup.webhook.subscribe')}</Button> : null}
      </section>
      {refused && !isAboutUrl ? <Notice tone="bad" title={refused.message}>{refused.help}</Notice> : null}
      <ByHand setup={setup} />
      <Unreachable />
    </div>
  );
}

interface PublicUrlProps {
  setup: Setup;
  readOnly: boolean;
  /** Subscribing failed for want of an address. */
  refused: Problem | null;
  onSaved: () => void;
}

function PublicUrl({ setup, readOnly, refused, onSaved }: PublicUrlProps) {
  const [url, setUrl] = useState(setup.public_url ?? '');
  const save = useSaveNumber();
  const isDirty = url.trim() !== (setup.public_url ?? '') && url.trim() !== '';
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (isDirty) save.mutate({ public_url: url.trim() }, { onSuccess: (found) => { setUrl(found.public_url ?? url); onSaved(); } });
  };
  const problem = save.error && !isUnconfirmed(save.error) ? problemOf(save.error) : refused;
  return (
    <form onSubmit={handleSubmit} className={classes.inline}>
      <TextField
        label={t('setup.webhook.publicUrl')}
        description={t('setup.webhook.publicUrlHelp')}
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        disabled={readOnly}
        className={classes.mono}
        value={url}
        error={problem ? `${problem.message} ${problem.help ?? ''}` : undefined}
        onChange={(event) => { setUrl(event.currentTarget.value); }}
      />
      {isDirty && !readOnly ? <Button type="submit" loading={save.isPending}>{t('setup.webhook.saveUrl')}</Button> : null}
    </form>
  );
}

function ByHand({ setup }: WebhookPartProps) {
  const made = useDrafts((drafts) => drafts.verifyToken);
  const { verify_token: stored } = setup.number;
  return (
    <details className={classes.more}>
      <summary>{t('setup.webhook.byHand')}</summary>
      <p>{t('setup.webhook.byHandHelp')}</p>
      <dl className={classes.copies}>
        <dt>{t('setup.webhook.address')}</dt>
        <dd><CopyText text={setup.webhook_url} label={t('setup.webhook.address')} /></dd>
        <dt>{t('setup.webhook.verifyToken')}</dt>
        <dd>{made ? <CopyText text={made} label={t('setup.webhook.verifyToken')} /> : stored.set ? t('setup.webhook.verifyUnknown', { last4: stored.last4 ?? '' }) : t('setup.webhook.verifyNone')}</dd>
      </dl>
    </details>
  );
}
