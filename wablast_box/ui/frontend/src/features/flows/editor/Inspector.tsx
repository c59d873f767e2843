import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { useMay } from '@/api/session';
import { fieldsQuery } from '@/features/contacts/queries';
import { TextField } from '@/design/Field';
import { IconButton } from '@/design/IconButton';
import { IconCopy, IconTrash, IconX } from '@/design/icons';
import { t } from '@/lib/i18n';
import { KindIcon } from '../canvas/card/KindIcon';
import { OfferedContext } from '../forms/offered';
import { KindForm } from '../forms/KindForm';
import { useEditor, useEditorStore } from '../graph/context';
import { changeNode, remove, setField } from '../graph/document';
import { offered } from '../graph/variables';
import { OfferSecrets } from '../secrets/OfferSecrets';
import { useActs } from './useActs';
import { inWords } from './words';
import classes from './Editor.module.css';

interface InspectorProps {
  id: string;
}

/** The chosen step's form. */
export function Inspector({ id }: InspectorProps) {
  const store = useEditorStore();
  const node = useEditor((state) => state.doc.nodes[id]);
  const kind = useEditor((state) => state.kinds.get(state.doc.nodes[id]?.type ?? ''));
  const troubles = useEditor((state) => state.troubles[id]);
  const { change, choose } = store.getState();
  const acts = useActs();
  const body = useWanted(id);
  if (!node) return null;
  const errorOf = (path: string) => troubles?.find((one) => one.field === path)?.message;
  const general = troubles?.filter((one) => one.field === null || !Object.keys(kind?.fields.properties ?? {}).some((name) => one.field === name || one.field?.startsWith(`${name}.`)));
  return (
    <div className={classes.inspector}>
      <header data-category={kind?.category}>
        <span className={classes.kindIcon}><KindIcon kind={kind} size={16} /></span>
        <div><h2>{kind?.title ?? node.type}</h2><p>{kind?.help ?? t('flows.card.unknown', { type: node.type })}</p></div>
        <IconButton label={t('common.close')} onClick={() => { choose([]); }}><IconX size={15} /></IconButton>
      </header>
      <div className={classes.fields} ref={body}>
        {general?.map((one) => <p key={one.code + one.message} className={classes.trouble} data-tone={one.severity}>{inWords(one, store.getState())}</p>)}
        {node.type === 'start' ? null : (
          <TextField
            label={t('flows.inspector.name')} placeholder={kind?.title} value={node.name ?? ''} maxLength={80}
            onChange={(event) => { const name = event.currentTarget.value; change((doc) => changeNode(doc, id, { name }), { merge: `${id} name` }); }}
          />
        )}
        {kind ? (
          <Offering id={id}>
            <KindForm key={id} kind={kind} data={node.data} errorOf={errorOf} onChange={(name, value) => { change((doc) => setField(doc, store.getState().kinds, id, name, value), { merge: `${id} ${name}` }); }} />
          </Offering>
        ) : null}
      </div>
      {node.type === 'start' ? null : (
        <footer>
          <Switch size="xs" checked={node.disabled !== true} label={t('flows.inspector.on')} onChange={(event) => { const disabled = !event.currentTarget.checked; change((doc) => changeNode(doc, id, { disabled })); }} />
          <span className={classes.gap} />
          <IconButton label={t('flows.acts.duplicate')} onClick={acts.duplicate}><IconCopy size={15} /></IconButton>
          <IconButton label={t('flows.acts.delete')} onClick={() => { change((doc) => remove(doc, new Set([id]))); }}><IconTrash size={15} /></IconButton>
        </footer>
      )}
    </div>
  );
}

interface OfferingProps {
  id: string;
  children: React.ReactNode;
}

/** What may be filled in here: known from the wires, not from the words, so typing does not work it out again. */
function Offering({ id, children }: OfferingProps) {
  const doc = useEditor((state) => state.doc);
  const kinds = useEditor((state) => state.kinds);
  const mayRead = useMay('contacts.read');
  const fields = useQuery({ ...fieldsQuery, enabled: mayRead }).data;
  const list = useMemo(() => offered(doc, kinds, id, fields?.map((one) => `fields.${keyOf(one.name)}`)), [doc, kinds, id, fields]);
  return <OfferSecrets><OfferedContext value={list}>{children}</OfferedContext></OfferSecrets>;
}

/** How the box names a field of the shop's own making: “Blouse size” is contact.fields.blouse_size. */
const keyOf = (name: string): string => name.trim().toLowerCase().replace(/[\s.|{}]+/g, '_');

/** The problems list jumps to a field: it is brought into sight and takes the focus. */
function useWanted(id: string) {
  const body = useRef<HTMLDivElement>(null);
  const wanted = useEditor((state) => (state.wanted?.node === id ? state.wanted : null));
  useEffect(() => {
    if (!wanted) return;
    const places = [...(body.current?.querySelectorAll<HTMLElement>('[data-field]') ?? [])].filter((one) => wanted.field === one.dataset['field'] || wanted.field.startsWith(`${one.dataset['field'] ?? ''}.`));
    const place = places.at(-1);
    place?.closest('details')?.setAttribute('open', '');
    place?.scrollIntoView({ block: 'center' });
    place?.querySelector<HTMLElement>('input, textarea, button')?.focus();
  }, [wanted]);
  return body;
}
