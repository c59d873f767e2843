/** What is dangerous wants a password that was typed a moment ago. The box says so; this asks, then repeats the call. */
import { create } from 'zustand';
import { api } from './client';
import { ApiError } from './errors';

interface Asking {
  /** Settles what waits: true when the password was right, false when the person thought better of it. */
  settle: ((confirmed: boolean) => void) | null;
}

export const useAsking = create<Asking>(() => ({ settle: null }));

/** Runs the call; when the box wants to be sure who sits here, asks for the password and runs it once more. */
export async function confirmed<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'confirm_needed' || !(await ask())) throw error;
    return call();
  }
}

/** Somebody who closed the question knows why nothing happened. */
export const isUnconfirmed = (error: unknown): boolean => error instanceof ApiError && error.code === 'confirm_needed';

export async function confirmPassword(password: string): Promise<void> {
  await api.POST('/api/v1/me/confirm', { body: { password } });
}

function ask(): Promise<boolean> {
  return new Promise((done) => {
    useAsking.getState().settle?.(false);
    useAsking.setState({
      settle: (confirmed) => {
        useAsking.setState({ settle: null });
        done(confirmed);
      },
    });
  });
}
