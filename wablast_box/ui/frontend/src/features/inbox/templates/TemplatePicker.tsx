import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Conversation, Template } from '@/api/types';
import { EmptyState } from '@/design/EmptyState';
import { ErrorState } from '@/design/ErrorState';
import { IconButton } from '@/design/IconButton';
import { IconTemplate, IconX } from '@/design/icons';
import { SkeletonLines } from '@/design/Skeletons';
import { t } from '@/lib/i18n';
import { useNow } from '@/lib/now';
import { usePresence } from '../composer/presence';
import { useDraft } from '../drafts';
import { nameOf } from '../names';
import { windowLeft } from '../window';
import { FillForm } from './FillForm';
import { FreeEntry } from './FreeEntry';
import { PickList } from './PickList';
import { found, templatesQuery } from './queries';
import { SyncState } from './SyncState';
import classes from './Picker.module.css';

interface TemplatePickerProps {
  conversation: Conversation;
  onSent: () => void;
  onClose: () => void;
}

/** Where the composer stood: choose a template, fill it in, see it as the customer will, send it. */
export function TemplatePicker({ conversation, onSent, onClose }: TemplatePickerProps) {
  const templates = useQuery(templatesQuery);
  const [q, setQ] = useState('');
  const [at, setAt] = useState(0);
  const [chosen, setChosen] = useState<string | null>(null);
  const frame = useRef<HTMLElement>(null);
  // Before there is a list there is no field: Escape and screen readers find the frame all the same.
  useEffect(() => { if (!frame.current?.contains(document.activeElement)) frame.current?.focus(); }, []);
  usePresence(conversation.id, 'typing');
  const all = templates.data?.items;
  const shown = useMemo(() => (all ? found(all, q) : []), [all, q]);
  const template = all?.find(({ id }) => id === chosen);
  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    if (template) setChosen(null);
    else onClose();
  };
  const choose = (one: Template) => { if (one.refusal === null) setChosen(one.id); };
  return (
    <section ref={frame} tabIndex={-1} className={classes.picker} aria-label={t('templates.pick.label')} onKeyDown={handleKey}>
      <PickHead conversation={conversation} onClose={onClose} />
      {template ? <FillForm key={template.id} template={template} sisters={(all ?? []).filter((one) => one.name === template.name && one.refusal === null)} conversation={conversation} onOther={setChosen} onBack={() => { setChosen(null); }} onSent={() => { onClose(); onSent(); }} /> : null}
      {!template && all && all.length > 0 ? <PickList templates={shown} q={q} at={Math.min(at, Math.max(0, shown.length - 1))} conversation={conversation} onSearch={(next) => { setQ(next); setAt(0); }} onMove={setAt} onChoose={choose} /> : null}
      {!all && templates.isPending ? <div className={classes.state}><SkeletonLines /></div> : null}
      {!all && templates.isError ? <ErrorState error={templates.error} onRetry={() => { void templates.refetch(); }} /> : null}
      {all?.length === 0 ? <EmptyState icon={<IconTemplate size={22} stroke={1.6} />} title={t('templates.none.title')} help={t('templates.none.help')} action={<SyncState sync={templates.data?.sync} />} /> : null}
    </section>
  );
}

interface PickHeadProps {
  conversation: Conversation;
  onClose: () => void;
}

function PickHead({ conversation, onClose }: PickHeadProps) {
  const now = useNow();
  const draft = useDraft(conversation.id);
  const open = windowLeft(conversation.window_expires_at, now).open;
  const why = open ? t('templates.pick.title') : conversation.window_expires_at ? t('inbox.composer.closedTitle') : t('inbox.composer.closedNever');
  return (
    <header className={classes.head}>
      <IconTemplate size={16} stroke={1.7} aria-hidden />
      <div>
        <h3>{why}</h3>
        {open ? null : <p>{t('templates.pick.closed', { name: nameOf(conversation.contact) })}{draft ? ` ${t('inbox.composer.draftKept')}` : ''}</p>}
      </div>
      <FreeEntry until={conversation.free_entry_until} now={now} />
      <IconButton label={t('templates.pick.close')} keys="escape" side="top" onClick={onClose}><IconX size={15} /></IconButton>
    </header>
  );
}
