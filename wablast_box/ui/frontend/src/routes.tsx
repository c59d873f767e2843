/** Every address of the interface. Pages are loaded when they are opened. */
import type { ReactNode } from 'react';
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { isHeldBack, keep, onOtherPerson, sessionQuery } from '@/api/session';
import { onSignedOut } from '@/api/client';
import { parseSearch, stringifySearch } from '@/lib/address';
import { setTimeZone } from '@/lib/dates';
import { disconnect, onClosedByBox, startFrom } from '@/live/socket';
import { forgetKept } from '@/offline/keep';
import { NotFound, PageError, Starting } from '@/shell/PageStates';
import { Shell } from '@/shell/Shell';
import { queryClient } from './query-client';
import { inboxSearch } from '@/features/inbox/address';
import { contactsSearch } from '@/features/contacts/address';
import { templatesSearch } from '@/features/templates/address';
import { webhooksSearch } from '@/features/ops/address';
import { auditSearch } from '@/features/team/audit/filters';
import { useSettingsCommands } from '@/features/settings/useSettingsCommands';
import { figuresSearch } from '@/features/flows/figures/search';

/** A page behind the inbox brings the texts that only such pages need. */
function behind<Module extends object, Name extends keyof Module & string>(load: () => Promise<Module>, name: Name) {
  const both = async () => {
    const [page] = await Promise.all([load(), import('@/texts/late')]);
    return page;
  };
  return lazyRouteComponent(both as unknown as () => Promise<Record<Name, () => ReactNode>>, name);
}

async function loadSession() {
  const session = keep(await queryClient.ensureQueryData(sessionQuery));
  if (session.business) setTimeZone(session.business.time_zone);
  startFrom(session.seen_event_id);
  return session;
}

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

