import { useMemo } from 'react';
import type { Conversation, Template } from '@/api/types';
import { IconFileText } from '@/design/icons';
import { t } from '@/lib/i18n';
import { useNow } from '@/lib/now';
import { calm } from '@/lib/plain';
import { costOf } from './cost';
import { categoryWords, languageWords } from './look';
import { RenderedTemplate } from './RenderedTemplate';
import { pieces, render, type Values } from './rendered';
import type { HeaderFile } from './values';
import classes from './Picker.module.css';

interface PreviewProps {
  template: Template;
  values: Values;
  file: HeaderFile | null;
  conversation?: Conversation;
}

/** The bubble as it will stand on the customer's phone, blanks in sight, and what it will cost. */
export function Preview({ template, values, file, conversation }: PreviewProps) {
  const now = useNow();
  const rendered = useMemo(() => render(template, values), [template, values]);
  const cost = conversation ? costOf(template, conversation, now) : null;
  return (
    <div className={classes.preview}>
      <div className={classes.wall} role="img" aria-label={t('templates.preview.label', { words: calm(rendered.body) })}>
        <div className={classes.bubble}>
          <RenderedTemplate rendered={rendered} file={file ? <Picked file={file} kind={rendered.header?.kind ?? ''} /> : undefined} words={isWhole(rendered.body) ? undefined : <Words text={rendered.body} />} />
        </div>
      </div>
      {cost ? (
        <p className={classes.cost} data-free={cost.free || undefined}>
          <b>{categoryWords(template.category)} · {languageWords(template.language)}</b>
          {template.refusal ? <span data-bad>{template.refusal}</span> : <span>{cost.words}</span>}
        </p>
      ) : null}
    </div>
  );
}

const isWhole = (text: string): boolean => pieces(text).every(({ blank }) => !blank);

function Words({ text }: { text: string }) {
  return <p className={classes.words} dir="auto">{pieces(text).map((piece, at) => (piece.blank ? <mark key={at}>{calm(piece.text)}</mark> : <span key={at}>{calm(piece.text)}</span>))}</p>;
}

function Picked({ file, kind }: { file: HeaderFile; kind: string }) {
  if (kind === 'image' && file.preview) return <img className={classes.picture} src={file.preview} alt={file.name} />;
  return <span className={classes.file}><IconFileText size={18} stroke={1.5} aria-hidden /> <bdi>{calm(file.name)}</bdi></span>;
}
