import { useState } from 'react';
import { Button } from '@/design/Button';
import { t } from '@/lib/i18n';
import { useEditor, useEditorStore } from '../graph/context';
import type { Data, Pin } from '../graph/types';
import { IconPin } from '../icons';
import type { Step } from '../types';
import { AnswerForm, InputForm } from './PinForm';
import { answersOf, withPin } from './pins';
import classes from './Simulator.module.css';

interface PinnedProps {
  step: Step;
  /** Does the step ask somebody: another system, a model, the shop's hours? */
  asks: 'web' | 'box' | null;
  onAgain: () => void;
}

/** Run again from a step: with another answer from outside, or with other variables. */
export function Pinned({ step, asks, onAgain }: PinnedProps) {
  const store = useEditorStore();
  const pin = useEditor((state) => state.pins[step.node_id]);
  const [form, setForm] = useState<'answer' | 'input' | null>(null);
  const change = (part: Partial<Pin>) => {
    store.setState({ pins: withPin(store.getState().pins, step.node_id, part) });
    setForm(null);
    onAgain();
  };
  const close = () => { setForm(null); };
  if (form === 'answer') return <AnswerForm pin={pin} hasStatus={asks === 'web'} onPin={change} onCancel={close} />;
  if (form === 'input') return <InputForm pin={pin} saw={sawBy(step)} onPin={change} onCancel={close} />;
  return (
    <div className={classes.pins}>
      {pin ? <span className={classes.pinMark}><IconPin size={13} aria-hidden /> {t('flowRuns.pins.card')}</span> : null}
      {asks || answersOf(pin) ? <Button kind="link" onClick={() => { setForm('answer'); }}>{t(answersOf(pin) ? 'flowRuns.pins.answerEdit' : 'flowRuns.pins.answer')}</Button> : null}
      <Button kind="link" onClick={() => { setForm('input'); }}>{t(pin?.variables ? 'flowRuns.pins.inputEdit' : 'flowRuns.pins.input')}</Button>
      {pin ? <Button kind="link" onClick={() => { change({ answer: undefined, status: undefined, error: undefined, variables: undefined }); }}>{t('flowRuns.pins.unpin')}</Button> : null}
    </div>
  );
}

function sawBy({ input }: Step): Data {
  const saw: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, 'variables') : null;
  return typeof saw === 'object' && saw !== null ? (saw as Data) : {};
}
