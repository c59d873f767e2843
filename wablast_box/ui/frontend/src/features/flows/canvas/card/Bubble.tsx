import { useQuery } from '@tanstack/react-query';
import { IconAddressBook, IconExternalLink, IconFileText, IconList, IconMapPin, IconMicrophone, IconPhone, IconPhoto, IconTemplate, IconVideo } from '@/design/icons';
import { templatesQuery } from '@/features/inbox/templates/queries';
import { t } from '@/lib/i18n';
import { items, type Output, words, wordsOf } from '../../graph/outputs';
import type { GraphNode, Kind } from '../../graph/types';
import { Rich } from './Rich';
import { Way } from './Way';
import classes from './Card.module.css';

interface BubbleProps {
  node: GraphNode;
  kind: Kind;
  outputs: Output[];
}

const MEDIA = { image: IconPhoto, video: IconVideo, audio: IconMicrophone, document: IconFileText, sticker: IconPhoto };

/** The node as the customer will see it on the phone; each button is where its path leaves. */
export function Bubble({ node, kind, outputs }: BubbleProps) {
  const { preview } = kind;
  const value = (part: string): unknown => (preview[part] === undefined ? undefined : node.data[preview[part]]);
  const text = words(value('body') ?? value('question'));
  const [header, footer] = [words(value('header')), words(value('footer'))];
  const told = preview['body'] ?? preview['question'];
  const asks = told !== undefined && kind.fields.required?.includes(told) === true;
  const [button, link, call] = [words(value('button')), words(value('link')), words(value('call'))];
  return (
    <div className={classes.phone}>
      <div className={classes.bubble}>
        {preview['media'] ? <MediaPlace kind={kind.type === 'send_voice' ? 'audio' : words(node.data['kind'])} given={words(value('media')) || link} /> : null}
        {preview['location'] ? <span className={classes.media}><IconMapPin size={20} stroke={1.5} aria-hidden /><Rich text={words(value('location'))} longest={60} /></span> : null}
        {preview['contact'] ? <span className={classes.person}><IconAddressBook size={18} stroke={1.5} aria-hidden /><Rich text={words(value('contact'))} longest={60} /></span> : null}
        {preview['template'] ? <TemplateWords name={words(value('template'))} /> : null}
        {header ? <strong className={classes.header}><Rich text={header} longest={80} /></strong> : null}
        {text ? <Rich text={text} /> : asks ? <em className={classes.missing}>{t('flows.card.empty')}</em> : null}
        {footer ? <span className={classes.footer}><Rich text={footer} longest={80} /></span> : null}
      </div>
      {link && !preview['media'] ? <div className={classes.tap}><IconExternalLink size={13} aria-hidden /> <Rich text={link} longest={40} /></div> : null}
      {call ? <div className={classes.tap}><IconPhone size={13} aria-hidden /> <Rich text={call} longest={40} /></div> : null}
      {button && preview['rows'] ? <div className={classes.tap} data-opens><IconList size={13} aria-hidden /> <Rich text={button} longest={40} /></div> : null}
      {(['buttons', 'rows', 'sections', 'cards'] as const).map((part) => (preview[part] === undefined ? null : (
        <Taps key={part} node={node} kind={kind} field={preview[part]} outputs={outputs} />
      )))}
    </div>
  );
}

interface TapsProps {
  node: GraphNode;
  kind: Kind;
  field: string;
  outputs: Output[];
}

/** Buttons and rows. Where they lead somewhere, each has its handle. */
function Taps({ node, kind, field, outputs }: TapsProps) {
  const leads = kind.outputs_from?.field === field;
  const label = kind.outputs_from?.label ?? 'title';
  return items(node.data[field]).map((one) => {
    const said = wordsOf(one, label);
    const shown = said ? <Rich text={said} longest={60} /> : <em className={classes.missing}>{t('flows.card.noWords')}</em>;
    const output = leads ? outputs.find((way) => way.id === one.id) : undefined;
    if (!output) return <div key={one.id} className={classes.tap}>{shown}</div>;
    return <Way key={one.id} node={node.id} output={output.id} label={output.label} tone="item" className={classes.tap}>{shown}</Way>;
  });
}

interface MediaPlaceProps {
  kind: string;
  given: string;
}

function MediaPlace({ kind, given }: MediaPlaceProps) {
  const Icon = MEDIA[kind as keyof typeof MEDIA] ?? IconPhoto;
  return (
    <span className={classes.media}>
      <Icon size={20} stroke={1.5} aria-hidden />
      {given ? <Rich text={given} longest={40} /> : <em>{t('flows.card.noMedia')}</em>}
    </span>
  );
}

interface TemplateWordsProps {
  name: string;
}

/** A template with the words Meta approved. */
function TemplateWords({ name }: TemplateWordsProps) {
  const found = useQuery({ ...templatesQuery, enabled: name !== '' }).data?.items.find((one) => one.name === name);
  if (!name) return <em className={classes.missing}>{t('flows.card.noTemplate')}</em>;
  return (
    <>
      <span className={classes.person}><IconTemplate size={15} stroke={1.6} aria-hidden /><code className={classes.chip}>{name}</code></span>
      {found?.body ? <Rich text={found.body} /> : null}
    </>
  );
}
