import { lazy, Suspense } from 'react';
import { useAsking } from '@/api/confirm';

const PasswordQuestion = lazy(() => import('./PasswordQuestion').then((module) => ({ default: module.PasswordQuestion })));

/** "Is it you?": shown over any screen when the box wants a password that was typed a moment ago. */
export function ConfirmIdentity() {
  const settle = useAsking((state) => state.settle);
  return settle ? <Suspense><PasswordQuestion settle={settle} /></Suspense> : null;
}
