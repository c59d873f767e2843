import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '@/api/session';
import type { ContactDetail } from '@/api/types';
import { Avatar } from '@/design/Avatar';
import { Button } from '@/design/Button';
import { IconMessage2 } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { Sheet } from '@/design/Sheet';
import { nameOf } from '@/features/inbox/names';
import { t } from '@/lib/i18n';
import { toastError } from '@/lib/toasts';
import { BlockAction, MergeAction } from './card/Actions';
import { FieldsPart } from './card/FieldsPart';
import { HistoryPart } from './card/HistoryPart';
import { Identity } from './card/Identity';
import { MarketingPart } from './card/MarketingPart';
import { TagsPart } from './card/TagsPart';
import { Twins } from './card/Twins';
import { MergeSheet } from './MergeSheet';
import { beginConversation, contactQuery } from './queries';
import classes from './Contacts.module.css';
import cardClasses from './card/Card.module.css';

interface ContactSheetProps {
  id: string;
  onClose: () => void;
  /** After a merge: the one who stayed. */
  onOpen: (id: string) => void;
}

/** One person beside the table: the same card as beside a conversation. */
export function ContactSheet({ id, onClose, onOpen }: ContactSheetProps) {
  const query = useQuery(contactQuery(id));
  return (
    <Sheet opened title={query.data ? nameOf(query.data) : t('contacts.card.label')} onClose={onClose}>
      <Loaded query={query}>{(contact) => <Card contact={contact} onOpen={onOpen} />}</Loaded>
    </Sheet>
  );
}

interface CardProps {
  contact: ContactDetail;
  onOpen: (id: string) => void;
}

function Card({ contact, onOpen }: CardProps) {
  const [merging, setMerging] = useState<{ other: string | null } | null>(null);
  const mayRead = useMay('inbox.read');
  return (
    <>
      <div className={classes.sheetHead}><Avatar name={nameOf(contact)} seed={contact.id} size="lg" />{mayRead ? <ToConversation contact={contact} /> : null}</div>
      <Identity contact={contact} known={contact} />
      <Twins contact={contact} onCompare={(other) => { setMerging({ other }); }} />
      <TagsPart contact={contact} />
      <FieldsPart contact={contact} />
      <MarketingPart contact={contact} />
      {mayRead ? <HistoryPart contact={contact} /> : null}
      <div className={cardClasses.foot}>
        <MergeAction onMerge={() => { setMerging({ other: null }); }} />
        <BlockAction contact={contact} />
      </div>
      {merging ? <MergeSheet contact={contact} other={merging.other} onClose={() => { setMerging(null); }} onMerged={onOpen} /> : null}
    </>
  );
}

function ToConversation({ contact }: { contact: ContactDetail }) {
  const navigate = useNavigate();
  const mayReply = useMay('inbox.reply');
  const [busy, setBusy] = useState(false);
  const handleClick = async () => {
    setBusy(true);
    try {
      const id = contact.conversation_id ?? (await beginConversation(contact.id));
      await navigate({ to: '/inbox', search: { c: id } });
    } catch (refused) {
      toastError(refused);
    } finally {
      setBusy(false);
    }
  };
  if (!contact.conversation_id && !mayReply) return null;
  return <Button kind="quiet" loading={busy} leftSection={<IconMessage2 size={14} aria-hidden />} onClick={() => { void handleClick(); }}>{contact.conversation_id ? t('contacts.card.conversation') : t('contacts.card.begin')}</Button>;
}
