import { calm } from '@/lib/plain';
import { parts } from './marks';

interface MarkedProps {
  text: string;
  highlights: readonly (readonly number[])[];
}

/** A text with its hits marked; whatever else stands in it is only text. */
export function Marked({ text, highlights }: MarkedProps) {
  return (
    <bdi>
      {parts(text, highlights).map((part, place) => (part.hit ? <mark key={place}>{calm(part.text)}</mark> : <span key={place}>{calm(part.text)}</span>))}
    </bdi>
  );
}
