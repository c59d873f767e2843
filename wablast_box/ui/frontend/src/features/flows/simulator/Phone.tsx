import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { IconDeviceMobile, IconSend2 } from '@/design/icons';
import { t } from '@/lib/i18n';
import { Rich } from '../canvas/card/Rich';
import { useEditor } from '../graph/context';
import { beginsByItself, detailsOf, kindOf } from '../forms/when';
import { type Item, items, words } from '../graph/outputs';
import type { ObjectSchema } from '../graph/types';
import { Reply } from './Reply';
import { spanOf } from './Simulator';
import { lines } from './talk';
import type { Talk } from './useTalk';
import classes from './Simulator.module.css';

interface PhoneProps {
  talk: Talk;
}

/** The chat as WhatsApp draws it. What came last can be tapped. */
export function Phone({ talk }: PhoneProps) {
  const { said, rehearsal, say, busy } = talk;
  const foot = useRef<HTMLDivElement>(null);
  const all = lines(said, rehearsal);
  useEffect(() => { foot.current?.scrollIntoView({ block: 'end' }); }, [all.length]);
  return (
    <div className={classes.phone}>
      <div className={classes.chat} role="log" aria-label={t('flows.simulator.phone')}>
        {said.length === 0 ? <Begin onSay={(text) => { say({ text }); }} onBegin={(begins) => { say({ begins }); }} /> : null}
        {all.map((line) => {
          if (line.kind === 'skip') return <p key={line.key} className={classes.skip}>{t('flows.simulator.later', { span: spanOf(line.seconds) })}</p>;
          if (line.kind === 'begins') return <AsIf key={line.key} trigger={line.trigger} />;
          if (line.kind === 'said') return <div key={line.key} className={classes.said}><Rich text={line.text} longest={2000} /></div>;
          return <Reply key={line.key} message={line.message} active={line.last} onTap={(tap) => { say({ reply_id: tap.id, text: tap.title }); }} onPlace={() => { say({ location: { latitude: 19.07, longitude: 72.87 } }); }} />;
        })}
        {busy ? <p className={classes.busy} aria-hidden><span /><span /><span /></p> : <End talk={talk} />}
        <div ref={foot} />
      </div>
      <Composer onSay={(text) => { say({ text }); }} />
    </div>
  );
}

/** Where the flow stands after the last line. */
function End({ talk: { rehearsal } }: PhoneProps) {
  const name = useEditor((state) => {
    const node = rehearsal?.node_id ? state.doc.nodes[rehearsal.node_id] : undefined;
    return node ? node.name || (state.kinds.get(node.type)?.title ?? node.type) : '';
  });
  if (!rehearsal || rehearsal.state === 'running') return null;
  if (rehearsal.state === 'waiting') return <p className={classes.state}>{t('flows.simulator.waiting', { step: name })}</p>;
  return <p className={classes.state} data-state={rehearsal.state}>{t(rehearsal.state === 'failed' ? 'flows.simulator.failed' : 'flows.simulator.ended')}{rehearsal.reason && rehearsal.state === 'failed' ? ` ${rehearsal.reason}` : null}</p>;
}

interface ComposerProps {
  onSay: (text: string) => void;
}

interface BeginProps extends ComposerProps {
  onBegin: (trigger: string) => void;
}

function useTriggers(): { shape: ObjectSchema; all: Item[] } {
  const start = useEditor((state) => Object.values(state.doc.nodes).find((node) => node.type === 'start'));
  const shape = useEditor((state) => state.kinds.get('start')?.fields.properties['triggers']?.items);
  return { shape: shape ?? { properties: {} }, all: items(start?.data['triggers']) };
}

/** What began the flow instead of a message. */
function AsIf({ trigger }: { trigger: string }) {
  const { shape, all } = useTriggers();
  const one = all.find(({ id }) => id === trigger);
  return one ? <p className={classes.skip}>{[kindOf(shape, one), detailsOf(shape, one)].filter(Boolean).join(' · ')}</p> : null;
}

/** Nothing said yet: what begins this flow, ready to be sent or to happen. */
function Begin({ onSay, onBegin }: BeginProps) {
  const { shape, all } = useTriggers();
  const happen = all.filter(beginsByItself);
  const openers = [...new Set(all.filter((one) => !beginsByItself(one)).flatMap((one) => words(one['words']).split(',').map((word) => word.trim()).filter(Boolean)))].slice(0, 4);
  return (
    <div className={classes.begin}>
      <IconDeviceMobile size={24} stroke={1.5} aria-hidden />
      <p>{t(happen.length > 0 ? 'flows.simulator.beginAsIf' : 'flows.simulator.begin')}</p>
      <div>
        {happen.map((one) => <button key={one.id} type="button" onClick={() => { onBegin(one.id); }}>{kindOf(shape, one)}</button>)}
        {(openers.length > 0 ? openers : happen.length > 0 ? [] : [t('flows.simulator.hello')]).map((word) => <button key={word} type="button" onClick={() => { onSay(word); }}>{word}</button>)}
      </div>
    </div>
  );
}

function Composer({ onSay }: ComposerProps) {
  const [text, setText] = useState('');
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    if (!text.trim()) return;
    onSay(text.trim());
    setText('');
  };
  return (
    <form className={classes.composer} onSubmit={send}>
      <input value={text} autoFocus placeholder={t('flows.simulator.write')} aria-label={t('flows.simulator.write')} maxLength={4096} onChange={(event) => { setText(event.currentTarget.value); }} />
      <button type="submit" aria-label={t('flows.simulator.send')} disabled={!text.trim()}><IconSend2 size={16} stroke={1.8} /></button>
    </form>
  );
}
