import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ContactRef, MergePreview, MergeSide } from '@/api/types';
import { problemOf } from '@/api/errors';
import { Avatar } from '@/design/Avatar';
import { Button } from '@/design/Button';
import { TextField } from '@/design/Field';
import { IconArrowsRight, IconSearch } from '@/design/icons';
import { IconButton } from '@/design/IconButton';
import { Loaded } from '@/design/Loaded';
import { Notice } from '@/design/Notice';
import { Sheet } from '@/design/Sheet';
import { nameOf } from '@/features/inbox/names';
import { dateOf } from '@/lib/dates';
import { plural, t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { readablePhone } from '@/lib/phones';
import { toast } from '@/lib/toasts';
import { contactsQuery, mergeQuery, useMerge } from './queries';
import { Outcome } from './Outcome';
import classes from './Merge.module.css';

interface MergeSheetProps {
  contact: ContactRef;
  /** Whom to compare with; without, they are looked for first. */
  other: string | null;
  onClose: () => void;
  onMerged: (keptId: string) => void;
}

/** Two people who are one: look, swap, and say so. It cannot be taken back, so what becomes of everything is shown before. */
export function MergeSheet({ contact, other, onClose, onMerged }: MergeSheetProps) {
  const [chosen, setChosen] = useState(other);
  const [swapped, setSwapped] = useState(false);
  const merge = useMerge();
  const pair = chosen === null ? null : swapped ? { kept: chosen, gone: contact.id } : { kept: contact.id, gone: chosen };
  const preview = useQuery({ ...mergeQuery(pair?.kept ?? '', pair?.gone ?? ''), enabled: pair !== null });
  const handleMerge = () => {
    if (!pair) return;
    merge.mutate(pair, {
      onSuccess: (kept) => {
        toast({ tone: 'good', title: t('contacts.merge.done', { name: nameOf(kept) }) });
        onMerged(kept.id);
        onClose();
      },
    });
  };
  const problem = merge.isError ? problemOf(merge.error) : null;
  const footer = pair ? (
    <>
      <Button kind="quiet" onClick={onClose}>{t('common.cancel')}</Button>
      <Button kind="danger" disabled={!preview.data || preview.data.refusal !== null} loading={merge.isPending} onClick={handleMerge}>{t('contacts.merge.confirm')}</Button>
    </>
  ) : undefined;
  return (
    <Sheet opened title={t('contacts.merge.title')} onClose={onClose} size={500} footer={footer}>
      {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
      {pair === null ? <Choose contact={contact} onChoose={setChosen} /> : (
        <Loaded query={preview}>{(found) => <Compared preview={found} onSwap={() => { setSwapped((before) => !before); }} />}</Loaded>
      )}
    </Sheet>
  );
}

interface ChooseProps {
  contact: ContactRef;
  onChoose: (id: string) => void;
}

function Choose({ contact, onChoose }: ChooseProps) {
  const [words, setWords] = useState('');
  const query = useInfiniteQuery({ ...contactsQuery(words.trim()), enabled: words.trim().length > 1 });
  const found = (query.data?.pages[0]?.items ?? []).filter((one) => one.id !== contact.id).slice(0, 12);
  return (
    <>
      <TextField label={t('contacts.merge.choose', { name: nameOf(contact) })} placeholder={t('contacts.merge.search')} leftSection={<IconSearch size={14} aria-hidden />} value={words} data-autofocus onChange={(event) => { setWords(event.currentTarget.value); }} />
      <ul className={classes.found}>
        {found.map((one) => (
          <li key={one.id}>
            <button type="button" className={classes.person} onClick={() => { onChoose(one.id); }}>
              <Avatar name={nameOf(one)} seed={one.id} size="sm" />
              <span><bdi>{nameOf(one)}</bdi><small>{one.phone ? readablePhone(one.phone) : one.user_id}</small></span>
            </button>
          </li>
        ))}
      </ul>
      {query.isSuccess && found.length === 0 ? <p className={classes.quiet}>{t('contacts.merge.none')}</p> : null}
    </>
  );
}

interface ComparedProps {
  preview: MergePreview;
  onSwap: () => void;
}

function Compared({ preview, onSwap }: ComparedProps) {
  return (
    <>
      <p className={classes.quiet}>{t('contacts.merge.help')}</p>
      {preview.refusal ? <Notice tone="bad" title={preview.refusal} /> : null}
      <div className={classes.sides}>
        <Side side={preview.gone} goes />
        <div className={classes.swap}><IconButton label={t('contacts.merge.swap')} onClick={onSwap}><IconArrowsRight size={16} /></IconButton></div>
        <Side side={preview.kept} />
      </div>
      <Outcome preview={preview} />
    </>
  );
}

interface SideProps {
  side: MergeSide;
  goes?: boolean;
}

function Side({ side, goes }: SideProps) {
  return (
    <div className={classes.side} data-goes={goes}>
      <small>{goes ? t('contacts.merge.goes') : t('contacts.merge.stays')}</small>
      <b><bdi>{calm(side.name)}</bdi></b>
      <span>{side.phone ? readablePhone(side.phone) : side.user_id}</span>
      <small>{plural('contacts.merge.messages', side.messages)} · {plural('contacts.merge.notes', side.notes)} · {t('contacts.merge.since', { date: dateOf(side.created_at) })}</small>
    </div>
  );
}
