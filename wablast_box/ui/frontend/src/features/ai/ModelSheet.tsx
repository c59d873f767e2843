import { type FormEvent, useState } from 'react';
import { isUnconfirmed } from '@/api/confirm';
import type { AiProvider, NewAiProvider } from '@/api/types';
import { AskFirst } from '@/design/AskFirst';
import { Button } from '@/design/Button';
import { Notice } from '@/design/Notice';
import { Sheet } from '@/design/Sheet';
import { t } from '@/lib/i18n';
import { formProblem } from '@/lib/problems';
import { toast } from '@/lib/toasts';
import { FIELDS, ModelFields } from './ModelFields';
import { useDeleteProvider, useSaveProvider } from './queries';

interface ModelSheetProps {
  model: AiProvider | null;
  onClose: () => void;
}

const EMPTY: NewAiProvider = { name: '', kind: 'openai_compatible', base_url: '', model: '', key: null, allows_private: false, price_in_paise: 0, price_out_paise: 0, is_default: false };

const draftOf = (model: AiProvider | null): NewAiProvider => {
  if (!model) return EMPTY;
  const { name, kind, base_url, allows_private, price_in_paise, price_out_paise, is_default } = model;
  return { name, kind, base_url, model: model.model, key: null, allows_private, price_in_paise, price_out_paise, is_default };
};

/** A model to ask: from a list of well-known providers, or by its address. */
export function ModelSheet({ model, onClose }: ModelSheetProps) {
  const [draft, setDraft] = useState<NewAiProvider>(() => draftOf(model));
  const [doomed, setDoomed] = useState(false);
  const save = useSaveProvider(model?.id ?? null);
  const problem = isUnconfirmed(save.error) ? null : formProblem(save.error, FIELDS);
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(draft, { onSuccess: (saved) => { toast({ tone: 'good', title: t('ai.saved', { name: saved.name }) }); onClose(); } });
  };
  const remove = model ? <Button kind="quiet" onClick={() => { setDoomed(true); }}>{t('ai.remove')}</Button> : null;
  const isEmpty = draft.name.trim() === '' || draft.base_url.trim() === '' || draft.model.trim() === '';
  return (
    <Sheet
      title={model ? t('ai.editTitle', { name: model.name }) : t('ai.newTitle')}
      opened
      size={500}
      onClose={onClose}
      footer={<>{remove}<Button type="submit" form="ai-model" disabled={isEmpty} loading={save.isPending}>{t('common.save')}</Button></>}
    >
      <form id="ai-model" onSubmit={handleSubmit} noValidate>
        {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
        <ModelFields stored={model} draft={draft} error={save.error} onChange={(part) => { setDraft((before) => ({ ...before, ...part })); }} />
      </form>
      {model && doomed ? <Remove model={model} onClose={() => { setDoomed(false); }} onGone={onClose} /> : null}
    </Sheet>
  );
}

interface RemoveProps {
  model: AiProvider;
  onClose: () => void;
  onGone: () => void;
}

function Remove({ model, onClose, onGone }: RemoveProps) {
  const remove = useDeleteProvider();
  const handleConfirm = () => {
    remove.mutate(model.id, { onSuccess: () => { toast({ tone: 'good', title: t('ai.removed', { name: model.name }) }); onGone(); } });
  };
  return (
    <AskFirst opened onClose={onClose} title={t('ai.removeTitle', { name: model.name })} confirm={t('ai.remove')} onConfirm={handleConfirm} busy={remove.isPending} error={isUnconfirmed(remove.error) ? undefined : remove.error}>
      {t('ai.removeHelp')}
    </AskFirst>
  );
}
