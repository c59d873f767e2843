import type { ReactNode } from 'react';
import { IconCopy, IconCornerUpLeft, IconExternalLink, IconFileText, IconMapPin, IconPhone, IconPhoto, IconVideo } from '@/design/icons';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { Markup } from '../kinds/Markup';
import type { RenderedButton, RenderedPart as Part } from './rendered';
import kinds from '../kinds/Kinds.module.css';

/** Drawn in place of what the part says of itself. */
export interface Own {
  /** The header's file, where it is at hand. */
  file?: ReactNode;
  /** The words, where blanks are to be seen. */
  words?: ReactNode;
}

interface RenderedPartProps extends Own {
  part: Part;
}

/** Header, words, footer, buttons: of a template, or of one of its cards. */
export function RenderedPart({ part: { header, body, footer, buttons }, file, words }: RenderedPartProps) {
  return (
    <>
      {header && header.kind !== 'text' ? file ?? <HeaderSign kind={header.kind} name={header.name} /> : null}
      {header?.kind === 'text' && header.text ? <b dir="auto">{calm(header.text)}</b> : null}
      {words ?? <Markup text={body} />}
      {footer ? <small dir="auto">{calm(footer)}</small> : null}
      {buttons.length > 0 ? <div className={kinds.buttons}>{buttons.map((button, at) => <Tap key={at} button={button} />)}</div> : null}
    </>
  );
}

const SIGNS = { image: IconPhoto, video: IconVideo, document: IconFileText, location: IconMapPin } as const;

export function HeaderSign({ kind, name }: { kind: string; name: string | undefined }) {
  const known = kind in SIGNS ? (kind as keyof typeof SIGNS) : 'document';
  const Icon = SIGNS[known];
  return <span className={kinds.header}><Icon size={18} stroke={1.5} aria-hidden /> {name ? calm(name) : t(`templates.header.${known}`)}</span>;
}

function Tap({ button: { kind, text, url, phone_number: phone, code } }: { button: RenderedButton }) {
  const words = calm(text);
  if (kind === 'url') return <span dir="auto" title={url ? calm(url) : undefined}><IconExternalLink size={13} aria-hidden /> {words}</span>;
  if (kind === 'phone_number') return <span dir="auto" title={phone}><IconPhone size={13} aria-hidden /> {words}</span>;
  if (kind === 'copy_code' || kind === 'otp') return <span dir="auto"><IconCopy size={13} aria-hidden /> {code ? t('templates.button.code', { words: words || t('templates.button.copy'), code: calm(code) }) : words || t('templates.button.copy')}</span>;
  return <span dir="auto">{kind === 'quick_reply' ? <IconCornerUpLeft size={13} aria-hidden /> : null} {words}</span>;
}
