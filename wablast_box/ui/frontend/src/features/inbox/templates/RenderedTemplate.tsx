import { lazy, Suspense } from 'react';
import type { Rendered, RenderedPart as Part } from './rendered';
import { type Own, RenderedPart } from './RenderedPart';
import kinds from '../kinds/Kinds.module.css';

const Cards = lazy(() => import('./Cards').then((module) => ({ default: module.Cards })));
const NOTHING: Own = {};

interface RenderedTemplateProps {
  rendered: Rendered;
  /** What is at hand of the template (`card` null) or of a card. */
  own?: (part: Part, card: number | null) => Own;
  /** The card to look at. */
  at?: number;
}

/** A template as the customer's phone shows it, with its cards side by side. */
export function RenderedTemplate({ rendered, own, at }: RenderedTemplateProps) {
  return (
    <div className={kinds.sent}>
      <RenderedPart part={rendered} {...own?.(rendered, null)} />
      {rendered.cards.length > 0 ? <Suspense fallback={<div className={kinds.carousel} data-waits />}><Cards cards={rendered.cards} own={(part, card) => own?.(part, card) ?? NOTHING} at={at} /></Suspense> : null}
    </div>
  );
}
