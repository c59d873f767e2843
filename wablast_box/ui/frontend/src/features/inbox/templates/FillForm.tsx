import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useSession } from '@/api/session';
import type { Conversation, Template, TemplateBlank } from '@/api/types';
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
import { type Files, type HeaderFile, knownOf, missingOf, prefilled } from './values';
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

// The input of a file is out of sight and takes no focus: its button stands for it.
const FIRST_BLANK = 'button[name$="header.media"], input:not([type=hidden], [type=file], [value]), input[value=""]';

const withFile = (files: Files, key: string, file: HeaderFile | null): Files =>
  file ? { ...files, [key]: file } : Object.fromEntries(Object.entries(files).filter(([one]) => one !== key));

/** One field for each blank; the bubble beside it fills while one types. */
export function FillForm({ template, sisters, conversation, onOther, onBack, onSent }: FillFormProps) {
  const { user, business } = useSession();
  const known = useMemo(() => knownOf(conversation, user?.name, business?.name), [business, conversation, user]);
  const [values, setValues] = useState<Values>(() => prefilled(template, known));
  const [files, setFiles] = useState<Files>({});
  const [at, setAt] = useState(0);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const send = useSendTemplate(conversation.id, onSent);
  const missing = missingOf(template, values, files);
  const { byField, general } = problemsOf(send.error);
  useEffect(() => { (form.current?.querySelector<HTMLElement>(FIRST_BLANK) ?? form.current?.querySelector<HTMLElement>('[type=submit]'))?.focus(); }, []);
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (missing.length === 0) send.mutate({ template, values, files });
    else form.current?.querySelector<HTMLElement>(`[name="${missing[0] ? keyOf(missing[0]) : ''}"]`)?.focus();
  };
  const errorOf = (key: string, isMissing: boolean): string | undefined => (tried && isMissing ? t('templates.fill.blank') : byField[`parameters.${key}`]);
  const field = (blank: TemplateBlank) => (
    <BlankField
      key={keyOf(blank)} blank={blank} template={template} values={values} known={known} file={files[keyOf(blank)] ?? null} error={errorOf(keyOf(blank), missing.includes(blank))}
      onChange={(key, value) => { setValues((before) => ({ ...before, [key]: value })); }} onFile={(file) => { setFiles((before) => withFile(before, keyOf(blank), file)); }}
    />
  );
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
          {template.blanks.filter(({ card }) => card === null).map(field)}
          {template.cards.map((_, card) => (
            <fieldset key={card} className={classes.card} onFocus={() => { setAt(card); }}>
              <legend>{t('thread.interactive.card', { at: card + 1 })}</legend>
              {template.blanks.filter((blank) => blank.card === card).map(field)}
            </fieldset>
          ))}
        </div>
        <footer className={classes.foot}>
          <span>{missing.length > 0 ? t('templates.fill.left', { count: missing.length }) : t('templates.fill.ready')}</span>
          <Button type="submit" loading={send.isPending} leftSection={<IconSend2 size={14} />}>{t('templates.fill.send')}</Button>
        </footer>
      </div>
      <Preview template={template} values={values} files={files} at={at} conversation={conversation} />
    </form>
  );
}
