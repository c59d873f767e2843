import { useEffect, useRef, useState } from 'react';
import { plural, t } from '@/lib/i18n';
import type { RenderedPart as Part } from './rendered';
import { HeaderSign, type Own, RenderedPart } from './RenderedPart';
import kinds from '../kinds/Kinds.module.css';

interface CardsProps {
  cards: readonly Part[];
  own: (part: Part, card: number) => Own;
  at?: number | undefined;
}

/** The cards of a template side by side. The strip takes the focus, so that the arrow keys move it. */
export function Cards({ cards, own, at = 0 }: CardsProps) {
  const strip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const card = strip.current?.children[at];
    if (strip.current && card instanceof HTMLElement) strip.current.scrollLeft = card.offsetLeft - strip.current.offsetLeft;
  }, [at]);
  return (
    <div ref={strip} className={kinds.carousel} role="list" aria-label={plural('thread.interactive.carousel', cards.length)} tabIndex={0}>
      {cards.map((card, number) => {
        const { file, words } = own(card, number);
        return (
          <div key={number} role="listitem" aria-label={t('thread.interactive.card', { at: number + 1 })}>
            <RenderedPart part={card} file={file ?? <CardFile header={card.header} number={number} />} words={words} />
          </div>
        );
      })}
    </div>
  );
}

const [TRIES, FIRST_AFTER_MS] = [6, 1000];

/** A file that has just been uploaded is drawn within a moment: until then its sign stands there. */
function CardFile({ header, number }: { header: Part['header']; number: number }) {
  const [tries, setTries] = useState(0);
  const [away, setAway] = useState(false);
  useEffect(() => {
    if (!away || tries >= TRIES) return;
    const later = setTimeout(() => { setTries(tries + 1); setAway(false); }, FIRST_AFTER_MS * 2 ** tries);
    return () => { clearTimeout(later); };
  }, [away, tries]);
  if (!header) return null;
  const url = header.media ? `/api/v1/media/${header.media}` : null;
  if (url && header.kind === 'video') return <video className={kinds.cardFile} src={url} controls preload="metadata" playsInline aria-label={t('inbox.kinds.video')} />;
  if (!url || header.kind !== 'image' || away) return <HeaderSign kind={header.kind} name={header.name} />;
  return <img key={tries} className={kinds.cardFile} src={`${url}?as=thumbnail`} alt={t('thread.interactive.cardPicture', { at: number + 1 })} decoding="async" onError={() => { setAway(true); }} />;
}
