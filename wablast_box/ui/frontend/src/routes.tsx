/** Every address of the interface. Pages are loaded when they are opened. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { keep, sessionQuery } from '@/api/session';
import { onSignedOut } from '@/api/client';
import { setTimeZone } from '@/lib/dates';
import { NotFound, PageError, Starting } from '@/shell/PageStates';
import { Shell } from '@/shell/Shell';
import { queryClient } from './query-client';
import { inboxSearch } from '@/features/inbox/address';

async function loadSession() {
  const session = keep(await queryClient.ensureQueryData(sessionQuery));
  if (session.business) setTimeZone(session.business.time_zone);
  return session;
}

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

/** Behind this door one is signed in. Before set-up has an owner there is nobody to be. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Shell,
  beforeLoad: async ({ location }) => {
    const session = await loadSession();
    if (session.signed_in) return;
    if (session.setup_needed) throw redirect({ to: '/setup' });
    throw redirect({ to: '/signin', search: { next: location.href } });
  },
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async () => {
    const session = await loadSession();
    throw redirect({ to: session.setup_needed ? '/setup' : '/inbox' });
  },
});

const inbox = createRoute({
  getParentRoute: () => inside,
  path: '/inbox',
  validateSearch: inboxSearch,
  component: lazyRouteComponent(() => import('@/features/inbox/InboxPage'), 'InboxPage'),
});

const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  component: lazyRouteComponent(() => import('@/features/settings/SettingsPage'), 'SettingsPage'),
});

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const signin = createRoute({
  getParentRoute: () => root,
  path: '/signin',
  validateSearch: (search: Record<string, unknown>): { next?: string } => ({ next: text(search['next']) }),
  beforeLoad: async () => {
    if ((await loadSession()).signed_in) throw redirect({ to: '/inbox' });
  },
  component: lazyRouteComponent(() => import('@/features/team/SignInPage'), 'SignInPage'),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: (search: Record<string, unknown>): { token?: string } => ({ token: text(search['token']) }),
  beforeLoad: async () => {
    await loadSession();
  },
  component: lazyRouteComponent(() => import('@/features/setup/SetupPage'), 'SetupPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([home, inside.addChildren([inbox, settings]), signin, setup]),
  defaultPreload: 'intent',
  defaultErrorComponent: PageError,
  defaultPendingComponent: Starting,
  defaultPendingMs: 300,
});

onSignedOut(() => {
  queryClient.removeQueries({ queryKey: sessionQuery.queryKey });
  void router.invalidate();
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
