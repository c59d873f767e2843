import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { isUnconfirmed } from '@/api/confirm';
import { useMay } from '@/api/session';
import { Button } from '@/design/Button';
import { LongTextField } from '@/design/Field';
import { Loaded } from '@/design/Loaded';
import { Notice } from '@/design/Notice';
import { Panel } from '@/design/Panel';
import { t } from '@/lib/i18n';
import { fieldProblem, formProblem } from '@/lib/problems';
import { toast } from '@/lib/toasts';
import { type Inside, insideQuery, usePutInside } from './queries';
import classes from './Secrets.module.css';

/** Servers in the owner's own network: flows reach none of them that is not listed. */
export function InsidePanel() {
  const inside = useQuery(insideQuery);
  return (
    <Panel title={t('flowSecrets.inside.title')} help={t('flowSecrets.inside.help')}>
      <Loaded query={inside}>{(found) => <InsideForm key={found.added.join()} inside={found} />}</Loaded>
    </Panel>
  );
}

interface InsideFormProps {
  inside: Inside;
}

function InsideForm({ inside }: InsideFormProps) {
  const mayWrite = useMay('security.write');
  const [text, setText] = useState(inside.added.join('\n'));
  const put = usePutInside();
  const problem = isUnconfirmed(put.error) ? null : formProblem(put.error, ['added']);
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    put.mutate(text.split(/[\s,]+/).filter((one) => one !== ''), { onSuccess: () => { toast({ tone: 'good', title: t('flowSecrets.inside.saved') }); } });
  };
  return (
    <form onSubmit={handleSubmit} noValidate className={classes.inside}>
      {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
      {inside.given.length > 0 ? <p className={classes.quiet}>{t('flowSecrets.inside.given', { servers: inside.given.join(', ') })}</p> : null}
      <LongTextField label={t('flowSecrets.inside.servers')} description={t(mayWrite ? 'flowSecrets.inside.serversHelp' : 'flowSecrets.inside.ownerOnly')} placeholder={t('flowSecrets.inside.example')} readOnly={!mayWrite} autoComplete="off" spellCheck={false} value={text} error={fieldProblem(put.error, 'added')} onChange={(event) => { setText(event.currentTarget.value); }} />
      {mayWrite ? <Button type="submit" kind="quiet" disabled={text.trim() === inside.added.join('\n')} loading={put.isPending}>{t('common.save')}</Button> : null}
    </form>
  );
}
