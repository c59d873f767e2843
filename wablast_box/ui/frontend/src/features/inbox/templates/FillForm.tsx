import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useSession } from '@/api/session';
import type { Conversation, Template } from '@/api/types';
import { Button } from '@/design/Button';
import { ChoiceField } from '@/design/Field';
import { IconArrowLeft, IconSend2 } from '@/design/icons';
import { IconButton } from '@/design/IconButton';
import { Notice } from '@/design/Notice';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { BlankField } from './BlankField';
import { languageWords } from './look';
import { Preview } from './Preview';
import { keyOf, type Values } from './rendered';
import { problemsOf, useSendTemplate } from './send';
import { type HeaderFile, knownOf, missingOf, prefilled } from './values';
import classes from './Picker.module.css';

interface FillFormProps {
  template: Template;
  /** The same text in every language that can be sent, this one included. */
  sisters: Template[];
  conversation: Conversation;
  onOther: (id: string) => void;
  onBack: () => void;
  onSent: () => void;
}

/** One field for each blank; the bubble beside it fills while one types. */
export function FillForm({ template, sisters, conversation, onOther, onBack, onSent }: FillFormProps) {
  const { user, business } = useSession();
  const known = useMemo(() => knownOf(conversation, user?.name, business?.name), [business, conversation, user]);
  const [values, setValues] = useState<Values>(() => prefilled(template, known));
  const [file, setFile] = useState<HeaderFile | null>(null);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const send = useSendTemplate(conversation.id, onSent);
  const missing = missingOf(template, values, file);
  const { byField, general } = problemsOf(send.error);
  useEffect(() => { (form.current?.querySelector<HTMLElement>('input:not([type=hidden]):not([value]), input[value=""]') ?? form.current?.querySelector<HTMLElement>('[type=submit]'))?.focus(); }, []);
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (missing.length === 0) send.mutate({ template, values, file });
    else form.current?.querySelector<HTMLElement>(`[name="${keyOf(missing[0] ?? { place: 'body', key: '' })}"]`)?.focus();
  };
  const errorOf = (key: string, isMissing: boolean): string | undefined => (tried && isMissing ? t('templates.fill.blank') : byField[`parameters.${key}`]);
  return (
    <form ref={form} className={classes.columns} onSubmit={handleSubmit} noValidate>
      <div className={classes.left}>
        <div className={classes.formHead}>
          <IconButton label={t('templates.fill.back')} keys="escape" onClick={onBack}><IconArrowLeft size={16} /></IconButton>
          <b>{calm(template.name)}</b>
          {sisters.length > 1 ? <ChoiceField aria-label={t('templates.fill.language')} w={150} data={sisters.map(({ id, language }) => ({ value: id, label: languageWords(language) }))} value={template.id} onChange={(id) => { if (typeof id === 'string') onOther(id); }} /> : null}
        </div>
        <div className={classes.fields}>
          {general ? <Notice tone="bad" title={general.message}>{general.help}</Notice> : null}
          {template.blanks.length === 0 ? <p className={classes.nothing}>{t('templates.fill.nothing')}</p> : null}
          {template.blanks.map((blank) => (
            <BlankField
              key={keyOf(blank)} blank={blank} template={template} values={values} known={known} file={file} error={errorOf(keyOf(blank), missing.includes(blank))}
              onChange={(key, value) => { setValues((before) => ({ ...before, [key]: value })); }} onFile={setFile}
            />
          ))}
        </div>
        <footer className={classes.foot}>
          <span>{missing.length > 0 ? t('templates.fill.left', { count: missing.length }) : t('templates.fill.ready')}</span>
          <Button type="submit" loading={send.isPending} leftSection={<IconSend2 size={14} />}>{t('templates.fill.send')}</Button>
        </footer>
      </div>
      <Preview template={template} values={values} file={file} conversation={conversation} />
    </form>
  );
}
