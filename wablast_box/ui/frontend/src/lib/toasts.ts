/** Short news in the corner. */
import { create } from 'zustand';
import { problemOf } from '@/api/errors';

export interface Toast {
  id: number;
  tone: 'good' | 'bad' | 'info' | 'chat';
  title: string;
  help?: string | null;
  action?: { label: string; run: () => void };
  /** One with the same key takes the place of the former. */
  key?: string;
  /** Until somebody closes it. */
  stays?: boolean;
}

export const useToasts = create<{ toasts: Toast[] }>(() => ({ toasts: [] }));

let last = 0;
const MOST = 4;

export function toast(news: Omit<Toast, 'id'>): void {
  last += 1;
  const next = { ...news, id: last };
  const others = (toasts: Toast[]) => (news.key === undefined ? toasts : toasts.filter((one) => one.key !== news.key));
  useToasts.setState(({ toasts }) => ({ toasts: [...others(toasts), next].slice(-MOST) }));
}

export function dismiss(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((one) => one.id !== id) }));
}

/** For mutations that have no better place to show a refusal. */
export function toastError(error: unknown): void {
  const problem = problemOf(error);
  toast({ tone: 'bad', title: problem.message, help: problem.help });
}
