import { type FormEvent, useState } from 'react';
import type { Conversation } from '@/api/types';
import { useMay } from '@/api/session';
import { Button } from '@/design/Button';
import { Dialog } from '@/design/Dialog';
import { LongTextField } from '@/design/Field';
import { t } from '@/lib/i18n';
import { toast } from '@/lib/toasts';
import { sendBody } from '../composer/send';
import { nameOf } from '../names';
import classes from '@/features/contacts/card/Card.module.css';

interface AskNumberProps {
  conversation: Conversation;
  open: boolean;
}

/** WhatsApp's own way to ask: a button on the customer's phone shares the number, and nothing but theirs. */
export function AskNumber({ conversation, open }: AskNumberProps) {
  const [asking, setAsking] = useState(false);
  if (!useMay('inbox.reply') || conversation.contact.blocked) return null;
  return (
    <>
      <Button kind="quiet" size="compact-sm" disabled={!open} title={open ? undefined : t('contacts.card.askClosed')} onClick={() => { setAsking(true); }}>{t('contacts.card.ask')}</Button>
      {asking ? <Ask conversation={conversation} onClose={() => { setAsking(false); }} /> : null}
    </>
  );
}

interface AskProps {
  conversation: Conversation;
  onClose: () => void;
}

function Ask({ conversation, onClose }: AskProps) {
  const [words, setWords] = useState<string>(t('contacts.card.askWords'));
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    sendBody(conversation.id, { type: 'interactive', interactive: { type: 'contact_request', body: { text: words.trim() }, action: { name: 'request_contact_info' } } }, null);
    toast({ tone: 'good', title: t('contacts.card.asked') });
    onClose();
  };
  return (
    <Dialog title={t('contacts.card.askTitle', { name: nameOf(conversation.contact) })} onClose={onClose} size={440}>
      <form className={classes.form} onSubmit={handleSubmit}>
        <p className={classes.quiet}>{t('contacts.card.askHelp')}</p>
        <LongTextField label={t('contacts.card.askField')} value={words} maxLength={1024} required data-autofocus onChange={(event) => { setWords(event.currentTarget.value); }} />
        <div className={classes.line}><Button type="submit" disabled={words.trim() === ''}>{t('contacts.card.askSend')}</Button><Button kind="quiet" onClick={onClose}>{t('common.cancel')}</Button></div>
      </form>
    </Dialog>
  );
}
