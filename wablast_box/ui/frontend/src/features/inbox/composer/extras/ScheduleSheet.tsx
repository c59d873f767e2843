import { Radio } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Conversation, ScheduledMessage } from '@/api/types';
import { Button } from '@/design/Button';
import { Fields, LongTextField, TextField } from '@/design/Field';
import { Notice } from '@/design/Notice';
import { Sheet } from '@/design/Sheet';
import { timeOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { useNow } from '@/lib/now';
import { calm } from '@/lib/plain';
import { formProblem } from '@/lib/problems';
import { toast } from '@/lib/toasts';
import { body, text } from '../../content';
import { Markup } from '../../kinds/Markup';
import { SentInteractive } from '../../kinds/SentInteractive';
import { nameOf } from '../../names';
import { withLists } from '../completion';
import type { Part } from '../send';
import { Pretend } from './Pretend';
import { choices, FURTHEST, fromField, toField, whenOf } from './later';
import { useChangeScheduled, useSchedule } from './scheduled';
import classes from './Extras.module.css';

interface ScheduleSheetProps {
  conversation: Conversation;
  /** What is to go; of one that waits already only the words can be changed. */
  parts: Part[];
  existing?: ScheduledMessage;
  onDone: () => void;
  onClose: () => void;
}

export function ScheduleSheet({ conversation, parts, existing, onDone, onClose }: ScheduleSheetProps) {
  const now = useNow();
  const [quick] = useState(() => choices(Date.now()));
  const first = quick[0]?.at ?? now;
  const [chosen, setChosen] = useState<string>(existing ? 'own' : quick[0]?.key ?? 'own');
  const [own, setOwn] = useState(() => toField(existing && Date.parse(existing.at) > Date.now() ? Date.parse(existing.at) : first));
  const plain = existing && text(existing.message['type']) === 'text' ? text(body(existing.message['text'])['body']) : null;
  const [words, setWords] = useState(plain ?? '');
  const schedule = useSchedule(conversation.id);
  const change = useChangeScheduled();
  const at = chosen === 'own' ? fromField(own) : quick.find((one) => one.key === chosen)?.at ?? null;
  const wrong = at === null || at <= now ? t('composer.later.past') : at > now + FURTHEST ? t('composer.later.far') : null;
  const wrongWords = plain !== null && words.trim() === '' ? t('composer.later.words') : null;
  const isTemplate = (existing ? text(existing.message['type']) : parts[0]?.body.type) === 'template';
  const closes = !isTemplate && at !== null && (conversation.window_expires_at === null || at >= Date.parse(conversation.window_expires_at));
  const busy = schedule.isPending || change.isPending;
  const problem = formProblem(schedule.error ?? change.error, []);
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (wrong ?? wrongWords) return;
    const moment = new Date(at ?? 0).toISOString();
    const said = (key: 'scheduled' | 'changed') => {
      toast({ tone: 'good', title: t(`composer.later.${key}`, { when: whenOf(moment, Date.now()) }) });
      onDone();
    };
    if (!existing) schedule.mutate({ parts, at: moment }, { onSuccess: () => { said('scheduled'); } });
    else change.mutate({ id: existing.id, at: moment, ...(plain !== null && words !== plain ? { message: { type: 'text', text: { body: words.trim() } } } : {}) }, { onSuccess: () => { said('changed'); } });
  };
  return (
    <Sheet title={t(existing ? 'composer.later.edit' : 'composer.later.title')} opened onClose={onClose} footer={<Button type="submit" form="later" loading={busy}>{t(existing ? 'composer.later.change' : 'composer.later.save')}</Button>}>
      <form id="later" onSubmit={handleSubmit}>
        <Fields>
          <Radio.Group label={t('composer.later.when')} value={chosen} onChange={setChosen}>
            <div className={classes.choices}>
              {quick.map((one) => <Radio key={one.key} value={one.key} label={t(`composer.later.${one.key}`, { time: timeOf(new Date(one.at).toISOString()) })} />)}
              <Radio value="own" label={t('composer.later.own')} />
            </div>
          </Radio.Group>
          {chosen === 'own' ? <TextField type="datetime-local" aria-label={t('composer.later.own')} description={t('composer.later.ownHelp')} value={own} error={wrong} onChange={(event) => { setOwn(event.currentTarget.value); }} /> : null}
          {plain === null ? null : <LongTextField label={t('composer.later.message')} dir="auto" maxLength={4096} value={words} error={wrongWords} onChange={(event) => { setWords(event.currentTarget.value); }} />}
          {closes ? <Notice tone="warn" title={t('composer.later.closes')}>{t('composer.later.closesHelp', { name: nameOf(conversation.contact) })}</Notice> : null}
          {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
        </Fields>
        {existing ? null : <Going parts={parts} />}
      </form>
    </Sheet>
  );
}

/** What will go, so that nobody schedules the wrong thing. */
function Going({ parts }: { parts: Part[] }) {
  return (
    <Pretend>
      {parts.map(({ key, body: message, file, preview }) => {
        const inner = body(message[message.type as keyof typeof message]);
        const words = text(inner['body']) || text(inner['caption']);
        return (
          <div key={key} className={classes.going}>
            {preview && file?.type.startsWith('image/') ? <img src={preview} alt="" /> : null}
            {file && !file.type.startsWith('image/') ? <bdi>{calm(file.name)}</bdi> : null}
            {message.interactive ? <SentInteractive content={message.interactive} /> : null}
            {words ? <Markup text={withLists(words)} /> : null}
          </div>
        );
      })}
    </Pretend>
  );
}
