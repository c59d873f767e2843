import type { Message } from '@/api/types';
import { IconTemplate } from '@/design/icons';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { type Body, body, list, named, text } from '../content';
import type { Rendered, RenderedPart } from '../templates/rendered';
import { RenderedTemplate } from '../templates/RenderedTemplate';
import { Markup } from './Markup';
import { DocumentBody, PictureBody, VideoBody } from './MediaBody';
import classes from './Kinds.module.css';

interface TemplateBodyProps {
  message: Message;
}

/** A message template as the customer sees it; one that was sent from elsewhere shows what was filled in. */
export function TemplateBody({ message }: TemplateBodyProps) {
  const content = body(message.content);
  const name = calm(text(content['name']));
  const language = calm(text(body(content['language'])['code']));
  const shown = body(content['rendered']);
  const isDrawn = text(shown['body']) !== '' || text(body(shown['header'])['kind']) !== '';
  return (
    <>
      <span className={classes.templateName}><IconTemplate size={12} aria-hidden /> {language ? t('thread.template.language', { name, language }) : name}</span>
      {isDrawn ? <RenderedTemplate rendered={renderedOf(shown)} own={(part, card) => (card === null && message.attachment ? { file: <HeaderFile message={message} kind={part.header?.kind ?? ''} /> } : {})} /> : <Values content={content} message={message} />}
    </>
  );
}

function HeaderFile({ message, kind }: { message: Message; kind: string }) {
  if (kind === 'image') return <PictureBody message={message} />;
  return kind === 'video' ? <VideoBody message={message} /> : <DocumentBody message={message} />;
}

function Values({ content, message }: { content: Body; message: Message }) {
  const words = message.text && message.text !== text(content['name']) ? message.text : null;
  if (words) return <Markup text={words} />;
  const parts = list(content['components']).filter((part) => text(part['type']).toLowerCase() !== 'button');
  const values = parts.flatMap((part) => list(part['parameters']).map(valueOf)).filter(Boolean);
  return values.length > 0 ? <ul className={classes.values} aria-label={t('thread.template.values')}>{values.map((value, at) => <li key={at} dir="auto">{calm(value)}</li>)}</ul> : null;
}

function valueOf(parameter: Body): string {
  const inner = named(parameter);
  return text(parameter['text']) || text(inner['fallback_value']) || text(inner['filename']) || text(inner['link']) || text(parameter['type']);
}

/** What the box kept of it. */
const renderedOf = (shown: Body): Rendered => ({ ...partOf(shown), cards: list(shown['cards']).map(partOf) });

function partOf(shown: Body): RenderedPart {
  const header = body(shown['header']);
  return {
    header: text(header['kind']) ? { kind: text(header['kind']), text: text(header['text']), name: text(header['filename']) || text(header['name']), media: text(header['media_id']) } : null,
    body: text(shown['body']),
    footer: text(shown['footer']) || null,
    buttons: list(shown['buttons']).map((one) => ({ kind: text(one['kind']), text: text(one['text']), url: text(one['url']), phone_number: text(one['phone_number']), code: text(one['code']) })),
  };
}
