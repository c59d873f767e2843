import { type FormEvent, useState } from 'react';
import { isUnconfirmed } from '@/api/confirm';
import { useMay } from '@/api/session';
import type { Setup } from '@/api/types';
import { Button } from '@/design/Button';
import { CopyText } from '@/design/CopyText';
import { TextField } from '@/design/Field';
import { Notice } from '@/design/Notice';
import { t } from '@/lib/i18n';
import { fieldProblem, formProblem } from '@/lib/problems';
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
  const problem = subscribe.error && !isUnconfirmed(subscribe.error) ? formProblem(subscribe.error, []) : null;
  return (
    <div className={classes.form}>
      <PublicUrl setup={setup} readOnly={!mayWrite} />
      <section className={classes.subscription}>
        <div>
          <strong>{t('setup.webhook.subscribeTitle')}</strong>
          <p>{t('setup.webhook.subscribeHelp')}</p>
          <CheckLine check={check ?? { name: 'subscription', ok: null, title: t('setup.webhook.notYet'), help: null }} pending={subscribe.isPending} />
        </div>
        {mayWrite ? <Button size="sm" kind={check?.ok ? 'quiet' : 'primary'} loading={subscribe.isPending} onClick={() => { subscribe.mutate(undefined); }}>{check?.ok ? t('setup.webhook.subscribeAgain') : t('setup.webhook.subscribe')}</Button> : null}
      </section>
      {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
      <ByHand setup={setup} />
      <Unreachable />
    </div>
  );
}

interface PublicUrlProps {
  setup: Setup;
  readOnly: boolean;
}

function PublicUrl({ setup, readOnly }: PublicUrlProps) {
  const [url, setUrl] = useState(setup.public_url ?? '');
  const save = useSaveNumber();
  const isDirty = url.trim() !== (setup.public_url ?? '') && url.trim() !== '';
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (isDirty) save.mutate({ public_url: url.trim() }, { onSuccess: (found) => { setUrl(found.public_url ?? url); } });
  };
  const problem = isUnconfirmed(save.error) ? null : formProblem(save.error, ['public_url']);
  return (
    <form onSubmit={handleSubmit} className={classes.inline}>
      <TextField
        label={t('setup.webhook.publicUrl')}
        description={t('setup.webhook.publicUrlHelp')}
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        disabled={readOnly}
        classNames={{ input: classes.mono }}
        value={url}
        error={problem ? `${problem.message} ${problem.help ?? ''}` : fieldProblem(save.error, 'public_url')}
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