/** Behind this door one is signed in. Before set-up has an owner there is nobody to be. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Inside,
  beforeLoad: async ({ location }) => {
    const session = await loadSession();
    if (session.signed_in) {
      // Whoever was to have a second factor by now sets one up first: nothing else would open.
      if (isHeldBack(session) && location.pathname !== '/settings/account') throw redirect({ to: '/settings/account' });
      return;
    }
    if (session.setup_needed) throw redirect({ to: '/setup' });
    throw redirect({ to: '/signin', search: { next: location.href } });
  },
});

function Inside() {
  useSettingsCommands();
  return <Shell />;
}

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

const contacts = createRoute({
  getParentRoute: () => inside,
  path: '/contacts',
  validateSearch: contactsSearch,
  component: lazyRouteComponent(() => import('@/features/contacts/ContactsPage'), 'ContactsPage'),
});

const templates = createRoute({
  getParentRoute: () => inside,
  path: '/templates',
  validateSearch: templatesSearch,
  component: lazyRouteComponent(() => import('@/features/templates/TemplatesPage'), 'TemplatesPage'),
});

const flows = createRoute({ getParentRoute: () => inside, path: '/flows', component: behind(() => import('@/features/flows/FlowsPage'), 'FlowsPage') });
const flow = createRoute({ getParentRoute: () => inside, path: '/flows/$id', component: behind(() => import('@/features/flows/EditorPage'), 'EditorPage') });

const flowFigures = createRoute({ getParentRoute: () => inside, path: '/flows/$id/figures', validateSearch: figuresSearch, component: behind(() => import('@/features/flows/figures/FiguresPage'), 'FiguresPage') });

const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  component: behind(() => import('@/features/settings/SettingsLayout'), 'SettingsLayout'),
});

const settingsPages = [
  createRoute({ getParentRoute: () => settings, path: '/', component: behind(() => import('@/features/settings/SettingsHome'), 'SettingsHome') }),
  createRoute({ getParentRoute: () => settings, path: '/browser', component: behind(() => import('@/features/settings/BrowserPage'), 'BrowserPage') }),
  createRoute({ getParentRoute: () => settings, path: '/alerts', component: behind(() => import('@/features/alerts/AlertsPage'), 'AlertsPage') }),
  createRoute({ getParentRoute: () => settings, path: '/storage', component: behind(() => import('@/features/storage/StoragePage'), 'StoragePage') }),
  createRoute({ getParentRoute: () => settings, path: '/email', component: behind(() => import('@/features/alerts/MailPage'), 'MailPage') }),
  createRoute({ getParentRoute: () => settings, path: '/keyboard', component: behind(() => import('@/features/settings/KeyboardPage'), 'KeyboardPage') }),
  createRoute({ getParentRoute: () => settings, path: '/business', component: behind(() => import('@/features/settings/BusinessPage'), 'BusinessPage') }),
  createRoute({ getParentRoute: () => settings, path: '/number', component: behind(() => import('@/features/setup/NumberPage'), 'NumberPage') }),
  createRoute({ getParentRoute: () => settings, path: '/whatsapp-profile', component: behind(() => import('@/features/number/ProfilePage'), 'ProfilePage') }),
  createRoute({ getParentRoute: () => settings, path: '/link', component: behind(() => import('@/features/number/ChatLinkPage'), 'ChatLinkPage') }),
  createRoute({ getParentRoute: () => settings, path: '/forwarding', component: behind(() => import('@/features/forwarding/ForwardingPage'), 'ForwardingPage') }),
  createRoute({ getParentRoute: () => settings, path: '/ai', component: behind(() => import('@/features/ai/ModelsPage'), 'ModelsPage') }),
  createRoute({ getParentRoute: () => settings, path: '/flow-secrets', component: behind(() => import('@/features/flows/secrets/SecretsPage'), 'SecretsPage') }),
  createRoute({ getParentRoute: () => settings, path: '/replies', component: behind(() => import('@/features/replies/CannedRepliesPage'), 'CannedRepliesPage') }),
  createRoute({ getParentRoute: () => settings, path: '/contact-fields', component: behind(() => import('@/features/contacts/FieldsPage'), 'FieldsPage') }),
  createRoute({ getParentRoute: () => settings, path: '/account', component: behind(() => import('@/features/team/AccountPage'), 'AccountPage') }),
  createRoute({ getParentRoute: () => settings, path: '/teams', component: behind(() => import('@/features/desk/TeamsPage'), 'TeamsPage') }),
  createRoute({ getParentRoute: () => settings, path: '/service', component: behind(() => import('@/features/desk/ServicePage'), 'ServicePage') }),
  createRoute({ getParentRoute: () => settings, path: '/macros', component: behind(() => import('@/features/desk/MacrosPage'), 'MacrosPage') }),
  createRoute({ getParentRoute: () => settings, path: '/tags', component: behind(() => import('@/features/tags/TagsPage'), 'TagsPage') }),
  createRoute({ getParentRoute: () => settings, path: '/people', component: behind(() => import('@/features/team/PeoplePage'), 'PeoplePage') }),
  createRoute({ getParentRoute: () => settings, path: '/roles', component: behind(() => import('@/features/team/roles/RolesPage'), 'RolesPage') }),
  createRoute({ getParentRoute: () => settings, path: '/security', component: behind(() => import('@/features/team/security/SecurityPage'), 'SecurityPage') }),
  createRoute({ getParentRoute: () => settings, path: '/audit', validateSearch: auditSearch, component: behind(() => import('@/features/team/audit/AuditPage'), 'AuditPage') }),
  createRoute({ getParentRoute: () => settings, path: '/api-keys', component: behind(() => import('@/features/team/ApiKeysPage'), 'ApiKeysPage') }),
  createRoute({ getParentRoute: () => settings, path: '/status', component: behind(() => import('@/features/ops/StatusPage'), 'StatusPage') }),
  createRoute({
    getParentRoute: () => settings,
    path: '/webhooks',
    validateSearch: webhooksSearch,
    component: behind(() => import('@/features/ops/WebhooksPage'), 'WebhooksPage'),
  }),
] as const;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const signin = createRoute({
  getParentRoute: () => root,
  path: '/signin',
  validateSearch: (search: Record<string, unknown>): { next?: string; problem?: string } => ({ next: text(search['next']), problem: text(search['problem']) }),
  beforeLoad: async () => {
    if ((await loadSession()).signed_in) throw redirect({ to: '/inbox' });
  },
  component: behind(() => import('@/features/team/SignInPage'), 'SignInPage'),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: (search: Record<string, unknown>): { token?: string; step?: string } => ({ token: text(search['token']), step: text(search['step']) }),
  beforeLoad: async () => {
    await loadSession();
  },
  component: behind(() => import('@/features/setup/SetupPage'), 'SetupPage'),
});

const password = createRoute({
  getParentRoute: () => root,
  path: '/password',
  validateSearch: (search: Record<string, unknown>): { token?: string } => ({ token: text(search['token']) }),
  component: behind(() => import('@/features/team/PasswordPage'), 'PasswordPage'),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  validateSearch: (search: Record<string, unknown>): { token?: string } => ({ token: text(search['token']) }),
  beforeLoad: async () => {
    await loadSession();
  },
  component: behind(() => import('@/features/team/JoinPage'), 'JoinPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([home, inside.addChildren([inbox, contacts, flows, flow, flowFigures, templates, settings.addChildren(settingsPages)]), signin, setup, password, invitation]),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultErrorComponent: PageError,
  defaultPendingComponent: Starting,
  defaultPendingMs: 300,
});

onOtherPerson(disconnect);

onSignedOut(() => {
  // What is tried again while one types a password must not begin the page anew each time.
  if (router.state.location.pathname === '/signin' && queryClient.getQueryData(sessionQuery.queryKey)?.signed_in === false) return;
  disconnect();
  queryClient.clear();
  // Ended from afar, a lost phone for example: what was kept for reading goes. What still waits to be sent stays for its owner.
  void forgetKept().then(() => router.invalidate());
});

// Another role, another view: everything that is loaded was loaded with the former one.
onClosedByBox(() => { void queryClient.invalidateQueries(); });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
