import { type FormEvent, useState } from 'react';
import { Button } from '@/design/Button';
import { Fields, LongTextField, TextField } from '@/design/Field';
import { IconButton } from '@/design/IconButton';
import { IconPlus, IconX } from '@/design/icons';
import { Sheet } from '@/design/Sheet';
import { t } from '@/lib/i18n';
import { keepDraft } from '../../drafts';
import { SentInteractive } from '../../kinds/SentInteractive';
import { sendBody } from '../send';
import type { ExtraProps } from './Extra';
import { ListFields } from './ListFields';
import { Pretend } from './Pretend';
import { ScheduleSheet } from './ScheduleSheet';
import { emptyTaps, interactiveOf, LIMITS, type Taps, type TapsKind, type Wrong, wrongWith } from './taps';
import classes from './Extras.module.css';

interface TapsSheetProps extends ExtraProps {
  kind: TapsKind;
}

/** Put together on the left what the customer will see on the right, and tap on. */
export default function TapsSheet({ kind, conversation, writing, replyTo, onReply, onSent, onClose }: TapsSheetProps) {
  const [taps, setTaps] = useState<Taps>(() => emptyTaps(writing.words));
  const [tried, setTried] = useState(false);
  const [later, setLater] = useState(false);
  const wrong = wrongWith(kind, taps);
  const good = Object.keys(wrong).length === 0;
  const put = (change: Partial<Taps>) => { setTaps((before) => ({ ...before, ...change })); };
  // While one writes nothing is scolded for being empty yet; what is too long is said at once.
  const shown = (field: string, value: string) => (tried || value.trim() !== '' ? wrong[field] : null);
  const body = { type: 'interactive', interactive: interactiveOf(kind, taps) };
  const done = () => {
    if (taps.body.trim() === writing.words.trim()) keepDraft(conversation.id, '');
    onReply(null);
    onSent();
    onClose();
  };
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!good) return;
    sendBody(conversation.id, body, replyTo);
    done();
  };
  const handleLater = () => {
    setTried(true);
    if (good) setLater(true);
  };
  if (later) return <ScheduleSheet conversation={conversation} parts={[{ key: '', body: { ...body, reply_to: replyTo?.id }, file: null, preview: null }]} onDone={done} onClose={onClose} />;
  return (
    <Sheet
      title={t(`composer.taps.${kind}`)}
      opened
      onClose={onClose}
      size={760}
      footer={<><Button kind="quiet" onClick={handleLater}>{t('composer.taps.schedule')}</Button><Button type="submit" form="taps">{t('composer.taps.send')}</Button></>}
    >
      <form id="taps" className={classes.taps} onSubmit={handleSubmit}>
        <Fields>
          <TextField label={t('composer.taps.header')} description={t('composer.taps.headerHelp')} dir="auto" value={taps.header} error={wrong['header']} onChange={(event) => { put({ header: event.currentTarget.value }); }} />
          <LongTextField label={t('composer.taps.body')} dir="auto" data-autofocus value={taps.body} error={shown('body', taps.body)} onChange={(event) => { put({ body: event.currentTarget.value }); }} />
          <TextField label={t('composer.taps.footer')} description={t('composer.taps.footerHelp')} dir="auto" value={taps.footer} error={wrong['footer']} onChange={(event) => { put({ footer: event.currentTarget.value }); }} />
          {kind === 'buttons' ? <ButtonFields taps={taps} put={put} shown={shown} /> : null}
          {kind === 'list' ? <ListFields taps={taps} put={put} shown={shown} wrong={wrong} /> : null}
          {kind === 'link' ? (
            <>
              <TextField label={t('composer.taps.linkText')} dir="auto" value={taps.linkText} error={shown('linkText', taps.linkText)} onChange={(event) => { put({ linkText: event.currentTarget.value }); }} />
              <TextField label={t('composer.taps.url')} type="url" inputMode="url" value={taps.url} error={taps.url === 'https://' && !tried ? null : wrong['url']} onChange={(event) => { put({ url: event.currentTarget.value }); }} />
            </>
          ) : null}
        </Fields>
        <Pretend><SentInteractive content={interactiveOf(kind, taps)} /></Pretend>
      </form>
    </Sheet>
  );
}

export interface TapsFieldsProps {
  taps: Taps;
  put: (change: Partial<Taps>) => void;
  shown: (field: string, value: string) => string | null | undefined;
  wrong?: Wrong;
}

function ButtonFields({ taps: { buttons }, put, shown }: TapsFieldsProps) {
  return (
    <>
      {buttons.map((title, at) => (
        <TextField
          key={at} label={t('composer.taps.button', { n: at + 1 })} dir="auto" value={title} error={shown(`button.${String(at)}`, title)}
          rightSection={buttons.length > 1 ? <IconButton label={t('composer.taps.removeButton', { n: at + 1 })} size={22} onClick={() => { put({ buttons: buttons.filter((_, index) => index !== at) }); }}><IconX size={13} /></IconButton> : null}
          onChange={(event) => { put({ buttons: buttons.map((one, index) => (index === at ? event.currentTarget.value : one)) }); }}
        />
      ))}
      {buttons.length < LIMITS.buttons ? <div><Button kind="link" leftSection={<IconPlus size={13} />} onClick={() => { put({ buttons: [...buttons, ''] }); }}>{t('composer.taps.addButton')}</Button></div> : null}
    </>
  );
}
