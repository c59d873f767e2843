import { type SubmitEvent, useState } from 'react';
import { problemOf } from '@/api/errors';
import { Button } from '@/design/Button';
import { Dialog } from '@/design/Dialog';
import { ChoiceField, LongTextField, NumberField, TextField } from '@/design/Field';
import { Notice } from '@/design/Notice';
import { t } from '@/lib/i18n';
import { toast } from '@/lib/toasts';
import { MATCHES, useQuickAnswer } from './quick';
import classes from './List.module.css';

interface QuickAnswerProps {
  onClose: () => void;
}

/** Words and an answer, without drawing anything. */
export function QuickAnswer({ onClose }: QuickAnswerProps) {
  const [words, setWords] = useState('');
  const [match, setMatch] = useState<string>('contains');
  const [reply, setReply] = useState('');
  const [priority, setPriority] = useState(0);
  const make = useQuickAnswer();
  const problem = make.error ? problemOf(make.error) : null;
  const handleSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    make.mutate({ words, match, reply, priority }, { onSuccess: ({ name }) => { toast({ tone: 'good', title: t('flows.quick.done', { name }) }); onClose(); } });
  };
  return (
    <Dialog title={t('flows.quick.title')} onClose={onClose}>
      <form className={classes.quick} onSubmit={handleSubmit}>
        <p>{t('flows.quick.help')}</p>
        {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
        <TextField label={t('flows.quick.words')} description={t('flows.quick.wordsHelp')} value={words} required data-autofocus maxLength={1000} onChange={(event) => { setWords(event.currentTarget.value); }} />
        <div className={classes.quickPair}>
          <ChoiceField label={t('flows.quick.match')} value={match} data={MATCHES.map((one) => ({ value: one, label: t(`flows.quick.matches.${one}`) }))} onChange={(next) => { setMatch(String(next ?? 'contains')); }} />
          <NumberField label={t('flows.quick.priority')} value={priority} min={-100} max={100} allowDecimal={false} onChange={(next) => { setPriority(Number(next) || 0); }} />
        </div>
        <LongTextField label={t('flows.quick.reply')} description={t('flows.quick.replyHelp', { name: '{{contact.first_name}}' })} value={reply} required maxLength={4096} onChange={(event) => { setReply(event.currentTarget.value); }} />
        <div className={classes.quickFoot}>
          <Button kind="quiet" onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" loading={make.isPending} disabled={!words.trim() || !reply.trim()}>{t('flows.quick.save')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
